using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

/// <summary>All that a bootstrap of the example repository needs, with what it says on the way.</summary>
internal sealed class BootstrapWorld : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("argobootstrap-bootstrap-").FullName;
    private FakeControllers? _controllers;

    public FakeHelm Helm { get; } = new();

    public SecretMasker Masker { get; } = new();

    public ConcurrentQueue<OperationProgress> Progress { get; } = new();

    public string AuditPath => Path.Combine(_folder, "audit.jsonl");

    public GitOpsBootstrapper Bootstrapper => new(new BootstrapServices(runner: Helm), new AuditLog(Masker, AuditPath));

    public static BootstrapRequest Request(string cluster = "dc11a") => new()
    {
        RepositoryPath = ExampleRepositories.Example,
        Environment = "prod",
        Cluster = cluster,
        Timeout = TimeSpan.FromSeconds(60),
        LockTimeout = TimeSpan.FromSeconds(60),
    };

    /// <summary>Makes a cluster ready: what the overlay needs and no bootstrap brings, and controllers.</summary>
    public async Task PrepareAsync(TestCluster cluster)
    {
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        await session.ApplyAsync(ClusterSession.Object("""{"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","metadata":{"name":"traefik"},"spec":{"controller":"example.com/ingress"} }"""));
        _controllers ??= await FakeControllers.StartAsync(cluster);
    }

    public ClusterConnectionOptions Connection(TestCluster cluster, Uri? address = null, string? token = null) =>
        new() { KubeConfigPath = cluster.WriteKubeConfig(token, address), RetryDelay = TimeSpan.FromMilliseconds(20), Masker = Masker };

    public async Task<BootstrapResult> RunAsync(TestCluster cluster, BootstrapRequest? request = null, Uri? address = null, string? token = null, Func<ClusterConnectionOptions, ClusterConnectionOptions>? change = null, CancellationToken cancellationToken = default)
    {
        ClusterConnectionOptions options = Connection(cluster, address, token);
        BootstrapResult result = await Bootstrapper.RunAsync(request ?? Request(), change?.Invoke(options) ?? options, new Recorder(Progress), cancellationToken);
        SecretScan.Collect("result of a bootstrap", string.Join('\n', [
            result.ToString(), .. result.Steps.Select(s => $"{s} {s.Remedy}"), .. result.Prerequisites.Select(p => p.ToString()), .. result.Findings.Select(f => f.ToString()),
            .. (result.Deployment?.Applied.Objects ?? []).Select(o => $"{o} {string.Join(' ', o.Changes)}"), .. (result.Installation?.Applied?.Objects ?? []).Select(o => o.ToString()),
        ]));
        return result;
    }

    /// <summary>The resourceVersion of everything on the cluster, except of what a server or a lock renews by itself.</summary>
    public static async Task<SortedDictionary<string, string>> VersionsAsync(TestCluster cluster)
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, JsonObject item) in await ClusterState.ReadAsync(cluster))
        {
            versions[path] = (string)item["metadata"]!["resourceVersion"]!;
        }
        return versions;
    }

    /// <summary>The same, once the server and the controllers have nothing left to do: a server that has just started still makes its own objects.</summary>
    public async Task<SortedDictionary<string, string>> SettledVersionsAsync(TestCluster cluster)
    {
        SortedDictionary<string, string> before = await VersionsAsync(cluster);
        for (int look = 0; look < 60; look++)
        {
            await (_controllers?.PassAsync() ?? Task.CompletedTask);
            await Task.Delay(1000);
            SortedDictionary<string, string> now = await VersionsAsync(cluster);
            if (!ClusterState.Differences(before, now).Any())
            {
                return now;
            }
            before = now;
        }
        throw new TimeoutException("The cluster does not come to rest.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_controllers is not null)
        {
            await _controllers.DisposeAsync();
        }
        SecretScan.Collect("progress", string.Join('\n', Progress));
        SecretScan.Collect("arguments of helm", string.Join('\n', Helm.Starts.SelectMany(s => s.Request.Arguments)));
        SecretScan.CollectFolder(_folder);
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class Recorder(ConcurrentQueue<OperationProgress> queue) : IProgress<OperationProgress>
    {
        public void Report(OperationProgress value) => queue.Enqueue(value);
    }
}
