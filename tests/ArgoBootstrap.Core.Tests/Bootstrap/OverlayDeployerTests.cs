using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Registration;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

public sealed class InProcessOverlayDeployerTests(InProcessFixture fixture) : OverlayDeployerTests(fixture);

public sealed class RealOverlayDeployerTests(RealFixture fixture) : OverlayDeployerTests(fixture);

public abstract class OverlayDeployerTests(ClusterFixture fixture) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("argobootstrap-overlay-").FullName;

    [Fact]
    public async Task An_overlay_is_planned_compared_and_applied()
    {
        using TargetCluster cluster = await OpenAsync();
        string ns = "t-" + Guid.NewGuid().ToString("N")[..10];
        Write("one", ns, "1");
        var deployer = new OverlayDeployer();
        PreparedOverlay overlay = await deployer.PrepareAsync(_folder);

        OverlayDeployment first = await deployer.DeployAsync(cluster, overlay, new OverlayDeployOptions());
        Write("one", ns, "2");
        PreparedOverlay changed = await deployer.PrepareAsync(_folder);
        OverlayDeployment compared = await deployer.DeployAsync(cluster, changed, new OverlayDeployOptions { DryRun = true });
        OverlayDeployment second = await deployer.DeployAsync(cluster, changed, new OverlayDeployOptions());
        OverlayDeployment third = await deployer.DeployAsync(cluster, changed, new OverlayDeployOptions());

        Assert.True(overlay.IsValid);
        Assert.Equal(["Namespace", "ConfigMap"], overlay.Plan.Select(p => p.Reference.Type.Kind));
        Assert.True(first.Succeeded, first.Summary);
        FieldChange change = Assert.Single(compared.Applied.Objects.SelectMany(o => o.Changes));
        Assert.Equal("data.key: \"1\" -> \"2\"", change.ToString());
        Assert.Contains(second.Applied.Objects, o => o.Action == ApplyAction.Configured);
        Assert.All(third.Applied.Objects, o => Assert.Equal(ApplyAction.Unchanged, o.Action));
    }

    [Fact]
    public async Task An_overlay_that_cannot_be_rendered_is_a_finding_and_never_applied()
    {
        using TargetCluster cluster = await OpenAsync();
        File.WriteAllText(Path.Combine(_folder, "kustomization.yaml"), "resources:\n- not-there.yaml\n");
        var deployer = new OverlayDeployer();

        PreparedOverlay overlay = await deployer.PrepareAsync(_folder);
        var error = await Assert.ThrowsAsync<OperationException>(() => deployer.DeployAsync(cluster, overlay, new OverlayDeployOptions { SkipValidation = true }));

        Assert.False(overlay.IsValid);
        Assert.NotEmpty(overlay.Findings);
        Assert.Equal(ErrorIds.OverlayInvalid, error.Id);
        Assert.Contains("not-there.yaml", error.Message, StringComparison.Ordinal);
        Assert.NotEqual("", error.Remedy);
    }

    [Fact]
    public async Task Errors_stop_it_unless_one_insists()
    {
        using TargetCluster cluster = await OpenAsync();
        string ns = "t-" + Guid.NewGuid().ToString("N")[..10];
        Write("one", ns, "1");
        File.AppendAllText(Path.Combine(_folder, "objects.yaml"), $"---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: plain\n  namespace: {ns}\n  labels:\n    argocd.argoproj.io/secret-type: repository\nstringData:\n  password: in-git-for-all-to-see-1\n");
        var deployer = new OverlayDeployer();
        PreparedOverlay overlay = await deployer.PrepareAsync(_folder);

        var error = await Assert.ThrowsAsync<OperationException>(() => deployer.DeployAsync(cluster, overlay, new OverlayDeployOptions()));
        OverlayDeployment insisted = await deployer.DeployAsync(cluster, overlay, new OverlayDeployOptions { SkipValidation = true });

        Assert.Equal(ErrorIds.OverlayInvalid, error.Id);
        Assert.True(insisted.Succeeded);
    }

    [Fact]
    public async Task What_does_not_become_ready_is_told()
    {
        using TargetCluster cluster = await OpenAsync();
        string ns = "t-" + Guid.NewGuid().ToString("N")[..10];
        Write("one", ns, "1");
        File.AppendAllText(Path.Combine(_folder, "objects.yaml"), "---\n" + FakeHelm.Workload(ns, "x").Content.ToJsonString() + "\n");
        var deployer = new OverlayDeployer();

        OverlayDeployment result = await deployer.DeployAsync(cluster, await deployer.PrepareAsync(_folder), new OverlayDeployOptions { SkipValidation = true, Timeout = TimeSpan.FromSeconds(1) });

        Assert.True(result.Applied.Succeeded, result.Summary);
        Assert.False(result.Succeeded);
        Assert.Contains("argocd-server", result.Waited!.Objects.Single().Reference.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_is_registered_with_a_hub_and_its_token_kept_until_rotated()
    {
        using TargetCluster cluster = await OpenAsync();
        using ClusterSession session = await ClusterSession.OpenAsync(await fixture.GetAsync());
        string ns = await session.CreateNamespaceAsync();
        var request = new ClusterRegistrationRequest
        {
            Name = "spoke", Authentication = ClusterAuthentication.ServiceAccountToken, ArgoNamespace = ns, ServiceAccountNamespace = ns, ServiceAccount = "manager-" + ns,
            TokenLifetime = TimeSpan.FromHours(1), Labels = new Dictionary<string, string> { ["environment"] = "prod" },
        };

        ClusterRegistrationResult first = await ClusterRegistration.RegisterAsync(cluster, cluster, request);
        string token = await TokenAsync(session, ns);
        ClusterRegistrationResult second = await ClusterRegistration.RegisterAsync(cluster, cluster, request);
        string kept = await TokenAsync(session, ns);
        ClusterRegistrationResult rotated = await ClusterRegistration.RegisterAsync(cluster, cluster, request with { Rotate = true });
        RegisteredCluster listed = Assert.Single(await RegisteredClusters.ListAsync(cluster, ns));

        Assert.True(first.Changed);
        Assert.False(second.Changed, string.Join("\n", second.Objects.Select(o => $"{o.Reference} {o.Action}")));
        Assert.True(rotated.Changed);
        Assert.Equal(token, kept);
        Assert.NotEqual(token, await TokenAsync(session, ns));
        Assert.Equal("***", cluster.Connection.Masker.MaskText(token));
        Assert.Equal(("spoke", cluster.Connection.Server, ClusterAuthentication.ServiceAccountToken), (listed.Name, listed.Server, listed.Authentication));
        Assert.Equal("prod", listed.Labels["environment"]);
        Assert.NotNull(listed.TokenExpires);
        using TargetCluster asArgo = await TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = (await fixture.GetAsync()).WriteKubeConfig(await TokenAsync(session, ns)) });
        Assert.NotEmpty(await asArgo.Reader.ListAsync("", "Secret", ns, "", CancellationToken.None));

        var removed = await ClusterRegistration.UnregisterAsync(cluster, cluster, request);

        Assert.All(removed, r => Assert.Equal(Clusters.Deleting.DeleteAction.Deleted, r.Action));
        Assert.Empty(await RegisteredClusters.ListAsync(cluster, ns));
    }

    [Fact]
    public async Task Repositories_of_every_kind_become_argo_cds_secrets()
    {
        using TargetCluster cluster = await OpenAsync();
        using ClusterSession session = await ClusterSession.OpenAsync(await fixture.GetAsync());
        string ns = await session.CreateNamespaceAsync();
        byte[] secret = "pl4nted-k3y-material"u8.ToArray();
        byte[] key = "-----BEGIN PRIVATE KEY-----\r\npl4nted-k3y-material\r\n-----END PRIVATE KEY-----"u8.ToArray();
        RepositoryCredential[] all =
        [
            new() { Url = "https://git.example.com/a.git", Username = "u", Password = secret, SecretName = "https" },
            new() { Url = "git@git.example.com:a.git", Kind = RepositoryKind.Ssh, PrivateKey = key, SecretName = "ssh" },
            new() { Url = "https://github.com/org", Kind = RepositoryKind.GitHubApp, GitHubAppId = "1", PrivateKey = key, IsTemplate = true, SecretName = "app" },
            new() { Url = "oci://registry.example.com/guestbook", Kind = RepositoryKind.Oci, Username = "u", Password = secret, SecretName = "oci" },
            new() { Url = "oci://registry.example.com/charts", Kind = RepositoryKind.HelmOci, Name = "charts", Username = "u", Password = secret, SecretName = "charts" },
        ];
        foreach (RepositoryCredential credential in all)
        {
            Assert.Equal(ApplyAction.Created, (await RepositoryRegistration.RegisterAsync(cluster, credential, ns)).Action);
            Assert.Equal(ApplyAction.Unchanged, (await RepositoryRegistration.RegisterAsync(cluster, credential, ns)).Action);
            Assert.DoesNotContain("pl4nted", credential.ToString(), StringComparison.Ordinal);
        }

        JsonObject app = await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/secrets/app");
        JsonObject oci = await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/secrets/oci");
        Assert.Equal("repo-creds", (string?)app["metadata"]!["labels"]!["argocd.argoproj.io/secret-type"]);
        Assert.Equal("-----BEGIN PRIVATE KEY-----\npl4nted-k3y-material\n-----END PRIVATE KEY-----\n", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)app["data"]!["githubAppPrivateKey"]!)));
        Assert.Equal("oci://registry.example.com/guestbook", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)oci["data"]!["url"]!)));
        JsonObject charts = await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/secrets/charts");
        Assert.Equal("registry.example.com/charts", System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)charts["data"]!["url"]!)));
        foreach (RepositoryCredential wrong in new RepositoryCredential[] { new() { Url = "http://git.example.com/a.git" }, new() { Url = "git@x:a.git", Kind = RepositoryKind.Ssh }, new() { Url = "https://u:p@git.example.com/a.git" } })
        {
            Assert.Equal(ErrorIds.InvalidRequest, (await Assert.ThrowsAsync<OperationException>(() => RepositoryRegistration.RegisterAsync(cluster, wrong, ns))).Id);
        }
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static async Task<string> TokenAsync(ClusterSession session, string ns)
    {
        JsonObject secret = await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/secrets/cluster-spoke");
        return (string)JsonNode.Parse(Convert.FromBase64String((string)secret["data"]!["config"]!))!["bearerToken"]!;
    }

    private void Write(string name, string ns, string value)
    {
        File.WriteAllText(Path.Combine(_folder, "kustomization.yaml"), "resources:\n- objects.yaml\n");
        File.WriteAllText(Path.Combine(_folder, "objects.yaml"), $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {name}\n  namespace: {ns}\ndata:\n  key: \"{value}\"\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: {ns}\n");
    }

    private async Task<TargetCluster> OpenAsync() =>
        await TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = (await fixture.GetAsync()).WriteKubeConfig(), RetryDelay = TimeSpan.FromMilliseconds(20) });
}
