using System.Diagnostics;
using System.Globalization;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Clusters.Access;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Envtest;

namespace ArgoBootstrap.Benchmarks.Clusters;

/// <summary>
/// Holds the installation of Argo CD's manifest against <c>kubectl apply --server-side</c>: each measurement on a real API
/// server of its own that has just been started, the sides in turn, medians. On the same server it is then applied again.
/// </summary>
public static class ApplyComparison
{
    /// <summary>The command of the process that installs once.</summary>
    public const string OnceCommand = "install-once";

    private const int Again = 3;

    /// <summary>Runs the comparison and prints a table.</summary>
    public static async Task<int> RunAsync(ApplyOptions options, TextWriter output)
    {
        if (EnvtestServer.FindAssets() is not { } assets)
        {
            await output.WriteLineAsync("Not run: set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver, or put them into /usr/local/kubebuilder/bin.");
            return 1;
        }
        string manifest = Path.GetFullPath(Path.Combine(options.ArgoCDManifests, options.Manifest));
        string kubectl = options.Kubectl.Length > 0 ? options.Kubectl : Path.Combine(assets, "kubectl");
        var sides = new (string Name, Func<string, Task<Duration>> Run, Samples Empty, Samples Applied)[]
        {
            ("kubectl apply --server-side", kubeConfig => KubectlAsync(kubectl, kubeConfig, manifest), new(), new()),
            ("engine, a new process", kubeConfig => ProcessAsync(kubeConfig, manifest), new(), new()),
            ("engine, in a warm process", kubeConfig => InstallAsync(kubeConfig, manifest), new(), new()),
        };
        double first = 0;
        for (int run = -1; run < options.Runs; run++)
        {
            foreach ((string name, Func<string, Task<Duration>> side, Samples empty, Samples applied) in sides)
            {
                if (run < 0 && name != sides[^1].Name)
                {
                    continue;
                }
                await using RealCluster cluster = (await RealCluster.TryStartAsync())!;
                string kubeConfig = cluster.WriteKubeConfig();
                Duration duration = await side(kubeConfig);
                if (run < 0)
                {
                    // The first call in this process is not a warm one.
                    first = duration.Whole;
                    continue;
                }
                empty.Add(duration);
                for (int i = 0; i < Again; i++)
                {
                    applied.Add(await side(kubeConfig));
                }
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {duration.Applied:F2} s, whole {duration.Whole:F2} s, again {applied.Last:F2} s"));
            }
        }
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {options.Runs} new API servers for each side in turn, medians; {options.Manifest}; first call in a warm process {first:F2} s"));
        await output.WriteLineAsync();
        await output.WriteLineAsync("| side | empty cluster: all applied | of kubectl | kinds served as well | already applied | of kubectl |");
        await output.WriteLineAsync("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach ((string name, _, Samples empty, Samples applied) in sides)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {empty.Median:F2} s | {empty.Median / sides[0].Empty.Median:P0} | {(ReferenceEquals(empty, sides[0].Empty) ? "not waited for" : $"{empty.WholeMedian:F2} s")} | {applied.WholeMedian:F2} s | {applied.WholeMedian / sides[0].Applied.WholeMedian:P0} |"));
        }
        return 0;
    }

    /// <summary>Installs as <c>Install-ArgoCD</c> does, its waiting for pods left out.</summary>
    public static async Task<Duration> InstallAsync(string kubeConfig, string manifest)
    {
        var watch = new LastReport();
        using TargetCluster cluster = await TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = kubeConfig });
        await new ArgoCDInstaller().InstallAsync(cluster, new ArgoCDInstallOptions { Manifest = ManifestSource.FromFile(manifest), Wait = false }, watch);
        return new Duration(watch.Seconds, watch.Elapsed);
    }

    /// <summary>Installs, and prints for the process that started this one when the server had accepted everything.</summary>
    public static async Task InstallOnceAsync(string kubeConfig, string manifest)
    {
        double before = (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds;
        Duration duration = await InstallAsync(kubeConfig, manifest);
        Console.WriteLine((before + duration.Applied).ToString("R", CultureInfo.InvariantCulture));
    }

    /// <summary>The whole time of a process that installs once: runtime, JIT and all.</summary>
    private static Task<Duration> ProcessAsync(string kubeConfig, string manifest) =>
        TimeAsync(Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [Environment.GetCommandLineArgs()[0], OnceCommand, kubeConfig, manifest] : [OnceCommand, kubeConfig, manifest]);

    private static async Task<Duration> KubectlAsync(string kubectl, string kubeConfig, string manifest)
    {
        string ns = kubeConfig + ".namespace.yaml";
        await File.WriteAllTextAsync(ns, "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: argocd\n");
        try
        {
            // A cache for each cluster: what the first apply has found out about it serves the others.
            return await TimeAsync(kubectl, ["--kubeconfig", kubeConfig, "--cache-dir", kubeConfig + ".cache", "apply", "--server-side", "--namespace", "argocd", "-f", ns, "-f", manifest]);
        }
        finally
        {
            File.Delete(ns);
        }
    }

    private static async Task<Duration> TimeAsync(string program, IReadOnlyList<string> arguments)
    {
        var watch = Stopwatch.StartNew();
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        double whole = watch.Elapsed.TotalSeconds;
        return process.ExitCode == 0
            ? new Duration(double.TryParse(output, CultureInfo.InvariantCulture, out double applied) ? applied : whole, whole)
            : throw new InvalidOperationException($"{program} failed: {await error}");
    }

    /// <summary>Seconds of an installation.</summary>
    /// <param name="Applied">Until the server had accepted every object: what kubectl's time is.</param>
    /// <param name="Whole">Until it was done: the kinds of its definitions are served as well.</param>
    public readonly record struct Duration(double Applied, double Whole);

    /// <summary>Knows when the last object was reported.</summary>
    private sealed class LastReport : IProgress<OperationProgress>
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private long _last;

        public double Seconds => Interlocked.Read(ref _last) / (double)Stopwatch.Frequency;

        public double Elapsed => _watch.Elapsed.TotalSeconds;

        public void Report(OperationProgress value) => Interlocked.Exchange(ref _last, _watch.ElapsedTicks);
    }

    private sealed class Samples
    {
        private readonly List<Duration> _durations = [];

        public double Last => _durations[^1].Whole;

        public double Median => MedianOf(_durations.Select(d => d.Applied));

        public double WholeMedian => MedianOf(_durations.Select(d => d.Whole));

        public void Add(Duration duration) => _durations.Add(duration);

        private double MedianOf(IEnumerable<double> seconds) => seconds.Order().ElementAt(_durations.Count / 2);
    }
}
