using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Faults;

namespace ArgoBootstrap.Clusters.Tests.Access;

/// <summary>What is told when a server, or what stands before it, does not answer as an API server does.</summary>
public sealed class AccessMessageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("argobootstrap-access-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_server_that_never_answers_costs_no_more_than_the_deadline()
    {
        using var server = new SilentServer();

        OperationException error = await FailAsync(server.Address.ToString(), options: new() { Deadline = Deadline.After(TimeSpan.FromSeconds(5)) });

        Assert.Equal(ClusterErrorIds.ClusterUnreachable, error.Id);
        Assert.Contains("no answer within", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_pause_that_nobody_waits_out_is_throttling()
    {
        using var server = new SilentServer("HTTP/1.1 429 Too Many Requests\nRetry-After: 3600\nContent-Length: 8\nConnection: close\n\ntoo many");

        OperationException error = await FailAsync(server.Address.ToString());

        Assert.Equal(ClusterErrorIds.Throttled, error.Id);
        Assert.Contains("3600 seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_server_that_throttles_until_the_time_is_up_is_throttling_too()
    {
        using var server = new SilentServer("HTTP/1.1 429 Too Many Requests\nContent-Length: 8\nConnection: close\n\ntoo many");

        OperationException error = await FailAsync(server.Address.ToString(), options: new() { Deadline = Deadline.After(TimeSpan.FromSeconds(5)), RetryDelay = TimeSpan.FromMilliseconds(400) });

        Assert.Equal(ClusterErrorIds.Throttled, error.Id);
    }

    [Fact]
    public async Task A_login_page_is_told_with_the_server_and_its_title()
    {
        using var server = new SilentServer("HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 43\nConnection: close\n\n<html><head><title>Sign in</title></head>\n ");
        using ClusterConnection connection = await OpenAsync(server.Address.ToString());
        ApiResponse answer = await connection.SendAsync(ApiRequest.Get("/version", "version"));

        OperationException error = Assert.Throws<OperationException>(() => answer.Json);

        Assert.Equal(ClusterErrorIds.UnexpectedAnswer, error.Id);
        Assert.Contains($"127.0.0.1:{server.Port}", error.Message, StringComparison.Ordinal);
        Assert.Contains("'Sign in'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_is_told_with_where_it_leads_and_without_its_query()
    {
        using var server = new SilentServer("HTTP/1.1 302 Found\nLocation: https://login.example.org/sso?state=abc\nContent-Length: 0\nConnection: close\n\n");

        OperationException error = await FailAsync(server.Address.ToString());

        Assert.Equal(ClusterErrorIds.UnexpectedAnswer, error.Id);
        Assert.Contains("'https://login.example.org/sso'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Http_to_an_https_port_is_told_with_the_right_address()
    {
        using var server = new SilentServer("HTTP/1.0 400 Bad Request\n\nClient sent an HTTP request to an HTTPS server.\n");

        OperationException error = await FailAsync(server.Address.ToString());

        Assert.Equal(ClusterErrorIds.KubeConfigInvalid, error.Id);
        Assert.Contains($"https://127.0.0.1:{server.Port}", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Https_to_an_http_port_is_told()
    {
        using var server = new SilentServer("HTTP/1.0 400 Bad Request\n\nnot TLS\n");

        OperationException error = await FailAsync($"https://127.0.0.1:{server.Port}");

        Assert.Contains(error.Id, new[] { ClusterErrorIds.TlsFailed, ClusterErrorIds.ClusterUnreachable });
    }

    [Fact]
    public async Task A_user_without_credentials_is_told_as_such()
    {
        using var server = new SilentServer("HTTP/1.1 403 Forbidden\nContent-Type: text/plain\nContent-Length: 4\nConnection: close\n\nnope");

        OperationException error = await FailAsync(server.Address.ToString(), token: null);

        Assert.Equal(ClusterErrorIds.AuthenticationFailed, error.Id);
        Assert.Contains("has no credentials for user 'test-user'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_do_not_go_to_another_machine_over_plain_http()
    {
        OperationException error = await Assert.ThrowsAsync<OperationException>(() => OpenAsync("http://10.0.0.1:8080"));
        Assert.Equal(ClusterErrorIds.KubeConfigInvalid, error.Id);
        Assert.Contains("not https", error.Message, StringComparison.Ordinal);

        using ClusterConnection anonymous = await OpenAsync("http://10.0.0.1:8080", token: null);
        Assert.Equal("http://10.0.0.1:8080", anonymous.Server);
    }

    [Fact]
    public async Task A_webhook_that_is_down_is_named_after_a_few_tries()
    {
        const string Body = """{"kind":"Status","message":"Internal error occurred: failed calling webhook \"validate.example.org\": failed to call webhook: Post \"https://x.y.svc:443/\": dial tcp 10.0.0.1:443: connect: connection refused","reason":"InternalError","code":500}""";
        using var server = new SilentServer($"HTTP/1.1 500 Internal Server Error\nContent-Type: application/json\nContent-Length: {Body.Length}\nConnection: close\n\n{Body}");

        OperationException error = await FailAsync(server.Address.ToString(), options: new() { RetryDelay = TimeSpan.FromMilliseconds(1) });

        Assert.Equal(ClusterErrorIds.AdmissionDenied, error.Id);
        Assert.Contains("the webhook 'validate.example.org'", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task A_folder_as_kubeconfig_is_told_as_one()
    {
        OperationException error = await Assert.ThrowsAsync<OperationException>(() => ClusterConnection.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = _folder }));

        Assert.Equal(ClusterErrorIds.KubeConfigInvalid, error.Id);
        Assert.Contains("is a folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_certificate_without_its_key_is_refused()
    {
        string path = Path.Combine(_folder, "half");
        await File.WriteAllTextAsync(path, KubeConfigText.Create(new Uri("https://127.0.0.1:1"), null).Replace("user: {}", "user: {client-certificate-data: eA==}", StringComparison.Ordinal));

        OperationException error = await Assert.ThrowsAsync<OperationException>(() => ClusterConnection.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = path }));

        Assert.Contains("without its key", error.Message, StringComparison.Ordinal);
    }

    private async Task<OperationException> FailAsync(string server, string? token = "t0ken-value", ClusterConnectionOptions? options = null)
    {
        using ClusterConnection connection = await OpenAsync(server, token, options);
        return await Assert.ThrowsAsync<OperationException>(() => connection.SendAsync(ApiRequest.Get("/version", "version")));
    }

    private async Task<ClusterConnection> OpenAsync(string server, string? token = "t0ken-value", ClusterConnectionOptions? options = null)
    {
        string path = Path.Combine(_folder, "config");
        await File.WriteAllTextAsync(path, KubeConfigText.Create(new Uri(server), token));
        return await ClusterConnection.OpenAsync((options ?? new ClusterConnectionOptions()) with { KubeConfigPath = path });
    }
}
