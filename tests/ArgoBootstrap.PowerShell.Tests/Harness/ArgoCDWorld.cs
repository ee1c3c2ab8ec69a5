using System.Text;
using System.Text.Json.Nodes;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>A namespace of an Argo CD of its own on a shared pair of clusters, and a session whose kubeconfig has the contexts hub, target, restricted (a user without rights on the hub) and dead (nothing listens).</summary>
public sealed class ArgoCDWorld : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _client;

    private ArgoCDWorld(TestCluster hub, TestCluster target)
    {
        (Hub, Target) = (hub, target);
        Id = Guid.NewGuid().ToString("N")[..8];
        AuditLog = AuditLogFile.Path;
        KubeConfig = WriteSecret("kubeconfig", Config());
        _client = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        Session = new ModuleRunspace(_folder.Path);
        Session.Invoke("$global:PSDefaultParameterValues = @{ '*-Argo*:KubeConfigPath' = $args[0]; '*-Argo*:Namespace' = $args[1]; 'Install-Fl*:KubeConfigPath' = $args[0]; 'Uninstall-Fl*:KubeConfigPath' = $args[0] }", KubeConfig, Namespace);
    }

    public TestCluster Hub { get; }

    public TestCluster Target { get; }

    /// <summary>What names of this world end with.</summary>
    public string Id { get; }

    /// <summary>Argo CD's namespace.</summary>
    public string Namespace => "argocd-" + Id;

    public string KubeConfig { get; }

    public string AuditLog { get; }

    internal ModuleRunspace Session { get; }

    public static async Task<ArgoCDWorld> StartAsync(ClusterPair pair)
    {
        (TestCluster hub, TestCluster target) = await pair.GetAsync();
        ArgoCDWorld world = new(hub, target);
        await world.AddNamespaceAsync(hub, world.Namespace);
        return world;
    }

    /// <summary>Writes a file into the session's folder.</summary>
    public string Write(string relativePath, string text) => _folder.Write(relativePath, text);

    /// <summary>Writes a file that holds secrets.</summary>
    public string WriteSecret(string relativePath, string text)
    {
        SecretScan.IsInput(_folder.Combine(relativePath));
        return _folder.Write(relativePath, text);
    }

    public Task AddNamespaceAsync(TestCluster cluster, string name) => PostAsync(cluster, "/api/v1/namespaces", $$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{name}}"} }""");

    /// <summary>Creates an object.</summary>
    public async Task PostAsync(TestCluster cluster, string path, string json)
    {
        using HttpResponseMessage answer = await SendAsync(cluster, HttpMethod.Post, path, json);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Reads an object.</summary>
    /// <returns>The object; null when it is not there.</returns>
    public async Task<JsonObject?> GetAsync(TestCluster cluster, string path)
    {
        using HttpResponseMessage answer = await SendAsync(cluster, HttpMethod.Get, path, null);
        return answer.IsSuccessStatusCode ? (JsonObject)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))! : null;
    }

    /// <summary>A Secret in Argo CD's namespace.</summary>
    public Task<JsonObject?> SecretAsync(string name) => GetAsync(Hub, $"/api/v1/namespaces/{Namespace}/secrets/{name}");

    /// <summary>What a Secret holds under a key.</summary>
    public static string Data(JsonObject? secret, string key) => secret?["data"]?[key] is { } value ? Encoding.UTF8.GetString(Convert.FromBase64String((string)value!)) : "";

    /// <summary>Lets there be an Application that deploys to a cluster.</summary>
    public async Task AddApplicationAsync(string name, string destination)
    {
        using HttpResponseMessage made = await SendAsync(Hub, HttpMethod.Post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"applications.argoproj.io"},
             "spec":{"group":"argoproj.io","scope":"Namespaced","names":{"plural":"applications","singular":"application","kind":"Application","listKind":"ApplicationList"},
              "versions":[{"name":"v1alpha1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-preserve-unknown-fields":true} } }]} }
            """);
        string json = $$"""{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"{{name}}"},"spec":{"destination":{"name":"{{destination}}"} } }""";
        await PostWhenServedAsync($"/apis/argoproj.io/v1alpha1/namespaces/{Namespace}/applications", json);
    }

    /// <summary>Creates an object on the hub, of a kind that was defined just now: the server takes a moment to serve it.</summary>
    public async Task PostWhenServedAsync(string path, string json)
    {
        for (int attempt = 0; ; attempt++)
        {
            using HttpResponseMessage answer = await SendAsync(Hub, HttpMethod.Post, path, json);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            Assert.True(attempt < 100, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Session.Dispose();
        _client.Dispose();
        SecretScan.CollectFolder(_folder.Path);
        _folder.Dispose();
        await ValueTask.CompletedTask;
    }

    private Task<HttpResponseMessage> SendAsync(TestCluster cluster, HttpMethod method, string path, string? json)
    {
        HttpRequestMessage request = new(method, new Uri(cluster.Address, path)) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", cluster.AdminToken);
        return _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private string Config() => $$"""
        apiVersion: v1
        kind: Config
        current-context: hub
        clusters:
        - {name: hub, cluster: {server: "{{Trim(Hub)}}"{{Authority(Hub)}} } }
        - {name: target, cluster: {server: "{{Trim(Target)}}"{{Authority(Target)}} } }
        - {name: dead, cluster: {server: "http://127.0.0.1:1"} }
        users:
        - {name: hub, user: {token: {{Hub.AdminToken}} } }
        - {name: target, user: {token: {{Target.AdminToken}} } }
        - {name: restricted, user: {token: {{Hub.RestrictedToken}} } }
        contexts:
        - {name: hub, context: {cluster: hub, user: hub} }
        - {name: target, context: {cluster: target, user: target} }
        - {name: restricted, context: {cluster: hub, user: restricted} }
        - {name: dead, context: {cluster: dead} }

        """;

    private static string Trim(TestCluster cluster) => cluster.Address.ToString().TrimEnd('/');

    private static string Authority(TestCluster cluster) =>
        cluster.AuthorityPem is { } pem ? $", certificate-authority-data: {Convert.ToBase64String(Encoding.UTF8.GetBytes(pem))}" : "";
}
