using ArgoBootstrap.TestSupport.ApiServer;
using ArgoBootstrap.TestSupport.Envtest;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.TestSupport;

/// <summary>A cluster that tests run against: in process, or a real API server. Tests share it and keep to namespaces and names of their own.</summary>
public abstract class TestCluster : IAsyncDisposable
{
    private readonly List<string> _files = [];

    public abstract Uri Address { get; }

    public abstract string? AuthorityPem { get; }

    public abstract string AdminToken { get; }

    public abstract string RestrictedToken { get; }

    /// <summary>The user of the restricted token, who may do nothing until RBAC grants it.</summary>
    public abstract string RestrictedUser { get; }

    /// <summary>Whether namespaces end: a lone kube-apiserver never finishes them.</summary>
    public abstract bool EndsNamespaces { get; }

    /// <summary>Writes a kubeconfig for this cluster, deleted with it.</summary>
    /// <param name="token">The user's token; null for the administrator's.</param>
    /// <param name="address">Another address than the cluster's own, as of a proxy before it.</param>
    public string WriteKubeConfig(string? token = null, Uri? address = null)
    {
        string path = Path.Combine(Path.GetTempPath(), $"argobootstrap-kubeconfig-{Guid.NewGuid():N}");
        SecretScan.IsInput(path);
        File.WriteAllText(path, KubeConfigText.Create(address ?? Address, token ?? AdminToken, (address ?? Address).Scheme == "https" ? AuthorityPem : null));
        lock (_files)
        {
            _files.Add(path);
        }
        return path;
    }

    public virtual ValueTask DisposeAsync()
    {
        foreach (string file in _files)
        {
            File.Delete(file);
        }
        GC.SuppressFinalize(this);
        return default;
    }
}

/// <summary>The in-process API server as a cluster.</summary>
public sealed class InProcessCluster : TestCluster
{
    private InProcessCluster(InProcessApiServer server) => Server = server;

    public InProcessApiServer Server { get; }

    public override Uri Address => Server.Address;

    public override string? AuthorityPem => null;

    public override string AdminToken => ApiServerOptions.AdminToken;

    public override string RestrictedToken => ApiServerOptions.RestrictedToken;

    public override string RestrictedUser => ApiServerOptions.RestrictedUser;

    public override bool EndsNamespaces => Server.Options.EndsNamespaces;

    public static async Task<InProcessCluster> StartAsync(ApiServerOptions? options = null) => new(await InProcessApiServer.StartAsync(options));

    public override async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await base.DisposeAsync();
    }
}

/// <summary>A real etcd and kube-apiserver as a cluster.</summary>
public sealed class RealCluster : TestCluster
{
    /// <summary>Why a test that needs one is skipped.</summary>
    public const string NotThere = "etcd and kube-apiserver are not there: set KUBEBUILDER_ASSETS, or put them into /usr/local/kubebuilder/bin.";

    private readonly EnvtestServer _server;

    private RealCluster(EnvtestServer server) => _server = server;

    public override Uri Address => _server.Address;

    public override string? AuthorityPem => _server.AuthorityPem;

    public override string AdminToken => EnvtestServer.AdminToken;

    public override string RestrictedToken => EnvtestServer.RestrictedToken;

    public override string RestrictedUser => EnvtestServer.RestrictedUser;

    public override bool EndsNamespaces => false;

    public TestCertificates Certificates => _server.Certificates;

    /// <summary>Starts one.</summary>
    /// <returns>Null when the binaries are not there.</returns>
    public static async Task<RealCluster?> TryStartAsync() =>
        EnvtestServer.FindAssets() is { } assets ? new RealCluster(await EnvtestServer.StartAsync(assets)) : null;

    public override async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await base.DisposeAsync();
    }
}
