using System.Net;
using System.Net.Sockets;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.TestSupport.ApiServer;
using ArgoBootstrap.TestSupport.Envtest;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.Clusters.Tests;

/// <summary>The way of a pod to its API server: files of a service account and two variables.</summary>
public sealed class InClusterTests : IDisposable
{
    private static readonly string First = PlantedSecrets.Create("pod 1");
    private static readonly string Second = PlantedSecrets.Create("pod 2");

    private readonly string _folder = Directory.CreateTempSubdirectory("argobootstrap-pod-").FullName;
    private readonly TestCertificates _certificates = new();

    public void Dispose()
    {
        _certificates.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_pod_talks_to_its_server_as_its_service_account()
    {
        await using InProcessApiServer server = await StartAsync();
        var masker = new SecretMasker();
        ClusterEndpointSettings settings = Mount().Settings(masker);
        using ClusterConnection connection = Open(server, masker);

        ApiResponse answer = await connection.SendAsync(ApiRequest.Get("/api/v1/namespaces"));

        Assert.True(answer.IsSuccess);
        Assert.Equal(("in-cluster", "service account", "team"), (connection.Context, connection.User, settings.Namespace));
        Assert.Equal("pod", Assert.Single(server.Requests).User);
        Assert.Equal("***", masker.MaskText(First));
    }

    [Fact]
    public async Task A_token_that_was_renewed_is_read_again_when_the_old_one_is_refused()
    {
        await using InProcessApiServer server = await StartAsync();
        using ClusterConnection connection = Open(server);
        await connection.SendAsync(ApiRequest.Get("/version"));
        ApiUser user = server.Options.Tokens[First];
        server.Options.Tokens.Remove(First);

        var refused = await Assert.ThrowsAsync<OperationException>(() => connection.SendAsync(ApiRequest.Get("/version")));
        server.Options.Tokens[Second] = user;
        Write("token", Second + "\n");
        ApiResponse answer = await connection.SendAsync(ApiRequest.Get("/version"));

        Assert.Equal(ClusterErrorIds.AuthenticationFailed, refused.Id);
        Assert.Contains("service account", refused.Message, StringComparison.Ordinal);
        Assert.True(answer.IsSuccess);
        // Once with the token; twice refused, since the file has to be read to know that it has no other; then the old and the new one.
        Assert.Equal(["pod", "", "", "", "pod"], server.Requests.Select(r => r.User));
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not_trusted()
    {
        await using InProcessApiServer server = await StartAsync();
        using var others = new TestCertificates();
        using ClusterConnection connection = Open(server, authority: others.AuthorityPem);

        var error = await Assert.ThrowsAsync<OperationException>(() => connection.SendAsync(ApiRequest.Get("/version")));

        Assert.Equal(ClusterErrorIds.TlsFailed, error.Id);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task An_IPv6_host_is_an_address()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6 && HasIPv6Loopback(), "This machine has no IPv6 loopback address.");
        await using InProcessApiServer server = await StartAsync(IPAddress.IPv6Loopback);
        using ClusterConnection connection = Open(server);

        ApiResponse answer = await connection.SendAsync(ApiRequest.Get("/version"));

        Assert.True(answer.IsSuccess);
        Assert.Equal($"https://[::1]:{server.Address.Port}/", Mount(host: "[::1]", port: server.Address.Port).Settings(new SecretMasker()).Server.ToString());
    }

    [Fact]
    public void Without_the_variables_it_is_no_pod()
    {
        Mount();

        Assert.Null(InClusterConfiguration.Find(_ => null, _folder));
        Assert.Null(InClusterConfiguration.Find(name => name == "KUBERNETES_SERVICE_HOST" ? "10.0.0.1" : "", _folder));
    }

    [Fact]
    public async Task Missing_files_are_told_or_done_without()
    {
        InClusterConfiguration pod = Mount();
        File.Delete(Path.Combine(_folder, "namespace"));
        File.Delete(Path.Combine(_folder, "ca.crt"));
        ClusterEndpointSettings settings = pod.Settings(new SecretMasker());
        Write("ca.crt", "no certificate");
        var authority = Assert.Throws<OperationException>(() => pod.Settings(new SecretMasker()));
        Write("token", " \n");
        var empty = await Assert.ThrowsAsync<OperationException>(async () => await settings.Credentials.GetAsync(null, default));
        File.Delete(Path.Combine(_folder, "token"));
        var token = await Assert.ThrowsAsync<OperationException>(async () => await settings.Credentials.GetAsync(null, default));
        var pods = Assert.Throws<OperationException>(() => Mount(withToken: false));

        // The namespace is then the request's, and the machine's authorities count, as with client-go.
        Assert.Equal("", settings.Namespace);
        Assert.Null(settings.Authorities);
        Assert.All([authority, empty, token], e => Assert.Equal(ClusterErrorIds.KubeConfigInvalid, e.Id));
        Assert.Contains(Path.Combine(_folder, "token"), token.Message, StringComparison.Ordinal);
        Assert.Equal(ClusterErrorIds.KubeConfigNotFound, pods.Id);
        Assert.Contains("automountServiceAccountToken", pods.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_that_make_no_address_are_told()
    {
        var error = Assert.Throws<OperationException>(() => Mount(host: "not a host").Settings(new SecretMasker()));

        Assert.Equal(ClusterErrorIds.KubeConfigInvalid, error.Id);
        Assert.Contains("KUBERNETES_SERVICE_HOST", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pod_is_looked_for_after_kubeconfigs_and_only_without_a_context()
    {
        string? before = Environment.GetEnvironmentVariable("KUBECONFIG");
        Environment.SetEnvironmentVariable("KUBECONFIG", Path.Combine(_folder, "none"));
        try
        {
            ClusterEndpointSettings settings = await EndpointResolver.ResolveAsync(new ClusterConnectionOptions(), default, () => Mount());
            var error = await Assert.ThrowsAsync<OperationException>(() => EndpointResolver.ResolveAsync(new ClusterConnectionOptions { Context = "prod" }, default, () => Mount()));

            Assert.Equal("in-cluster", settings.Context);
            Assert.Equal(ClusterErrorIds.KubeConfigNotFound, error.Id);
        }
        finally
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", before);
        }
    }

    private async Task<InProcessApiServer> StartAsync(IPAddress? listen = null)
    {
        var options = new ApiServerOptions { Certificate = _certificates.CreateServerCertificate(), Listen = listen ?? IPAddress.Loopback };
        options.Tokens[First] = new ApiUser("pod", ["system:masters", "system:authenticated"]);
        return await InProcessApiServer.StartAsync(options);
    }

    private ClusterConnection Open(InProcessApiServer server, SecretMasker? masker = null, string? authority = null)
    {
        masker ??= new SecretMasker();
        InClusterConfiguration pod = Mount(server.Address.Host.Trim('[', ']'), server.Address.Port);
        Write("ca.crt", authority ?? _certificates.AuthorityPem);
        return new ClusterConnection(pod.Settings(masker), new ClusterConnectionOptions { Masker = masker, MaxRetries = 0, RetryDelay = TimeSpan.FromMilliseconds(1) });
    }

    /// <summary>The folder as the kubelet mounts it, and the variables that it sets.</summary>
    private InClusterConfiguration Mount(string host = "127.0.0.1", int port = 443, bool withToken = true)
    {
        if (withToken)
        {
            Write("token", First + "\n");
            Write("ca.crt", _certificates.AuthorityPem);
            Write("namespace", "team\n");
        }
        return InClusterConfiguration.Find(
            name => name switch { "KUBERNETES_SERVICE_HOST" => host, "KUBERNETES_SERVICE_PORT" => port.ToString(System.Globalization.CultureInfo.InvariantCulture), _ => null }, _folder)!;
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        SecretScan.IsInput(path);
        File.WriteAllText(path, text);
    }

    private static bool HasIPv6Loopback()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
