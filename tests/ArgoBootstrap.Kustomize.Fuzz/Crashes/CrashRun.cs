using System.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Fuzz.Trees;

namespace ArgoBootstrap.Kustomize.Fuzz.Crashes;

/// <summary>
/// Lets the engine build broken trees. An exception other than <see cref="KustomizeException"/>, a diagnostic without a place or
/// remedy, a build of more than five seconds, or one that allocates without bound, is a failure. A crash of the process (stack overflow)
/// leaves the seed in the file <c>current-seed</c>.
/// </summary>
/// <param name="options">What was asked for.</param>
internal sealed class CrashRun(FuzzOptions options)
{
    private const int StackBytes = 1 << 20;
    private const long MostAllocated = 2L << 30;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _refusals = new(StringComparer.Ordinal);
    private long _started = long.MaxValue;
    private int _executions;
    private int _succeeded;

    /// <summary>Runs until the time is over.</summary>
    /// <returns>Number of failures.</returns>
    public int Run()
    {
        Directory.CreateDirectory(options.Output);
        // On a thread with the stack that a thread pool's threads have, since overlays are built there.
        var thread = new Thread(Loop, StackBytes) { IsBackground = true };
        thread.Start();
        while (!thread.Join(1000))
        {
            long started = Interlocked.Read(ref _started);
            if (started != long.MaxValue && Stopwatch.GetElapsedTime(started) > Longest * 6)
            {
                Console.WriteLine($"HANG: see {Path.Join(options.Output, "current-seed")}");
                return 1;
            }
        }
        foreach ((string id, int count) in _refusals.OrderByDescending(r => r.Value))
        {
            Console.WriteLine($"  {count} x {id}");
        }
        return _failures.Values.Sum();
    }

    private void Loop()
    {
        var clock = Stopwatch.StartNew();
        using var current = new StreamWriter(new FileStream(Path.Join(options.Output, "current-seed"), FileMode.Create, FileAccess.Write, FileShare.Read));
        for (long seed = options.Seed; clock.Elapsed < options.Time; seed++)
        {
            current.BaseStream.Position = 0;
            current.WriteLine($"{seed}                    ");
            current.Flush();
            One(seed);
            if (++_executions % 20_000 == 0)
            {
                Report(clock.Elapsed);
            }
        }
        Report(clock.Elapsed);
    }

    private void One(long seed)
    {
        FileTree tree = TreeMaker.Make(seed);
        new Mutator(new Dice(seed ^ 0x5bd1e995)).Mutate(tree);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        long started = Stopwatch.GetTimestamp();
        Interlocked.Exchange(ref _started, started);
        string? problem = Problem(tree);
        Interlocked.Exchange(ref _started, long.MaxValue);
        if (Stopwatch.GetElapsedTime(started) > Longest)
        {
            problem ??= $"took {Stopwatch.GetElapsedTime(started)}";
        }
        if (GC.GetAllocatedBytesForCurrentThread() - allocated > MostAllocated)
        {
            problem ??= $"allocated {(GC.GetAllocatedBytesForCurrentThread() - allocated) >> 20} MiB";
        }
        if (problem is null)
        {
            return;
        }
        string signature = problem.StartsWith("poor", StringComparison.Ordinal) ? problem.Split('\n')[0] : string.Join('\n', problem.Split('\n').Take(3));
        _failures[signature] = _failures.GetValueOrDefault(signature) + 1;
        if (_failures[signature] <= 2)
        {
            string place = Path.Join(options.Output, $"crash-{seed}");
            tree.WriteTo(Path.Join(place, "input"));
            File.WriteAllText(Path.Join(place, "about.txt"), $"build {tree.Root}\n{problem}\n");
            Console.WriteLine($"seed {seed}: {problem}");
        }
    }

    private string? Problem(FileTree tree)
    {
        string root = Path.GetFullPath("/fuzz");
        var options = new KustomizeOptions { Files = tree.InMemory(root) };
        try
        {
            new KustomizeBuilder(options).Build(Path.Join(root, tree.Root)).WriteYaml(Stream.Null);
            _succeeded++;
            return null;
        }
        catch (KustomizeException e)
        {
            foreach (Diagnostic diagnostic in e.Diagnostics)
            {
                _refusals[diagnostic.Id] = _refusals.GetValueOrDefault(diagnostic.Id) + 1;
                if (!diagnostic.Position.File.Path.StartsWith(root, StringComparison.Ordinal) || diagnostic.Message.Length == 0 || diagnostic.Remedy.Length == 0)
                {
                    return $"poor diagnostic {diagnostic.Id}\n{diagnostic}";
                }
            }
            return null;
        }
        catch (Exception e)
        {
            return e.ToString();
        }
    }

    private void Report(TimeSpan elapsed) =>
        Console.WriteLine($"{elapsed:hh\\:mm\\:ss} {_executions} trees: {_succeeded} built, {_executions - _succeeded} refused, {_failures.Values.Sum()} failures");
}
