using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.ApiServer;
using Microsoft.AspNetCore.Http;

namespace ArgoBootstrap.Clusters.Tests;

public sealed class ConnectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("argobootstrap-connection-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_context_that_is_not_there_is_told_with_those_that_are()
    {
        string path = Write("config", KubeConfigText.Create(new Uri("https://127.0.0.1:1"), "t0ken-value"));

        var error = await Assert.ThrowsAsync<OperationException>(() => ClusterConnection.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = path, Context = "nope" }));

        Assert.Equal(ClusterErrorIds.ContextNotFound, error.Id);
        Assert.Contains("'nope'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'test'", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kubeconfig_that_is_not_there_is_named()
    {
        var error = await Assert.ThrowsAsync<OperationException>(() => ClusterConnection.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = Path.Combine(_folder, "none") }));
        Assert.Equal(ClusterErrorIds.KubeConfigNotFound, error.Id);
    }

    [Fact]
    public async Task Text_of_a_broken_kubeconfig_is_not_quoted()
    {
        string path = Write("config", "users:\n- name: x\n  user: {token: planted-token-1, }}\n");

        var error = await Assert.ThrowsAsync<OperationException>(() => ClusterConnection.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = path }));

        Assert.Equal(ClusterErrorIds.KubeConfigInvalid, error.Id);
        Assert.DoesNotContain("planted", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_api_server_is_told()
    {
        using var listener = new HttpListener();
        string address = $"http://127.0.0.1:{FreePort()}/";
        listener.Prefixes.Add(address);
        listener.Start();
        Task answering = AnswerNotFoundAsync(listener);
        string path = Write("config", KubeConfigText.Create(new Uri(address), "t0ken-value"));
        using ClusterConnection connection = await ClusterConnection.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = path });

        var error = await Assert.ThrowsAsync<OperationException>(() => connection.SendAsync(ApiRequest.Get("/version", "version")));
        await answering;

        Assert.Equal(ClusterErrorIds.UnexpectedAnswer, error.Id);
        Assert.Contains("not a Kubernetes API server", error.Message, StringComparison.Ordinal);
        Assert.Contains(address.TrimEnd('/'), error.Message, StringComparison.Ordinal);
    }

    private static async Task AnswerNotFoundAsync(HttpListener listener)
    {
        HttpListenerContext context = await listener.GetContextAsync();
        context.Response.StatusCode = 404;
        context.Response.Close();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [Fact]
    public async Task A_server_that_is_gone_is_named_in_time()
    {
        string path = Write("config", KubeConfigText.Create(new Uri("http://127.0.0.1:9"), "t0ken-value"));
        using ClusterConnection connection = await ClusterConnection.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = path, Timeout = TimeSpan.FromSeconds(20), RetryDelay = TimeSpan.FromMilliseconds(5) });

        var error = await Assert.ThrowsAsync<OperationException>(() => connection.SendAsync(ApiRequest.Get("/version")));

        Assert.Equal(ClusterErrorIds.ClusterUnreachable, error.Id);
        Assert.Contains("http://127.0.0.1:9", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_named_when_time_is_up()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync(new ApiServerOptions { Interceptor = async http => { await Task.Delay(Timeout.Infinite, http.RequestAborted); return true; } });
        using ClusterSession session = await ClusterSession.OpenAsync(cluster, change: o => o with { Timeout = TimeSpan.FromMilliseconds(700), AttemptTimeout = TimeSpan.FromMilliseconds(200) });

        var error = await Assert.ThrowsAsync<OperationException>(() => session.Connection.SendAsync(ApiRequest.Get("/version")));

        Assert.Equal(ClusterErrorIds.ClusterUnreachable, error.Id);
        Assert.True(cluster.Server.Requests.Count > 1);
    }

    [Fact]
    public async Task Throttling_is_waited_out_as_the_server_asks()
    {
        int calls = 0;
        await using InProcessCluster cluster = await InProcessCluster.StartAsync(new ApiServerOptions
        {
            Interceptor = http =>
            {
                if (Interlocked.Increment(ref calls) > 2)
                {
                    return Task.FromResult(false);
                }
                http.Response.StatusCode = 429;
                http.Response.Headers.RetryAfter = "1";
                return Task.FromResult(true);
            },
        });
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        long start = Stopwatch.GetTimestamp();

        ApiResponse answer = await session.Connection.SendAsync(ApiRequest.Get("/version"));

        Assert.Equal(3, answer.Attempts);
        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(1.9), "it came back before the server allowed it");
    }

    [Fact]
    public async Task Refused_credentials_are_not_tried_again_and_are_named()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using ClusterSession session = await ClusterSession.OpenAsync(cluster, token: "planted-wrong-token");

        var error = await Assert.ThrowsAsync<OperationException>(() => session.Connection.SendAsync(ApiRequest.Get("/api/v1/namespaces")));

        Assert.Equal(ClusterErrorIds.AuthenticationFailed, error.Id);
        Assert.Contains("test-user", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("planted", error.ToString(), StringComparison.Ordinal);
        Assert.Single(cluster.Server.Requests);
    }

    [Fact]
    public async Task A_refusal_that_quotes_a_secret_is_masked()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync(new ApiServerOptions { Admission = o => (string?)o["kind"] == "Secret" ? $"bad value {o["stringData"]!["key"]}" : null });
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);

        ApplyResult result = await session.ApplyAsync(ClusterSession.Object("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"default"},"stringData":{"key":"planted-value-9"}}"""));

        Assert.Equal(ClusterErrorIds.AdmissionDenied, result.Objects[0].ErrorId);
        Assert.Contains("bad value ***", result.Objects[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_error_is_tried_again_and_then_told()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync(new ApiServerOptions { Interceptor = http => { http.Response.StatusCode = 503; return Task.FromResult(true); } });
        using ClusterSession session = await ClusterSession.OpenAsync(cluster, change: o => o with { MaxRetries = 3, RetryDelay = TimeSpan.FromMilliseconds(1) });

        var error = await Assert.ThrowsAsync<OperationException>(() => session.Connection.SendAsync(ApiRequest.Get("/version")));

        Assert.Equal(ClusterErrorIds.ServerError, error.Id);
        Assert.Equal(4, cluster.Server.Requests.Count);
    }

    [Fact]
    public async Task A_credential_plugin_gets_its_arguments_one_by_one_and_is_asked_again_when_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The plugin of this test is a shell script.");
            return;
        }
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        string script = Write("plugin.sh", "#!/bin/sh\n[ \"$1\" = \"two words\" ] || { echo \"bad argument planted-error\" >&2; exit 3; }\nif [ -e \"$2\" ]; then t=" + cluster.AdminToken + "; else t=planted-expired-token; touch \"$2\"; fi\necho '{\"kind\":\"ExecCredential\",\"status\":{\"token\":\"'$t'\"}}'\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string marker = Path.Combine(_folder, "marker");
        string path = Write("config", KubeConfigText.Create(cluster.Address, null).Replace("user: {}", $"user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1\n      command: ./plugin.sh\n      args: ['two words', '{marker}']", StringComparison.Ordinal));
        using ClusterConnection connection = await ClusterConnection.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = path });

        ApiResponse answer = await connection.SendAsync(ApiRequest.Get("/api/v1/namespaces"));

        Assert.True(answer.IsSuccess);
        Assert.Equal(2, cluster.Server.Requests.Count);
    }

    [Fact]
    public async Task A_credential_plugin_that_is_not_there_is_told_with_its_hint()
    {
        string path = Write("config", KubeConfigText.Create(new Uri("http://127.0.0.1:9"), null).Replace("user: {}", "user:\n    exec:\n      apiVersion: client.authentication.k8s.io/v1\n      command: no-such-plugin-here\n      installHint: Install it from example.com", StringComparison.Ordinal));
        using ClusterConnection connection = await ClusterConnection.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = path });

        var error = await Assert.ThrowsAsync<OperationException>(() => connection.SendAsync(ApiRequest.Get("/version")));

        Assert.Equal(ClusterErrorIds.CredentialPluginFailed, error.Id);
        Assert.Equal("Install it from example.com", error.Remedy);
    }

    [Fact]
    public async Task Requests_go_through_the_proxy_of_the_kubeconfig()
    {
        await using InProcessCluster proxy = await InProcessCluster.StartAsync(new ApiServerOptions
        {
            Interceptor = async http =>
            {
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync("{\"gitVersion\":\"through-proxy\"}");
                return true;
            },
        });
        string path = Write("config", KubeConfigText.Create(new Uri("http://cluster.invalid:6443"), null)
            .Replace("server: http://cluster.invalid:6443", $"server: http://cluster.invalid:6443\n    proxy-url: {proxy.Address}", StringComparison.Ordinal));
        using ClusterConnection connection = await ClusterConnection.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = path });

        ApiResponse answer = await connection.SendAsync(ApiRequest.Get("/version"));

        Assert.Equal("through-proxy", (string?)answer.Json["gitVersion"]);
    }

    [Fact]
    public async Task Files_of_KUBECONFIG_are_merged_and_paths_count_from_their_own_file()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "b"));
        File.WriteAllText(Path.Combine(_folder, "b", "token"), "t0ken-from-file\n");
        string first = Write("first", "apiVersion: v1\nkind: Config\ncurrent-context: both\ncontexts:\n- name: both\n  context: {cluster: c, user: u, namespace: team}\n");
        string second = Write(Path.Combine("b", "second"), "apiVersion: v1\nkind: Config\ncurrent-context: other\nclusters:\n- name: c\n  cluster: {server: 'https://example.com:6443/prefix'}\nusers:\n- name: u\n  user: {tokenFile: token}\n");
        string? before = Environment.GetEnvironmentVariable("KUBECONFIG");
        Environment.SetEnvironmentVariable("KUBECONFIG", string.Join(Path.PathSeparator, first, Path.Combine(_folder, "missing"), second));
        try
        {
            var masker = new SecretMasker();
            ClusterEndpointSettings settings = await EndpointResolver.ResolveAsync(new ClusterConnectionOptions { Masker = masker }, default);
            ClusterCredential credential = await settings.Credentials.GetAsync(null, default);

            Assert.Equal(("both", "u", "team"), (settings.Context, settings.User, settings.Namespace));
            Assert.Equal("t0ken-from-file", credential.Authorization?.Parameter);
            Assert.Equal("***", masker.MaskText("t0ken-from-file"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", before);
        }
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
