using System.Text;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.ApiServer;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>An API server, a folder with a kubeconfig for it, and a session that starts there.</summary>
public sealed class ClusterFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client = new();

    private ClusterFixture(InProcessCluster cluster)
    {
        Cluster = cluster;
        AuditLog = AuditLogFile.Path;
        KubeConfig = cluster.WriteKubeConfig();
        _client.DefaultRequestHeaders.Authorization = new("Bearer", cluster.AdminToken);
        Session = new ModuleRunspace(_folder.Path);
    }

    public InProcessCluster Cluster { get; }

    public string AuditLog { get; }

    /// <summary>The kubeconfig of the administrator.</summary>
    public string KubeConfig { get; }

    internal ModuleRunspace Session { get; }

    /// <summary>Writes to the server so far. A dry run is none.</summary>
    public int Writes => Cluster.Server.Requests.Count(r => r.Method != "GET" && !r.Query.Contains("dryRun", StringComparison.Ordinal) && !r.Path.Contains("reviews", StringComparison.Ordinal));

    public static async Task<ClusterFixture> StartAsync(ApiServerOptions? options = null) => new(await InProcessCluster.StartAsync(options));

    /// <summary>Writes a file into the session's folder.</summary>
    public string Write(string relativePath, string text) => _folder.Write(relativePath, text);

    /// <summary>The absolute path of a file in the session's folder.</summary>
    public string Combine(string relativePath) => _folder.Combine(relativePath);

    /// <summary>Writes a file that holds secrets.</summary>
    public string WriteSecret(string relativePath, string text)
    {
        SecretScan.IsInput(_folder.Combine(relativePath));
        return _folder.Write(relativePath, text);
    }

    /// <summary>Reads from the server.</summary>
    /// <returns>The answer's text; null when there is no such object.</returns>
    public async Task<string?> GetAsync(string path)
    {
        using HttpResponseMessage answer = await _client.GetAsync(new Uri(Cluster.Address, path), TestContext.Current.CancellationToken);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) : null;
    }

    /// <summary>Creates an object.</summary>
    public async Task PostAsync(string path, string json)
    {
        using StringContent content = new(json, Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await _client.PostAsync(new Uri(Cluster.Address, path), content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Changes an object with a merge patch.</summary>
    public async Task PatchAsync(string path, string json)
    {
        using StringContent content = new(json, Encoding.UTF8, "application/merge-patch+json");
        using HttpResponseMessage answer = await _client.PatchAsync(new Uri(Cluster.Address, path), content, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        Session.Dispose();
        _client.Dispose();
        await Cluster.DisposeAsync();
        SecretScan.CollectFolder(_folder.Path);
        _folder.Dispose();
    }
}
