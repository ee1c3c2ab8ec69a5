using System.Diagnostics;
using System.Text;
using ArgoBootstrap.Kustomize.Fuzz.Trees;

namespace ArgoBootstrap.Kustomize.Fuzz.Differential;

/// <summary>Holds the engine against the real kustomize with one random tree after the other, and keeps what differs.</summary>
/// <param name="options">What was asked for.</param>
internal sealed class DifferentialRun(FuzzOptions options)
{
    private const int KeptPerSignature = 2;
    private readonly Dictionary<string, int> _signatures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _reasons = new(StringComparer.Ordinal);
    private int _executions;
    private int _agreedOutputs;
    private int _agreedRefusals;
    private int _deliberate;

    /// <summary>Runs until the time is over.</summary>
    /// <returns>Number of differences.</returns>
    public int Run()
    {
        if (ReferenceLocator.Find() is not string program)
        {
            Console.Error.WriteLine("There is no kustomize binary: set KUSTOMIZE to its path.");
            return -1;
        }
        var reference = new Reference(program);
        string folder = Path.Join(Path.GetTempPath(), $"kustomize-fuzz-{Environment.ProcessId}");
        var clock = Stopwatch.StartNew();
        try
        {
            for (long seed = options.Seed; clock.Elapsed < options.Time; seed++)
            {
                One(seed, reference, folder);
                if (_executions % 1000 == 0)
                {
                    Report(clock.Elapsed);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
        Report(clock.Elapsed);
        foreach ((string reason, int count) in _reasons.OrderByDescending(r => r.Value).Take(12))
        {
            Console.WriteLine($"  refused by both {count} x {reason}");
        }
        return _signatures.Values.Sum();
    }

    private void One(long seed, Reference reference, string folder)
    {
        FileTree tree = TreeMaker.Make(seed);
        Comparison comparison = Comparison.Of(tree, reference, folder);
        _executions++;
        if (comparison.Difference == "")
        {
            if (comparison.Ours.Succeeded)
            {
                _agreedOutputs++;
                return;
            }
            _agreedRefusals++;
            string reason = comparison.Reason;
            _reasons[reason] = _reasons.GetValueOrDefault(reason) + 1;
            return;
        }
        if (comparison.Agrees)
        {
            _deliberate++;
            return;
        }
        string signature = comparison.Signature;
        if (comparison.Difference == "output")
        {
            // Which kind of difference it is shows only once the tree is small.
            _signatures[signature] = _signatures.GetValueOrDefault(signature) + 1;
            if (_signatures[signature] > options.MostKept)
            {
                return;
            }
        }
        else if ((_signatures[signature] = _signatures.GetValueOrDefault(signature) + 1) > KeptPerSignature)
        {
            return;
        }
        FileTree small = new Minimizer(t => Comparison.Of(t, reference, folder) is { Agrees: false } c && c.Signature == signature).Reduce(tree);
        Keep(seed, small, Comparison.Of(small, reference, folder));
    }

    private void Keep(long seed, FileTree tree, Comparison comparison)
    {
        string place = Path.Join(options.Output, $"{seed}");
        tree.WriteTo(Path.Join(place, "input"));
        File.WriteAllText(Path.Join(place, "ours.txt"), comparison.Ours.Text);
        File.WriteAllText(Path.Join(place, "theirs.txt"), comparison.Theirs.Text);
        File.WriteAllText(Path.Join(place, "about.txt"), $"kustomize build {string.Join(' ', tree.Flags)} {tree.Root}\n{comparison.Signature}\n");
        Console.WriteLine($"seed {seed}: {comparison.Signature}");
    }

    private void Report(TimeSpan elapsed)
    {
        var text = new StringBuilder();
        text.Append($"{elapsed:hh\\:mm\\:ss} {_executions} trees: {_agreedOutputs} same output, {_agreedRefusals} refused by both, {_deliberate} deliberate, {_signatures.Values.Sum()} differences");
        Console.WriteLine(text);
    }
}
