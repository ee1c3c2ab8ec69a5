using System.Text;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Tests.Clusters;

/// <summary>A connection to a test cluster with what tests do all the time.</summary>
internal sealed class ClusterSession : IDisposable
{
    private ClusterSession(TestCluster cluster, ClusterConnection connection)
    {
        Cluster = cluster;
        Connection = connection;
        Discovery = new ClusterDiscovery(connection);
        Applier = new ClusterApplier(connection, Discovery);
    }

    public TestCluster Cluster { get; }

    public ClusterConnection Connection { get; }

    public ClusterDiscovery Discovery { get; }

    public ClusterApplier Applier { get; }

    public static async Task<ClusterSession> OpenAsync(TestCluster cluster, string? token = null, Uri? address = null, Func<ClusterConnectionOptions, ClusterConnectionOptions>? change = null)
    {
        var options = new ClusterConnectionOptions { KubeConfigPath = cluster.WriteKubeConfig(token, address), RetryDelay = TimeSpan.FromMilliseconds(20) };
        return new ClusterSession(cluster, await ClusterConnection.OpenAsync(change?.Invoke(options) ?? options));
    }

    /// <summary>A namespace that no other test uses.</summary>
    public async Task<string> CreateNamespaceAsync()
    {
        string name = "t-" + Guid.NewGuid().ToString("N")[..10];
        await ApplyAsync(Object($$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{name}}"} }"""));
        return name;
    }

    public async Task<ApplyResult> ApplyAsync(params ClusterObject[] objects) => await Applier.ApplyAsync(objects, new ApplyOptions());

    /// <summary>Sends a request as another tool would.</summary>
    public async Task<JsonObject> SendAsync(HttpMethod method, string path, string? body = null, string contentType = "application/json") =>
        (await Connection.SendAsync(new ApiRequest(method, path) { Body = body is null ? default : Encoding.UTF8.GetBytes(body), ContentType = contentType })).Json;

    public static ClusterObject Object(string json) => ClusterObject.Parse(Encoding.UTF8.GetBytes(json));

    public static ClusterObject ConfigMap(string ns, string name, string data = """{"a":"1"}""") =>
        Object($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}","namespace":"{{ns}}"},"data":{{data}} }""");

    public void Dispose() => Connection.Dispose();
}
