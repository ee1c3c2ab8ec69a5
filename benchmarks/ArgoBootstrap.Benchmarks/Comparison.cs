using System.Diagnostics;
using System.Globalization;
using ArgoBootstrap.Benchmarks.Scenarios;
using ArgoBootstrap.Kustomize;

namespace ArgoBootstrap.Benchmarks;

/// <summary>
/// Holds the engine against the kustomize binary: the same roots, in turn, in one run. The engine starts with a new builder,
/// so nothing is kept from run to run; the peer is one process per root. Both use every processor, and neither's output is stored.
/// </summary>
public static class Comparison
{
    /// <summary>Runs the comparison and prints a table.</summary>
    public static int Run(ComparisonOptions options, TextWriter output)
    {
        output.WriteLine($"{Environment.ProcessorCount} processors, {options.Runs} runs of each side in turn, medians; peer: {options.Kustomize}");
        output.WriteLine();
        output.WriteLine("| scenario | roots | engine, first | engine | per root | peer | per root | ratio | worst ratio |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (string name in options.Scenarios.Count > 0 ? options.Scenarios : ScenarioCatalog.Names)
        {
            using var folder = new ScenarioFolder();
            if (ScenarioCatalog.Create(name, folder, options) is Scenario scenario)
            {
                output.WriteLine(Row(scenario, options));
            }
            else
            {
                output.WriteLine($"| {name} | not run: give --argo-cd the folder of Argo CD's manifests |");
            }
        }
        return 0;
    }

    private static string Row(Scenario scenario, ComparisonOptions options)
    {
        int sampled = Math.Min(scenario.Roots.Count, options.PeerSample);
        bool withPeer = scenario.Resources <= options.PeerResources;
        double first = Engine(scenario.Roots);
        var engine = new List<double>();
        var peer = new List<double>();
        for (int i = 0; i < options.Runs; i++)
        {
            engine.Add(Engine(scenario.Roots));
            if (withPeer)
            {
                peer.Add(Peer(options.Kustomize, [.. scenario.Roots.Take(sampled)]) * scenario.Roots.Count / sampled);
            }
        }
        double ours = Median(engine);
        string head = $"| {scenario.Name} | {scenario.Roots.Count} | {Text(first)} | {Text(ours)} | {Text(ours / scenario.Roots.Count)} |";
        if (!withPeer)
        {
            return $"{head} not run | | | |";
        }
        double theirs = Median(peer);
        double worst = engine.Zip(peer, (a, b) => b / a).Min();
        string scaled = sampled < scenario.Roots.Count ? $" (scaled from {sampled})" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{head} {Text(theirs)}{scaled} | {Text(theirs / scenario.Roots.Count)} | {theirs / ours:F0} | {worst:F0} |");
    }

    /// <summary>Seconds that a new builder takes for all roots, output included.</summary>
    private static double Engine(IReadOnlyList<string> roots)
    {
        var watch = Stopwatch.StartNew();
        KustomizeSession session = new KustomizeBuilder().BeginSession();
        Parallel.ForEach(roots, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, root => session.Build(root).WriteYaml(Stream.Null));
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Seconds that one process per root takes, as many at a time as there are processors.</summary>
    private static double Peer(string kustomize, IReadOnlyList<string> roots)
    {
        var watch = Stopwatch.StartNew();
        Parallel.ForEach(roots, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, root =>
        {
            using Process process = Process.Start(new ProcessStartInfo(kustomize, ["build", root]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            process.StandardOutput.BaseStream.CopyTo(Stream.Null);
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException(error.Result);
            }
        });
        return watch.Elapsed.TotalSeconds;
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    private static string Text(double seconds) => seconds switch
    {
        < 0.001 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:F0} µs"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:F1} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds:F2} s"),
    };
}
