using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Prerequisites;
using ArgoBootstrap.Core.Registration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Processes;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Faults;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

/// <summary>What is refused before anything is changed.</summary>
public sealed class GuardTests
{
    private const string Applications = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications";

    [Fact]
    public async Task An_application_that_is_being_deleted_is_refused_and_others_are_warned_of()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        BootstrapResult first = await world.RunAsync(cluster);
        Assert.True(first.Succeeded, string.Join("\n", first.Steps));
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        await session.ApplyAsync(ClusterSession.Object("""
            {"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":{"name":"shop","namespace":"argocd","finalizers":["resources-finalizer.argocd.argoproj.io"]},"spec":{"project":"default"} }
            """));
        await session.SendAsync(HttpMethod.Delete, $"{Applications}/shop");

        BootstrapResult warned = await world.RunAsync(cluster);
        await session.SendAsync(HttpMethod.Patch, $"{Applications}/argocd", """{"metadata":{"finalizers":["resources-finalizer.argocd.argoproj.io"]} }""", "application/merge-patch+json");
        await session.SendAsync(HttpMethod.Delete, $"{Applications}/argocd");
        BootstrapResult refused = await world.RunAsync(cluster, BootstrapWorld.Request() with { Force = true });

        Assert.True(warned.Succeeded, string.Join("\n", warned.Steps));
        Assert.Contains(warned.Prerequisites, p => p.Status == PrerequisiteStatus.Warning && p.Message.StartsWith("Application shop in namespace argocd is being deleted", StringComparison.Ordinal));
        Assert.Equal((BootstrapStepName.Preflight, ClusterErrorIds.BeingDeleted), (refused.Failure!.Name, refused.Failure.ErrorId));
        Assert.Contains("Application argocd in namespace argocd is being deleted: it waits for its finalizers (resources-finalizer.argocd.argoproj.io).", refused.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_run_that_fails_within_helm_leaves_a_mark_that_keeps_other_overlays_out()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        world.Helm.Failure = "Error: no such chart";

        BootstrapResult failed = await world.RunAsync(cluster);
        world.Helm.Failure = "";
        BootstrapResult refused = await world.RunAsync(cluster, BootstrapWorld.Request("dc11b"));
        BootstrapResult completed = await world.RunAsync(cluster);

        Assert.Equal((BootstrapStepName.Install, ProcessErrorIds.ProgramFailed, true), (failed.Failure!.Name, failed.Failure.ErrorId, failed.Changed));
        Assert.Equal(ErrorIds.OverlayMismatch, refused.Failure?.ErrorId);
        Assert.False(refused.Changed);
        Assert.Contains("prod/dc11a/argocd", refused.Failure!.Message, StringComparison.Ordinal);
        Assert.True(completed.Succeeded, string.Join("\n", completed.Steps));
    }

