using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.Flux;
using ArgoBootstrap.Core.Installers.RancherFleet;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

public sealed class FluxAndFleetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("argobootstrap-flux-").FullName;

    [Fact]
    public async Task Flux_gets_the_components_that_are_chosen_in_the_namespace_that_is_chosen()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        FluxOptions options = new() { Manifest = Manifest(), Namespace = "gitops", Components = ["source-controller"], Wait = false };
        using var loader = new ManifestLoader(_folder);

        FluxInstallResult first = await new FluxInstaller(loader).InstallAsync(target, options);
        FluxInstallResult second = await new FluxInstaller(loader).InstallAsync(target, options);

        Assert.True(first.Changed);
        Assert.False(second.Changed, second.Message);
        JsonObject live = await session.SendAsync(HttpMethod.Get, "/apis/apps/v1/namespaces/gitops/deployments/source-controller");
        Assert.Equal("--events-addr=", (string?)live["spec"]!["template"]!["spec"]!["containers"]![0]!["args"]![0]);
        JsonObject binding = await session.SendAsync(HttpMethod.Get, "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/cluster-reconciler-gitops");
        Assert.Equal("gitops", (string?)binding["subjects"]![0]!["namespace"]);
        Assert.Equal(4, first.Applied.Objects.Count);
        Assert.Equal(ErrorIds.InvalidRequest, (await Assert.ThrowsAsync<OperationException>(() => new FluxInstaller(loader).InstallAsync(target, options with { Components = ["toaster"] }))).Id);

        await session.ApplyAsync(ClusterSession.Object("""{"apiVersion":"source.toolkit.fluxcd.io/v1","kind":"GitRepository","metadata":{"name":"x","namespace":"gitops","finalizers":["finalizers.fluxcd.io"]} }"""));
        IReadOnlyList<ObjectDeleteResult> removed = (await FluxUninstaller.UninstallAsync(target, "gitops", includeDefinitions: true)).Objects;

        Assert.All(removed, r => Assert.Equal(DeleteAction.Deleted, r.Action));
        Assert.Empty(await target.Reader.ListAsync("apps", "Deployment", "gitops", "", CancellationToken.None));
    }

    [Fact]
    public async Task Two_of_flux_leave_the_definitions_that_they_share_alone_and_none_goes_back()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        FluxOptions one = new() { Manifest = Manifest(), Components = ["source-controller"], Wait = false };
        using var loader = new ManifestLoader(_folder);
        await new FluxInstaller(loader).InstallAsync(target, one);

        FluxInstallResult other = await new FluxInstaller(loader).InstallAsync(target, one with { Namespace = "gitops" });
        FluxInstallResult again = await new FluxInstaller(loader).InstallAsync(target, one);
        const string definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gitrepositories.source.toolkit.fluxcd.io";
        await session.SendAsync(HttpMethod.Patch, definition, """{"status":{"storedVersions":["v1","v2"]} }""", "application/merge-patch+json");
        await session.SendAsync(HttpMethod.Patch, definition + "/status", """{"status":{"storedVersions":["v1","v2"]} }""", "application/merge-patch+json");
        var refused = await Assert.ThrowsAsync<OperationException>(() => new FluxInstaller(loader).InstallAsync(target, one));

        Assert.DoesNotContain(other.Applied.Objects, o => o.Reference.Type.Kind == "CustomResourceDefinition" && o.Action != Clusters.Applying.ApplyAction.Unchanged);
        Assert.False(again.Changed, again.Message);
        Assert.Equal(ErrorIds.DowngradeRefused, refused.Id);
        Assert.Contains("has objects stored in v2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("flux migrate", refused.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_read_flux_removes_nothing_of_it()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using TargetCluster admin = await OpenAsync(cluster);
        using TargetCluster user = await TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = cluster.WriteKubeConfig(cluster.RestrictedToken), RetryDelay = TimeSpan.FromMilliseconds(20) });
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        using var loader = new ManifestLoader(_folder);
        await new FluxInstaller(loader).InstallAsync(admin, new FluxOptions { Manifest = Manifest(), Components = ["source-controller"], Wait = false });
        await session.ApplyAsync(
            ClusterSession.Object("""{"apiVersion":"source.toolkit.fluxcd.io/v1","kind":"GitRepository","metadata":{"name":"x","namespace":"flux-system","finalizers":["finalizers.fluxcd.io"]} }"""),
            ClusterSession.Object("""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"remover"},"rules":[{"apiGroups":["*"],"resources":["*"],"verbs":["get","list","watch"]},{"apiGroups":["apps"],"resources":["deployments"],"verbs":["delete"]}]}"""),
            ClusterSession.Object($$"""
                {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"remover"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"remover"},"subjects":[{"kind":"User","name":"{{cluster.RestrictedUser}}","apiGroup":"rbac.authorization.k8s.io"}]}
                """));

        var refused = await Assert.ThrowsAsync<OperationException>(() => FluxUninstaller.UninstallAsync(user, includeDefinitions: true));

        Assert.Equal(ClusterErrorIds.Forbidden, refused.Id);
        Assert.StartsWith("Nothing was changed, since ", refused.Message, StringComparison.Ordinal);
        Assert.Contains("patch gitrepositories.source.toolkit.fluxcd.io", refused.Message, StringComparison.Ordinal);
        Assert.Contains("delete customresourcedefinitions.apiextensions.k8s.io", refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(await admin.Reader.ListAsync("apps", "Deployment", "flux-system", "", CancellationToken.None));
    }

    [Fact]
    public async Task Fleet_is_two_charts_and_a_second_run_starts_none()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        var helm = new FakeHelm();
        var options = new RancherFleetOptions { Version = "0.14.0", Wait = false, ValuesJson = """{"bootstrap":{"enabled":false},"apiToken":"pl4nted-t0ken-1"}""" };

        RancherFleetInstallResult first = await new RancherFleetInstaller(helm).InstallAsync(target, options);
        RancherFleetInstallResult second = await new RancherFleetInstaller(helm).InstallAsync(target, options);
        await new RancherFleetInstaller(helm).UninstallAsync(target, options, includeDefinitions: true);

        Assert.True(first.Changed);
        Assert.False(second.Changed);
        Assert.Equal(["upgrade fleet-crd", "upgrade fleet", "uninstall fleet", "uninstall fleet-crd"], helm.Starts.Select(s => $"{s.Request.Arguments[0]} {s.Request.Arguments[1]}"));
        Assert.DoesNotContain(helm.Starts.SelectMany(s => s.Request.Arguments), a => a.Contains("pl4nted", StringComparison.Ordinal));
        Assert.DoesNotContain("pl4nted", options.ToString(), StringComparison.Ordinal);
        Assert.Equal("***", target.Connection.Masker.MaskText("pl4nted-t0ken-1"));
    }

    [Fact]
    public async Task Who_may_not_install_or_remove_all_of_fleet_changes_nothing_of_it()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using TargetCluster user = await TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = cluster.WriteKubeConfig(cluster.RestrictedToken), RetryDelay = TimeSpan.FromMilliseconds(20) });
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        var helm = new FakeHelm { Template = "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: cleanup\n  annotations: {helm.sh/hook: pre-delete}\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {name: gitjob, namespace: other}\n" };
        var options = new RancherFleetOptions { Version = "0.14.0", Wait = false };
        await session.ApplyAsync(
            ClusterSession.Object("""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"user"},"rules":[{"apiGroups":[""],"resources":["namespaces","secrets"],"verbs":["*"]},{"apiGroups":["*"],"resources":["*"],"verbs":["get","list","watch"]}]}"""),
            ClusterSession.Object($$"""
                {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"user"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"user"},"subjects":[{"kind":"User","name":"{{cluster.RestrictedUser}}","apiGroup":"rbac.authorization.k8s.io"}]}
                """));

        var refused = await Assert.ThrowsAsync<OperationException>(() => new RancherFleetInstaller(helm).InstallAsync(user, options));
        bool isNamespaceThere = await user.Reader.FindAsync("", "Namespace", options.Namespace, "", CancellationToken.None) is not null;
        await session.ApplyAsync(
            ClusterSession.Object($$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{options.Namespace}}"} }"""),
            FakeHelm.Record(options.Namespace, "fleet", "0.14.0", "{}", "deployed", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: fleet-controller}\n"));
        var kept = await Assert.ThrowsAsync<OperationException>(() => new RancherFleetInstaller(helm).UninstallAsync(user, options));

        Assert.Equal((ClusterErrorIds.Forbidden, ClusterErrorIds.Forbidden), (refused.Id, kept.Id));
        Assert.Contains("create, patch jobs.batch in namespace cattle-fleet-system; create, patch serviceaccounts in namespace other", refused.Message, StringComparison.Ordinal);
        Assert.Contains("delete deployments.apps in namespace cattle-fleet-system", kept.Message, StringComparison.Ordinal);
        Assert.False(isNamespaceThere);
        Assert.Empty(helm.Starts);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<TargetCluster> OpenAsync(TestCluster cluster) =>
        TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = cluster.WriteKubeConfig(), RetryDelay = TimeSpan.FromMilliseconds(20) });

    private ManifestSource Manifest()
    {
        string path = Path.Combine(_folder, "install.yaml");
        File.WriteAllText(path, """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: flux-system
              labels: {app.kubernetes.io/part-of: flux}
            ---
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: gitrepositories.source.toolkit.fluxcd.io
              labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/component: source-controller}
            spec:
              group: source.toolkit.fluxcd.io
              scope: Namespaced
              names: {plural: gitrepositories, singular: gitrepository, kind: GitRepository, listKind: GitRepositoryList}
              versions:
              - {name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata:
              name: cluster-reconciler
              labels: {app.kubernetes.io/part-of: flux}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
            subjects:
            - {kind: ServiceAccount, name: kustomize-controller, namespace: flux-system}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: source-controller
              namespace: flux-system
              labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/component: source-controller}
            spec:
              selector: {matchLabels: {app: source-controller}}
              template:
                metadata: {labels: {app: source-controller}}
                spec:
                  containers:
                  - name: manager
                    image: ghcr.io/fluxcd/source-controller:v1.7.3
                    args: ["--events-addr=http://notification-controller.flux-system.svc.cluster.local./"]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: notification-controller
              namespace: flux-system
              labels: {app.kubernetes.io/part-of: flux, app.kubernetes.io/component: notification-controller}
            spec: {}
            """);
        return ManifestSource.FromFile(path);
    }
}
