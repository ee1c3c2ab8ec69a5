using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Core.Tests.Bootstrap;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Core.Tests.Installers.ArgoCD;

public sealed class InProcessChangesByHandTests : ChangesByHandTests
{
    protected override async Task<TestCluster> StartAsync() => await InProcessCluster.StartAsync();
}

public sealed class RealChangesByHandTests : ChangesByHandTests
{
    protected override Task<TestCluster> StartAsync() => RealClusters.StartOrSkipAsync();
}

/// <summary>What people change with kubectl stays, as long as what is applied does not name it.</summary>
public abstract class ChangesByHandTests
{
    private const string Argo = "/api/v1/namespaces/argocd";
    private const string Server = "/apis/apps/v1/namespaces/argocd/deployments/argocd-server";
    private const string Definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/appprojects.argoproj.io";

    // As kubectl patch, edit, label, annotate and set change objects: manager, object, patch, and what has to be there afterwards.
    private static readonly (string Manager, string Path, string Patch, string[] Field, string Value)[] Changes =
    [
        ("kubectl-patch", $"{Argo}/secrets/argocd-secret", """{"data":{"admin.password":"aGFzaA==","webhook.github.secret":"aG9vaw=="} }""", ["data", "webhook.github.secret"], "aG9vaw=="),
        ("kubectl-edit", $"{Argo}/configmaps/argocd-cm", """{"data":{"url":"https://argocd.example.com"} }""", ["data", "url"], "https://argocd.example.com"),
        ("kubectl-client-side-apply", $"{Argo}/configmaps/argocd-rbac-cm", """{"data":{"policy.default":"role:readonly"} }""", ["data", "policy.default"], "role:readonly"),
        ("kubectl-patch", $"{Argo}/configmaps/argocd-tls-certs-cm", """{"data":{"git.example.com":"a certificate"} }""", ["data", "git.example.com"], "a certificate"),
        ("kubectl", $"{Argo}/configmaps/argocd-gpg-keys-cm", """{"data":{"4AEE18F83AFDEB23":"a key"} }""", ["data", "4AEE18F83AFDEB23"], "a key"),
        ("kubectl-annotate", $"{Argo}/services/argocd-server", """{"metadata":{"annotations":{"example.com/pool":"internal"} } }""", ["metadata", "annotations", "example.com/pool"], "internal"),
        ("kubectl-label", $"{Argo}/serviceaccounts/argocd-server", """{"metadata":{"labels":{"team":"platform"} } }""", ["metadata", "labels", "team"], "platform"),
        ("kubectl-edit", $"{Argo}/services/argocd-server", """{"spec":{"type":"LoadBalancer"} }""", ["spec", "type"], "LoadBalancer"),
        ("kubectl-set", Server, """{"spec":{"template":{"spec":{"containers":[{"name":"argocd-server","resources":{"limits":{"memory":"1Gi"} } }]} } } }""", ["spec", "template", "spec", "containers", "0", "resources", "limits", "memory"], "1Gi"),
        ("kubectl-patch", Server, """{"metadata":{"annotations":{"example.com/owner":"platform"} } }""", ["metadata", "annotations", "example.com/owner"], "platform"),
        ("kubectl-annotate", Definition, """{"metadata":{"annotations":{"example.com/keep":"yes"} } }""", ["metadata", "annotations", "example.com/keep"], "yes"),
        ("kubectl-create", $"{Argo}", """{"metadata":{"labels":{"team":"platform"} } }""", ["metadata", "labels", "team"], "platform"),
    ];

