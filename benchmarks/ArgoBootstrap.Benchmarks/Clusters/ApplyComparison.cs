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
        var sides = new (string Name, Func<string, Task<double>> Run, Samples Empty, Samples Applied)[]
        {
            ("kubectl apply --server-side", kubeConfig => KubectlAsync(kubectl, kubeConfig, manifest), new(), new()),
            ("engine, a new process", kubeConfig => ProcessAsync(kubeConfig, manifest), new(), new()),
            ("engine, in a warm process", kubeConfig => InstallAsync(kubeConfig, manifest), new(), new()),
        };
        double first = 0;
        for (int run = -1; run < options.Runs; run++)
        {
            foreach ((string name, Func<string, Task<double>> side, Samples empty, Samples applied) in sides)
            {
                if (run < 0 && name != sides[^1].Name)
                {
                    continue;
                }
                await using RealCluster cluster = (await RealCluster.TryStartAsync())!;
                string kubeConfig = cluster.WriteKubeConfig();
                double seconds = await side(kubeConfig);
                if (run < 0)
                {
                    // The first call in this process is not a warm one.
                    first = seconds;
                    continue;
                }
                empty.Add(seconds);
                for (int i = 0; i < Again; i++)
                {
                    applied.Add(await side(kubeConfig));
                }
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {seconds:F2} s, again {applied.Last:F2} s"));
            }
        }
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {options.Runs} new API servers for each side in turn, medians; {options.Manifest}; first call in a warm process {first:F2} s"));
        await output.WriteLineAsync();
        await output.WriteLineAsync("| side | empty cluster | of kubectl | already applied | of kubectl |");
        await output.WriteLineAsync("| --- | ---: | ---: | ---: | ---: |");
        foreach ((string name, _, Samples empty, Samples applied) in sides)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {empty.Median:F2} s | {empty.Median / sides[0].Empty.Median:P0} | {applied.Median:F2} s | {applied.Median / sides[0].Applied.Median:P0} |"));
        }
        return 0;
    }

    /// <summary>Installs as <c>Install-ArgoCD</c> does, its waiting for pods left out, and gives the seconds that it took.</summary>
    public static async Task<double> InstallAsync(string kubeConfig, string manifest)
    {
        var watch = Stopwatch.StartNew();
        using TargetCluster cluster = await TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = kubeConfig });
        await new ArgoCDInstaller().InstallAsync(cluster, new ArgoCDInstallOptions { Manifest = ManifestSource.FromFile(manifest), Wait = false });
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>The whole time of a process that installs once: runtime, JIT and all.</summary>
    private static Task<double> ProcessAsync(string kubeConfig, string manifest) =>
        TimeAsync(Environment.ProcessPath!, Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? [Environment.GetCommandLineArgs()[0], OnceCommand, kubeConfig, manifest] : [OnceCommand, kubeConfig, manifest]);

    private static async Task<double> KubectlAsync(string kubectl, string kubeConfig, string manifest)
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

    private static async Task<double> TimeAsync(string program, IReadOnlyList<string> arguments)
    {
        var watch = Stopwatch.StartNew();
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException($"{program} failed: {await error}");
    }

    private sealed class Samples
    {
        private readonly List<double> _seconds = [];

        public double Last => _seconds[^1];

        public double Median => _seconds.Order().ElementAt(_seconds.Count / 2);

        public void Add(double seconds) => _seconds.Add(seconds);
    }
}
