using System.Text;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Clusters.Tests;

/// <summary>What only TLS shows.</summary>
public sealed class RealConnectionTests(RealFixture fixture) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("argobootstrap-tls-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_client_certificate_is_enough()
    {
        var cluster = (RealCluster)await fixture.GetAsync();
        (string certificate, string key) = cluster.Certificates.CreateClient("bob", "system:masters");
        string user = $"user:\n    client-certificate-data: {Base64(certificate)}\n    client-key-data: {Base64(key)}";
        using ClusterConnection connection = await OpenAsync(KubeConfigText.Create(cluster.Address, null, cluster.AuthorityPem).Replace("user: {}", user, StringComparison.Ordinal));

        ApiResponse answer = await connection.SendAsync(ApiRequest.Get("/api/v1/namespaces"));

        Assert.True(answer.IsSuccess);
    }

    [Fact]
    public async Task A_client_certificate_that_has_ended_is_told_with_its_time()
    {
        var cluster = (RealCluster)await fixture.GetAsync();
        DateTimeOffset ended = DateTimeOffset.UtcNow.AddMinutes(-10);
        (string certificate, string key) = cluster.Certificates.CreateEndedClient("bob", ended);
        string user = $"user:\n    client-certificate-data: {Base64(certificate)}\n    client-key-data: {Base64(key)}";
        using ClusterConnection connection = await OpenAsync(KubeConfigText.Create(cluster.Address, null, cluster.AuthorityPem).Replace("user: {}", user, StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<OperationException>(() => connection.SendAsync(ApiRequest.Get("/api/v1/namespaces")));

        Assert.Equal(ClusterErrorIds.AuthenticationFailed, error.Id);
        Assert.Contains($"Its client certificate ended at {ended:yyyy-MM-dd HH:mm} UTC.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_of_another_authority_is_not_trusted()
    {
        TestCluster cluster = await fixture.GetAsync();
        using var others = new TestSupport.Envtest.TestCertificates();
        using ClusterConnection connection = await OpenAsync(KubeConfigText.Create(cluster.Address, cluster.AdminToken, others.AuthorityPem));

        var error = await Assert.ThrowsAsync<OperationException>(() => connection.SendAsync(ApiRequest.Get("/version")));

        Assert.Equal(ClusterErrorIds.TlsFailed, error.Id);
    }

    [Fact]
    public async Task A_server_of_another_name_is_not_trusted_unless_the_name_is_given()
    {
        TestCluster cluster = await fixture.GetAsync();
        string config = KubeConfigText.Create(cluster.Address, cluster.AdminToken, cluster.AuthorityPem);
        using ClusterConnection wrong = await OpenAsync(config.Replace("    certificate-authority-data", "    tls-server-name: wrong.example.com\n    certificate-authority-data", StringComparison.Ordinal));
        using ClusterConnection right = await OpenAsync(config.Replace("    certificate-authority-data", "    tls-server-name: kubernetes.default.svc\n    certificate-authority-data", StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<OperationException>(() => wrong.SendAsync(ApiRequest.Get("/version")));
        ApiResponse answer = await right.SendAsync(ApiRequest.Get("/version"));

        Assert.Equal(ClusterErrorIds.TlsFailed, error.Id);
        Assert.True(answer.IsSuccess);
    }

    private async Task<ClusterConnection> OpenAsync(string kubeConfig)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        File.WriteAllText(path, kubeConfig);
        return await ClusterConnection.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = path });
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