    protected abstract Task<TestCluster> StartAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Stay_when_argo_cd_is_installed_or_updated_again(bool adopt)
    {
        await using TestCluster cluster = await StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        ArgoCDInstallOptions options = new() { Manifest = ManifestSource.FromFile(SharedData.PathOf("install.yaml")), Wait = false, Adopt = adopt };
        await new ArgoCDInstaller().InstallAsync(target, options);
        await ChangeAsync(session, c => !adopt || c.Manager != FieldManagers.KubectlClientSideApply);
        await PatchAsync(session, Server, "kubectl-edit", """{"spec":{"template":{"spec":{"containers":[{"name":"argocd-server","image":"quay.io/argoproj/argocd:mine"}]} } } }""");

        ArgoCDInstallResult preview = await new ArgoCDInstaller().InstallAsync(target, options with { DryRun = true });
        ArgoCDInstallResult again = await new ArgoCDInstaller().InstallAsync(target, options);
        ArgoCDInstallResult update = await new ArgoCDUpdater(new ArgoCDInstaller()).UpdateAsync(target, options);

        await AssertKeptAsync(session, c => !adopt || c.Manager != FieldManagers.KubectlClientSideApply);
        Assert.Contains(":v3.5.1", (await session.SendAsync(HttpMethod.Get, Server)).ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(preview.Applied!.Objects.Select(o => $"{o.Reference} {o.Action}"), again.Applied!.Objects.Select(o => $"{o.Reference} {o.Action}"));
        Assert.Equal("argocd-server", Assert.Single(again.Applied.Objects, o => o.Action != ApplyAction.Unchanged).Reference.Name);
        Assert.False(update.Changed, update.Message);
    }

    [Fact]
    public async Task Stay_when_a_cluster_is_bootstrapped_again()
    {
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        BootstrapRequest request = BootstrapWorld.Request() with
        {
            Method = ArgoCDInstallMethod.Manifest, Manifest = ManifestSource.FromFile(SharedData.PathOf("install.yaml")), Timeout = TimeSpan.FromMinutes(2),
        };
        BootstrapResult first = await world.RunAsync(cluster, request);
        Assert.True(first.Succeeded, string.Join("\n", first.Steps));
        await PatchAsync(session, $"{Argo}/configmaps/argocd-cm", "kubectl-edit", """{"data":{"ga.anonymizeusers":"true"} }""");
        await PatchAsync(session, "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/argocd", "kubectl-annotate", """{"metadata":{"annotations":{"notified.example.com":"on"} } }""");
        await ChangeAsync(session, c => c.Path.Contains("secret", StringComparison.Ordinal) || c.Path == Server);

        BootstrapResult second = await world.RunAsync(cluster, request);

        Assert.True(second.Succeeded, string.Join("\n", second.Steps));
        Assert.False(second.Changed, string.Join("\n", second.Installation!.Applied!.Objects.Where(o => o.Action != ApplyAction.Unchanged)));
        await AssertKeptAsync(session, c => c.Path.Contains("secret", StringComparison.Ordinal) || c.Path == Server);
        Assert.Equal("true", Text(await session.SendAsync(HttpMethod.Get, $"{Argo}/configmaps/argocd-cm"), ["data", "ga.anonymizeusers"]));
        Assert.Equal("on", Text(await session.SendAsync(HttpMethod.Get, "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/argocd"), ["metadata", "annotations", "notified.example.com"]));
    }

    [Fact]
    public async Task Adopting_takes_what_an_installer_set_and_names_it_before()
    {
        await using TestCluster cluster = await StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        await session.ApplyAsync(ClusterSession.Object("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"argocd"} }"""));
        await session.SendAsync(
            HttpMethod.Post, $"{Argo}/configmaps?fieldManager=kubectl-client-side-apply",
            """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"argocd-cm","labels":{"app.kubernetes.io/part-of":"argocd"} },"data":{"old":"1"} }""");
        await PatchAsync(session, $"{Argo}/configmaps/argocd-cm", "kubectl-edit", """{"data":{"url":"https://argocd.example.com"} }""");
        ArgoCDInstallOptions options = new() { Manifest = ManifestSource.FromFile(SharedData.PathOf("install.yaml")), Wait = false, Adopt = true };

        ArgoCDInstallResult preview = await new ArgoCDInstaller().InstallAsync(target, options with { DryRun = true });
        ArgoCDInstallResult result = await new ArgoCDInstaller().InstallAsync(target, options);

        Assert.Equal([new FieldRemoval(".data.old", "kubectl-client-side-apply")], preview.Applied!.Objects.SelectMany(o => o.RemovedFields));
        Assert.Equal([new FieldRemoval(".data.old", "kubectl-client-side-apply")], result.Applied!.Objects.SelectMany(o => o.RemovedFields));
        JsonObject live = await session.SendAsync(HttpMethod.Get, $"{Argo}/configmaps/argocd-cm");
        Assert.Null(live["data"]!["old"]);
        Assert.Equal("https://argocd.example.com", (string?)live["data"]!["url"]);
    }

    private static async Task ChangeAsync(ClusterSession session, Func<(string Manager, string Path, string Patch, string[] Field, string Value), bool> which)
    {
        foreach (var change in Changes.Where(which))
        {
            await PatchAsync(session, change.Path, change.Manager, change.Patch);
        }
    }

    private static async Task AssertKeptAsync(ClusterSession session, Func<(string Manager, string Path, string Patch, string[] Field, string Value), bool> which)
    {
        foreach (var change in Changes.Where(which))
        {
            Assert.Equal($"{change.Path}: {change.Value}", $"{change.Path}: {Text(await session.SendAsync(HttpMethod.Get, change.Path), change.Field)}");
        }
    }

    private static Task<JsonObject> PatchAsync(ClusterSession session, string path, string manager, string patch)
    {
        bool isCustom = path.Contains("argoproj.io", StringComparison.Ordinal);
        if (session.Cluster is InProcessCluster && path == Server)
        {
            // The server in this process knows no strategic merge, by which kubectl reaches into lists.
            JsonObject applied = JsonNode.Parse(patch)!.AsObject();
            (applied["apiVersion"], applied["kind"]) = ("apps/v1", "Deployment");
            (applied["metadata"] ??= new JsonObject())["name"] = "argocd-server";
            return session.SendAsync(HttpMethod.Patch, $"{path}?fieldManager={manager}&force=true", applied.ToJsonString(), "application/apply-patch+yaml");
        }
        return session.SendAsync(
            HttpMethod.Patch, $"{path}?fieldManager={manager}", patch, isCustom || session.Cluster is InProcessCluster ? "application/merge-patch+json" : "application/strategic-merge-patch+json");
    }

    private static string Text(JsonNode? node, string[] path) =>
        path.Aggregate(node, (at, step) => at is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : at?[step]) is { } found ? (string?)found ?? "" : "";

    private static Task<TargetCluster> OpenAsync(TestCluster cluster) =>
        TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = cluster.WriteKubeConfig(), RetryDelay = TimeSpan.FromMilliseconds(20) });
}
