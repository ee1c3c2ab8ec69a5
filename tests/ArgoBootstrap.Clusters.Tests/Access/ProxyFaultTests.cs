using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Faults;

namespace ArgoBootstrap.Clusters.Tests.Access;

/// <summary>Proxies that do not let requests through, named by the kubeconfig.</summary>
public sealed class ProxyFaultTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("argobootstrap-proxy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("407 Proxy Authentication Required", "asks for a user and password (HTTP 407)")]
    [InlineData("403 Forbidden", "lets nothing through")]
    public async Task A_proxy_that_refuses_is_named_at_once(string status, string expected)
    {
        using var proxy = new SilentServer($"HTTP/1.1 {status}\nContent-Length: 0\nConnection: close\n\n");

        OperationException error = await FailAsync(proxy.Address);

        Assert.Equal(ClusterErrorIds.ClusterUnreachable, error.Id);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains($"http://127.0.0.1:{proxy.Port}", error.Message, StringComparison.Ordinal);
        // .NET asks a second time with the credentials that it does not have.
        Assert.InRange(proxy.Connections, 1, 2);
    }

    [Fact]
    public async Task A_proxy_that_is_not_there_is_named()
    {
        var dead = new SilentServer();
        Uri address = dead.Address;
        dead.Dispose();

        OperationException error = await FailAsync(address);

        Assert.Contains($"The proxy {address.ToString().TrimEnd('/')}", error.Message, StringComparison.Ordinal);
        Assert.Contains("cannot be reached", error.Message, StringComparison.Ordinal);
    }

    private async Task<OperationException> FailAsync(Uri proxy)
    {
        string path = Path.Combine(_folder, "config");
        string text = KubeConfigText.Create(new Uri("https://api.example.org:6443"), null);
        await File.WriteAllTextAsync(path, text.Replace("server: https://api.example.org:6443", $"server: https://api.example.org:6443\n    proxy-url: {proxy}", StringComparison.Ordinal));
        using ClusterConnection connection = await ClusterConnection.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = path, RetryDelay = TimeSpan.FromMilliseconds(1) });
        return await Assert.ThrowsAsync<OperationException>(() => connection.SendAsync(ApiRequest.Get("/version", "version")));
    }
}
