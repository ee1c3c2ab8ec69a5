using System.Diagnostics;
using System.Globalization;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Envtest;

namespace ArgoBootstrap.Benchmarks.Clusters;

/// <summary>
/// Holds the installation of Argo CD's manifest against <c>kubectl apply --server-side</c>: each measurement on a real API
/// server of its own that has just been started, the sides in turn, medians. On the same server it is then applied again.
/// No side waits for pods, or until the server serves new kinds: each ends when the server has accepted everything.
/// </summary>
public static class ApplyComparison
{
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
        List<Side> sides =
        [
            new("kubectl apply --server-side", kubeConfig => KubectlAsync(kubectl, kubeConfig, manifest)),
            new("engine, in a warm process", kubeConfig => InstallAsync(kubeConfig, manifest)),
        ];
        if (NewSession.Find(options.PowerShell) is { } session)
        {
            sides.Insert(1, new("Install-ArgoCD, first call of a new pwsh", kubeConfig => session.InstallAsync(kubeConfig, manifest)));
        }
        else
        {
            await output.WriteLineAsync("Without the first call of a session: there is no pwsh on PATH, or the module is not built.");
        }
        await MeasureAsync(sides[^1], new Side("", sides[^1].RunAsync)); // The first call in this process is not a warm one.
        for (int run = 0; run < options.Runs; run++)
        {
            foreach (Side side in sides)
            {
                await MeasureAsync(side, side);
            }
        }
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors, {options.Runs} new API servers for each side in turn, medians; {options.Manifest}"));
        await output.WriteLineAsync();
        await output.WriteLineAsync("| side | empty cluster | of kubectl | already applied | of kubectl |");
        await output.WriteLineAsync("| --- | ---: | ---: | ---: | ---: |");
        foreach (Side side in sides)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"| {side.Name} | {side.Empty.Median:F2} s | {side.Empty.Median / sides[0].Empty.Median:P0} | {side.Applied.Median:F2} s | {side.Applied.Median / sides[0].Applied.Median:P0} |"));
        }
        return 0;
    }

    private static async Task MeasureAsync(Side side, Side keeper)
    {
        await using RealCluster cluster = (await RealCluster.TryStartAsync())!;
        string kubeConfig = cluster.WriteKubeConfig();
        keeper.Empty.Add(await side.RunAsync(kubeConfig));
        for (int i = 0; i < Again; i++)
        {
            keeper.Applied.Add(await side.RunAsync(kubeConfig));
        }
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{side.Name}: {keeper.Empty.Last:F2} s, again {keeper.Applied.Last:F2} s"));
    }

    /// <summary>Installs as <c>Install-ArgoCD</c> does.</summary>
    private static async Task<double> InstallAsync(string kubeConfig, string manifest)
    {
        var watch = Stopwatch.StartNew();
        using TargetCluster cluster = await TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = kubeConfig });
        await new ArgoCDInstaller().InstallAsync(cluster, new ArgoCDInstallOptions { Manifest = ManifestSource.FromFile(manifest), Wait = false });
        return watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> KubectlAsync(string kubectl, string kubeConfig, string manifest)
    {
        string ns = kubeConfig + ".namespace.yaml";
        await File.WriteAllTextAsync(ns, "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: argocd\n");
        try
        {
            // A cache for each cluster: what the first apply has found out about it serves the others.
            var watch = Stopwatch.StartNew();
            await Programs.RunAsync(kubectl, ["--kubeconfig", kubeConfig, "--cache-dir", kubeConfig + ".cache", "apply", "--server-side", "--namespace", "argocd", "-f", ns, "-f", manifest]);
            return watch.Elapsed.TotalSeconds;
        }
        finally
        {
            File.Delete(ns);
        }
    }

    /// <summary>One way to install, with the seconds that it took.</summary>
    private sealed record Side(string Name, Func<string, Task<double>> RunAsync)
    {
        public Samples Empty { get; } = new();

        public Samples Applied { get; } = new();
    }

    private sealed class Samples
    {
        private readonly List<double> _seconds = [];

        public double Last => _seconds[^1];

        public double Median => _seconds.Order().ElementAt(_seconds.Count / 2);

        public void Add(double seconds) => _seconds.Add(seconds);
    }
}