    [Fact]
    public async Task Workloads_whose_selectors_differ_are_refused_before_a_chart_takes_them_over()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        using TargetCluster target = await TargetCluster.OpenAsync(world.Connection(cluster));
        await new ArgoCDInstaller().InstallAsync(target, new ArgoCDInstallOptions { Manifest = ManifestSource.FromFile(SharedData.PathOf("install.yaml")), Wait = false });
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(cluster);
        world.Helm.Template = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: argocd-server, namespace: argocd}
            spec:
              selector: {matchLabels: {app.kubernetes.io/name: argocd-server, app.kubernetes.io/instance: argocd}}
            """;

        BootstrapResult unasked = await world.RunAsync(cluster);
        BootstrapResult refused = await world.RunAsync(cluster, BootstrapWorld.Request() with { Adopt = true });

        Assert.Equal((BootstrapStepName.Preflight, ErrorIds.InstallationExists), (unasked.Failure!.Name, unasked.Failure.ErrorId));
        Assert.Equal((BootstrapStepName.Preflight, ErrorIds.ReplacementNeeded), (refused.Failure!.Name, refused.Failure.ErrorId));
        Assert.Contains("kubectl -n argocd delete deployment/argocd-server", refused.Failure.Remedy, StringComparison.Ordinal);
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(cluster)));
    }

    [Fact]
    public async Task A_helm_that_is_too_old_is_refused_before_anything_is_changed()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        world.Helm.Version = "v3.12.1+gf32a527";

        BootstrapResult result = await world.RunAsync(cluster);

        Assert.Equal((ErrorIds.ProgramTooOld, false), (result.Failure?.ErrorId, result.Changed));
        Assert.Empty(world.Helm.Starts);
    }

    [Fact]
    public async Task Definitions_can_be_removed_after_the_rest_is_gone()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        await new ArgoCDInstaller().InstallAsync(target, new ArgoCDInstallOptions { Manifest = ManifestSource.FromFile(SharedData.PathOf("install.yaml")), Wait = false });
        await new ArgoCDUninstaller().UninstallAsync(target, new ArgoCDUninstallOptions { Timeout = TimeSpan.FromSeconds(20) });

        ArgoCDUninstallResult result = await new ArgoCDUninstaller().UninstallAsync(target, new ArgoCDUninstallOptions { IncludeDefinitions = true, IncludeNamespace = true, Timeout = TimeSpan.FromSeconds(20) });

        Assert.True(result.Succeeded);
        Assert.Equal(["applications.argoproj.io", "applicationsets.argoproj.io", "appprojects.argoproj.io", "argocd"], result.Deleted.Select(d => d.Reference.Name).Order(StringComparer.Ordinal));
        var nothing = await Assert.ThrowsAsync<OperationException>(() => new ArgoCDUninstaller().UninstallAsync(target, new ArgoCDUninstallOptions { IncludeDefinitions = true }));
        Assert.Equal(ErrorIds.NotInstalled, nothing.Id);
    }

    [Fact]
    public async Task Who_may_not_do_it_all_changes_nothing()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using TargetCluster admin = await OpenAsync(cluster);
        using TargetCluster user = await TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = cluster.WriteKubeConfig(cluster.RestrictedToken), RetryDelay = TimeSpan.FromMilliseconds(20) });
        ArgoCDInstallOptions options = new() { Manifest = ManifestSource.FromFile(SharedData.PathOf("install.yaml")), Wait = false };
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        await session.ApplyAsync(
            ClusterSession.Object("""
                {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"reader"},"rules":[{"apiGroups":["*"],"resources":["*"],"verbs":["get","list","watch"]}]}
                """),
            ClusterSession.Object($$"""
                {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"reader"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"reader"},"subjects":[{"kind":"User","name":"{{cluster.RestrictedUser}}","apiGroup":"rbac.authorization.k8s.io"}]}
                """));

        var install = await Assert.ThrowsAsync<OperationException>(() => new ArgoCDInstaller().InstallAsync(user, options));
        await new ArgoCDInstaller().InstallAsync(admin, options);
        await using var world = new BootstrapWorld();
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(cluster);
        var update = await Assert.ThrowsAsync<OperationException>(() => new ArgoCDUpdater(new ArgoCDInstaller()).UpdateAsync(user, options));
        var uninstall = await Assert.ThrowsAsync<OperationException>(() => new ArgoCDUninstaller().UninstallAsync(user, new ArgoCDUninstallOptions()));

        Assert.All([install, update, uninstall], e => Assert.Equal(ClusterErrorIds.Forbidden, e.Id));
        Assert.All([install, update, uninstall], e => Assert.StartsWith("Nothing was changed, since ", e.Message, StringComparison.Ordinal));
        Assert.Contains("create, patch, bind, escalate clusterroles.rbac.authorization.k8s.io in the whole cluster", install.Message, StringComparison.Ordinal);
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(cluster)));
    }

    [Theory]
    [InlineData("in-cluster", "", "what Argo CD calls its own cluster")]
    [InlineData("dc11b", "Not_A_Name", "not a valid name of a service account")]
    [InlineData("dc11b", "argocd-manager", "")]
    public void A_registration_that_cannot_be_is_refused_before_any_cluster_is_asked(string name, string account, string reason)
    {
        var request = new ClusterRegistrationRequest { Name = name, Authentication = ClusterAuthentication.ServiceAccountToken, ServiceAccount = account };

        Exception? refused = Record.Exception(() => ClusterRegistration.Validate(request, hasTarget: true));

        Assert.Equal(reason.Length > 0, refused is OperationException { Id: ErrorIds.InvalidRequest });
        Assert.Contains(reason, refused?.Message ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://", RepositoryKind.Https, false)]
    [InlineData("https://git.example.com", RepositoryKind.Https, false)]
    [InlineData("https://git.example.com/a/b.git", RepositoryKind.Https, true)]
    [InlineData("https://", RepositoryKind.Helm, false)]
    [InlineData("https://charts.example.com", RepositoryKind.Helm, true)]
    [InlineData("ssh://", RepositoryKind.Ssh, false)]
    [InlineData("git@:a/b.git", RepositoryKind.Ssh, false)]
    public void An_address_without_host_or_repository_is_refused(string url, RepositoryKind kind, bool isGood)
    {
        var credential = new RepositoryCredential { Url = url, Kind = kind, Name = "charts" };

        Exception? refused = Record.Exception(() => RepositoryRegistration.Validate(credential));

        Assert.Equal(isGood, refused is null);
        Assert.Contains(isGood ? "" : "repository cannot be registered", refused?.Message ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_contexts_that_lead_to_one_server_are_one_place()
    {
        await using InProcessCluster one = await InProcessCluster.StartAsync();
        await using InProcessCluster other = await InProcessCluster.StartAsync();
        ClusterConnectionOptions[] connections = [Connection(one), Connection(one), Connection(other), new ClusterConnectionOptions { KubeConfigPath = "/none" }];

        IReadOnlyList<string> places = await ClusterPlaces.FindAsync(connections);

        Assert.Equal(places[0], places[1]);
        Assert.Equal(3, places.Distinct().Count());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Two_addresses_of_one_server_are_one_place_as_long_as_it_tells(bool tells)
    {
        await using InProcessCluster one = await InProcessCluster.StartAsync();
        await using InProcessCluster other = await InProcessCluster.StartAsync();
        await using FaultProxy proxy = await FaultProxy.StartAsync(one, seed: 1);
        // Who may not read kube-system cannot be told that both are one, and is not kept from anything for it.
        string token = tells ? one.AdminToken : one.RestrictedToken;
        ClusterConnectionOptions[] connections = [Connection(one), Connection(other), new() { KubeConfigPath = one.WriteKubeConfig(token, proxy.Address) }];

        IReadOnlyList<string> places = await ClusterPlaces.FindAsync(connections);

        Assert.Equal(tells, places[0] == places[2]);
        Assert.NotEqual(places[0], places[1]);
    }

    private static ClusterConnectionOptions Connection(TestCluster cluster) => new() { KubeConfigPath = cluster.WriteKubeConfig(), RetryDelay = TimeSpan.FromMilliseconds(20) };

    private static Task<TargetCluster> OpenAsync(TestCluster cluster) => TargetCluster.OpenAsync(Connection(cluster));
}
