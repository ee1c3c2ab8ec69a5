using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Installers.Helm;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Core.Tests.Bootstrap;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Core.Tests.Installers.ArgoCD;

public sealed class InProcessArgoCDInstallerTests : ArgoCDInstallerTests
{
    protected override async Task<TestCluster> StartAsync() => await InProcessCluster.StartAsync();
}

public sealed class RealArgoCDInstallerTests : ArgoCDInstallerTests
{
    protected override Task<TestCluster> StartAsync() => RealClusters.StartOrSkipAsync();
}

/// <summary>Installing, adopting, updating and removing Argo CD's own manifest.</summary>
public abstract class ArgoCDInstallerTests
{
    private static ArgoCDInstallOptions Options(string manifest = "install.yaml") => new() { Manifest = ManifestSource.FromFile(SharedData.PathOf(manifest)), Wait = false };

    protected abstract Task<TestCluster> StartAsync();

    [Fact]
    public async Task In_another_namespace_the_bindings_follow_and_a_second_run_changes_nothing()
    {
        ArgoCDInstallOptions options = Options() with { Namespace = "gitops" };
        await using TestCluster cluster = await StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);

        ArgoCDInstallResult first = await new ArgoCDInstaller().InstallAsync(target, options);
        ArgoCDInstallResult second = await new ArgoCDInstaller().InstallAsync(target, options);

        Assert.Equal("v3.5.1", first.Version);
        Assert.True(first.Changed);
        Assert.False(second.Changed, second.Message);
        JsonObject binding = await session.SendAsync(HttpMethod.Get, "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/argocd-server");
        Assert.Equal("gitops", (string?)binding["subjects"]![0]!["namespace"]);
        await session.SendAsync(HttpMethod.Get, "/apis/apps/v1/namespaces/gitops/deployments/argocd-server");
        var refused = await Assert.ThrowsAsync<OperationException>(() => new ArgoCDInstaller().InstallAsync(target, Options()));
        Assert.Equal(ErrorIds.InstallationExists, refused.Id);
    }

    [Fact]
    public async Task What_kubectl_installed_on_the_servers_side_is_adopted_when_asked()
    {
        ArgoCDInstallOptions options = Options() with { Adopt = true };
        await using TestCluster cluster = await StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        await session.ApplyAsync(ClusterSession.Object("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"argocd"} }"""));
        // An older state of a few objects, as kubectl apply --server-side owns them.
        JsonObject server = (JsonObject)SharedData.ArgoCd("install.yaml").Single(o => o.Reference is { Name: "argocd-server", Type.Kind: "Deployment" }).Content.DeepClone();
        server["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = "quay.io/argoproj/argocd:v3.4.0";
        await session.SendAsync(HttpMethod.Patch, "/apis/apps/v1/namespaces/argocd/deployments/argocd-server?fieldManager=kubectl", server.ToJsonString(), "application/apply-patch+yaml");

        ArgoCDInstallResult result = await new ArgoCDUpdater(new ArgoCDInstaller()).UpdateAsync(target, options);

        Assert.Equal("v3.4.0", result.PreviousVersion);
        Assert.Equal("kubectl", result.AdoptedFrom);
        JsonObject live = await session.SendAsync(HttpMethod.Get, "/apis/apps/v1/namespaces/argocd/deployments/argocd-server");
        Assert.DoesNotContain((JsonArray)live["metadata"]!["managedFields"]!, e => (string?)e!["manager"] == "kubectl");
        Assert.Contains(":v3.5.1", live.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_refuses_to_go_back_and_tells_what_would_change()
    {
        ArgoCDInstallOptions options = Options();
        await using TestCluster cluster = await StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        var missing = await Assert.ThrowsAsync<OperationException>(() => new ArgoCDUpdater(new ArgoCDInstaller()).UpdateAsync(target, options));
        await new ArgoCDInstaller().InstallAsync(target, options);
        await SetImageAsync(session, "v3.4.0");

        ArgoCDInstallResult preview = await new ArgoCDUpdater(new ArgoCDInstaller()).UpdateAsync(target, options with { DryRun = true, Force = true });
        await SetImageAsync(session, "v9.0.0");
        var refused = await Assert.ThrowsAsync<OperationException>(() => new ArgoCDUpdater(new ArgoCDInstaller()).UpdateAsync(target, options));

        Assert.Equal(ErrorIds.NotInstalled, missing.Id);
        Assert.Equal(ErrorIds.DowngradeRefused, refused.Id);
        ObjectApplyResult changed = Assert.Single(preview.Applied!.Objects, o => o.Reference is { Name: "argocd-server", Type.Kind: "Deployment" });
        Assert.Contains(changed.Changes, c => c.Path.EndsWith(".image", StringComparison.Ordinal) && c.Before!.Contains("v3.4.0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Removing_it_leaves_applications_behind_that_nothing_holds()
    {
        await using TestCluster cluster = await StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        await new ArgoCDInstaller().InstallAsync(target, Options());
        await session.ApplyAsync(
            Application("shop"),
            ClusterSession.Object("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"repo-x","namespace":"argocd","labels":{"argocd.argoproj.io/secret-type":"repository"} },"type":"Opaque"}"""));

        ArgoCDUninstallResult result = await new ArgoCDUninstaller().UninstallAsync(target, new ArgoCDUninstallOptions { Timeout = TimeSpan.FromSeconds(20) });

        Assert.True(result.Succeeded, string.Join("\n", result.Deleted.Where(d => d.Message.Length > 0)));
        Assert.Contains(result.Released, r => r.Name == "shop");
        Assert.Empty(await ArgoCDDetector.FindAsync(target, "argocd"));
        JsonObject kept = await session.SendAsync(HttpMethod.Get, "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/shop");
        Assert.True(kept["metadata"]!["finalizers"] is null or JsonArray { Count: 0 });
        await session.SendAsync(HttpMethod.Get, "/api/v1/namespaces/argocd/secrets/repo-x");
        await Assert.ThrowsAsync<OperationException>(() => session.SendAsync(HttpMethod.Get, "/apis/rbac.authorization.k8s.io/v1/clusterroles/argocd-server"));

        ArgoCDUninstallResult rest = await new ArgoCDUninstaller().UninstallAsync(await WithAgainAsync(target), new ArgoCDUninstallOptions { IncludeDefinitions = true, Timeout = TimeSpan.FromSeconds(20) });

        Assert.True(rest.Succeeded, string.Join("\n", rest.Deleted.Where(d => d.Message.Length > 0)));
        await Assert.ThrowsAsync<OperationException>(() => session.SendAsync(HttpMethod.Get, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/applications.argoproj.io"));
    }

    [Fact]
    public async Task Applications_that_do_not_end_keep_argo_cd_alive()
    {
        await using TestCluster cluster = await StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        await new ArgoCDInstaller().InstallAsync(target, Options());
        await session.ApplyAsync(Application("shop"));

        var error = await Assert.ThrowsAsync<OperationException>(() => new ArgoCDUninstaller().UninstallAsync(target, new ArgoCDUninstallOptions { IncludeApplications = true, Timeout = TimeSpan.FromSeconds(1) }));

        Assert.Equal(ClusterErrorIds.DeleteFailed, error.Id);
        Assert.Contains("shop", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(await ArgoCDDetector.FindAsync(target, "argocd"));
    }

    [Fact]
    public async Task Once_it_is_waited_for_everybody_finds_its_kinds()
    {
        await using TestCluster cluster = await StartAsync();
        await using FakeControllers controllers = await FakeControllers.StartAsync(cluster);
        using TargetCluster target = await OpenAsync(cluster);
        await new ArgoCDInstaller().InstallAsync(target, Options() with { Wait = true });
        using ClusterSession other = await ClusterSession.OpenAsync(cluster);

        IReadOnlyList<ApiResource> types = await other.Discovery.GetAllAsync();

        Assert.Equal(["AppProject", "Application", "ApplicationSet"], types.Where(t => t.Type.Group == "argoproj.io").Select(t => t.Type.Kind).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_applied_right_after_an_installation_waits_for_its_kind()
    {
        await using TestCluster cluster = await StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        await new ArgoCDInstaller().InstallAsync(target, Options());
        using ClusterSession other = await ClusterSession.OpenAsync(cluster);

        ApplyResult applied = await other.ApplyAsync(Application("shop"));

        Assert.Equal(ApplyAction.Created, applied.Objects[0].Action);
    }

    [Fact]
    public async Task Applications_count_though_their_definition_is_not_served_yet()
    {
        await using TestCluster cluster = await StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        // Discovery has been read before the definition comes, by somebody who does not wait for it.
        Assert.Empty(await target.Reader.ListAsync("argoproj.io", "Application", "", "", CancellationToken.None));
        foreach (Clusters.Objects.ClusterObject definition in FakeHelm.Definitions())
        {
            await session.SendAsync(HttpMethod.Post, "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", System.Text.Encoding.UTF8.GetString(definition.Json.Span));
        }
        Task<IReadOnlyList<JsonObject>> reading = target.Reader.ListAsync("argoproj.io", "Application", "", "", CancellationToken.None);

        Assert.Empty(await reading);
        Assert.NotNull(await target.Discovery.FindPreferredAsync("argoproj.io", "Application"));
        await session.ApplyAsync(ClusterSession.Object("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"argocd"} }"""), Application("shop"));
        Assert.Single(await target.Reader.ListAsync("argoproj.io", "Application", "", "", CancellationToken.None));
    }

    [Fact]
    public async Task A_release_that_a_killed_helm_left_pending_is_repaired()
    {
        await using TestCluster cluster = await StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        await session.ApplyAsync(ClusterSession.Object("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"argocd"} }"""), FakeHelm.Record("argocd", "argocd", "10.4.0", "{}", "pending-install"));
        var helm = new FakeHelm();
        var options = new ArgoCDInstallOptions
        {
            Method = ArgoCDInstallMethod.Helm, Wait = false,
            Chart = new HelmChart { ReleaseName = "argocd", Chart = "argo-cd", Version = "10.4.0", ValuesJson = """{"a":1}""" },
        };

        ArgoCDInstallResult first = await new ArgoCDInstaller(runner: helm).InstallAsync(target, options);
        ArgoCDInstallResult second = await new ArgoCDInstaller(runner: helm).InstallAsync(target, options);
        var older = await Assert.ThrowsAsync<OperationException>(() => new ArgoCDInstaller(runner: helm).InstallAsync(target, options with { Chart = options.Chart with { Version = "10.3.0" } }));
        ArgoCDInstallResult other = await new ArgoCDInstaller(runner: helm).InstallAsync(target, options with { DryRun = true, Chart = options.Chart with { ValuesJson = """{"a":2}""" } });

        Assert.True(first.Changed);
        Assert.False(second.Changed);
        Assert.Equal(ErrorIds.DowngradeRefused, older.Id);
        Assert.Equal("a: 1 -> 2", Assert.Single(other.ChangedValues).ToString());
        Assert.Single(helm.Starts);
    }

    private static async Task<TargetCluster> WithAgainAsync(TargetCluster target)
    {
        await new ArgoCDInstaller().InstallAsync(target, Options());
        return target;
    }

    private static Clusters.Objects.ClusterObject Application(string name) => ClusterSession.Object($$"""
        {"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"{{name}}","namespace":"argocd","finalizers":["resources-finalizer.argocd.argoproj.io"]},
         "spec":{"project":"default","destination":{"server":"https://kubernetes.default.svc","namespace":"{{name}}"},"source":{"repoURL":"https://git.example.com/x.git","path":"{{name}}"} } }
        """);

    private static async Task SetImageAsync(ClusterSession session, string tag)
    {
        JsonObject live = await session.SendAsync(HttpMethod.Get, "/apis/apps/v1/namespaces/argocd/deployments/argocd-server");
        live["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = $"quay.io/argoproj/argocd:{tag}";
        await session.SendAsync(HttpMethod.Put, "/apis/apps/v1/namespaces/argocd/deployments/argocd-server?fieldManager=somebody", live.ToJsonString());
        foreach (string path in new[] { "deployments/argocd-repo-server", "deployments/argocd-applicationset-controller", "deployments/argocd-notifications-controller", "deployments/argocd-dex-server", "deployments/argocd-redis", "statefulsets/argocd-application-controller" })
        {
            await session.SendAsync(HttpMethod.Patch, $"/apis/apps/v1/namespaces/argocd/{path}", """{"metadata":{"labels":{"app.kubernetes.io/part-of":"other"} } }""", "application/merge-patch+json");
        }
    }

    private static Task<TargetCluster> OpenAsync(TestCluster cluster) =>
        TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = cluster.WriteKubeConfig(), RetryDelay = TimeSpan.FromMilliseconds(20) });
}
