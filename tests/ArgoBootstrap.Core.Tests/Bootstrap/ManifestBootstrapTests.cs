using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

public sealed class InProcessManifestBootstrapTests : ManifestBootstrapTests
{
    protected override async Task<TestCluster> StartAsync() => await InProcessCluster.StartAsync();
}

public sealed class RealManifestBootstrapTests : ManifestBootstrapTests
{
    protected override async Task<TestCluster> StartAsync() => await RealClusters.StartOrSkipAsync();
}

/// <summary>Bootstraps with Argo CD's manifest, whose objects are partly the overlay's too.</summary>
public abstract class ManifestBootstrapTests
{
    private const string Maps = "/api/v1/namespaces/argocd/configmaps";

    protected abstract Task<TestCluster> StartAsync();

    [Theory]
    [InlineData("install.yaml")]
    [InlineData("ha/install.yaml")]
    public async Task What_manifest_and_overlay_both_bring_is_applied_once_and_a_second_run_changes_nothing(string manifest)
    {
        BootstrapRequest request = Request(manifest);
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);

        BootstrapResult first = await world.RunAsync(cluster, request);
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(cluster);
        BootstrapResult second = await world.RunAsync(cluster, request);

        Assert.True(first.Succeeded, string.Join("\n", first.Steps));
        Assert.True(second.Succeeded, string.Join("\n", second.Steps));
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(cluster)));
        Assert.False(second.Changed, string.Join("\n", second.Steps));
        // What the installation applied in the overlay's version is as it should be when the overlay follows.
        Assert.Contains(first.Deployment!.Applied.Objects, o => o.Reference.Name == "argocd-cm" && o.Action == ApplyAction.Unchanged);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        foreach (string name in new[] { "argocd-cm", "argocd-rbac-cm", "argocd-cmd-params-cm" })
        {
            JsonObject live = await session.SendAsync(HttpMethod.Get, $"{Maps}/{name}");
            Assert.Equal([FieldManagers.Own], Managers(live));
        }
    }

    [Fact]
    public async Task An_installation_on_its_own_leaves_what_the_overlay_has_set()
    {
        BootstrapRequest request = Request("install.yaml");
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        BootstrapResult made = await world.RunAsync(cluster, request);
        Assert.True(made.Succeeded, string.Join("\n", made.Steps));
        JsonObject map = await session.SendAsync(HttpMethod.Get, $"{Maps}/argocd-cm");
        JsonObject ns = await session.SendAsync(HttpMethod.Get, "/api/v1/namespaces/argocd");
        using TargetCluster target = await TargetCluster.OpenAsync(world.Connection(cluster));
        var options = new ArgoCDInstallOptions { Manifest = request.Manifest!, Wait = false };

        ArgoCDInstallResult alone = await new ArgoCDInstaller().InstallAsync(target, options);
        ArgoCDInstallResult again = await new ArgoCDInstaller().InstallAsync(target, options);

        JsonObject mapAfter = await session.SendAsync(HttpMethod.Get, $"{Maps}/argocd-cm");
        JsonObject nsAfter = await session.SendAsync(HttpMethod.Get, "/api/v1/namespaces/argocd");
        Assert.NotEmpty((JsonObject)map["data"]!);
        Assert.True(JsonNode.DeepEquals(map["data"], mapAfter["data"]), mapAfter.ToJsonString());
        Assert.Contains(((JsonObject)ns["metadata"]!["labels"]!), l => l.Key.StartsWith("pod-security", StringComparison.Ordinal));
        Assert.True(JsonNode.DeepEquals(ns["metadata"]!["labels"], nsAfter["metadata"]!["labels"]), nsAfter.ToJsonString());
        Assert.Equal((string?)ns["metadata"]!["resourceVersion"], (string?)nsAfter["metadata"]!["resourceVersion"]);
        Assert.All(alone.Applied!.Objects, o => Assert.True(o.Action is ApplyAction.Unchanged || o.Reference.Type.Kind == "ConfigMap", $"{o.Reference}: {o.Action}"));
        Assert.False(again.Changed, again.Message);
        Assert.Contains(alone.Applied.Objects, o => o.Reference.Name == "argocd-cm" && o.Message.Contains("left to the overlay", StringComparison.Ordinal));

        BootstrapResult overlay = await world.RunAsync(cluster, request);
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(cluster);
        BootstrapResult once = await world.RunAsync(cluster, request);

        Assert.True(overlay.Succeeded, string.Join("\n", overlay.Steps));
        Assert.False(once.Changed, string.Join("\n", once.Steps));
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(cluster)));
    }

    [Fact]
    public async Task An_overlay_takes_over_what_an_installation_on_its_own_brought_before()
    {
        BootstrapRequest request = Request("install.yaml");
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        using TargetCluster target = await TargetCluster.OpenAsync(world.Connection(cluster));
        await new ArgoCDInstaller().InstallAsync(target, new ArgoCDInstallOptions { Manifest = request.Manifest!, Wait = false });

        BootstrapResult first = await world.RunAsync(cluster, request);
        BootstrapResult second = await world.RunAsync(cluster, request);

        Assert.True(first.Succeeded, string.Join("\n", first.Steps));
        Assert.False(second.Changed, string.Join("\n", second.Steps));
        Assert.Equal([FieldManagers.Own], Managers(await session.SendAsync(HttpMethod.Get, $"{Maps}/argocd-cm")));
    }

    [Fact]
    public async Task What_a_running_argo_cd_manages_is_left_to_it()
    {
        BootstrapRequest request = Request("install.yaml");
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        BootstrapResult made = await world.RunAsync(cluster, request);
        Assert.True(made.Succeeded, string.Join("\n", made.Steps));
        const string server = "/apis/apps/v1/namespaces/argocd/deployments/argocd-server?fieldManager=argocd-controller&force=true";
        await session.SendAsync(HttpMethod.Patch, server, """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"argocd-server","namespace":"argocd"},"spec":{"replicas":3} }""", "application/apply-patch+yaml");

        BootstrapResult result = await world.RunAsync(cluster, request);

        Assert.True(result.Succeeded, string.Join("\n", result.Steps));
        Assert.False(result.Changed, string.Join("\n", [.. result.Steps.Select(s => s.ToString()), .. result.Installation!.Applied!.Objects.Where(o => o.Action != ApplyAction.Unchanged).Select(o => o.ToString())]));
        JsonObject live = await session.SendAsync(HttpMethod.Get, "/apis/apps/v1/namespaces/argocd/deployments/argocd-server");
        Assert.Equal(3, (int)live["spec"]!["replicas"]!);
    }

    private static BootstrapRequest Request(string manifest) => BootstrapWorld.Request() with
    {
        Method = ArgoCDInstallMethod.Manifest, Manifest = ManifestSource.FromFile(SharedData.PathOf(manifest)), Timeout = TimeSpan.FromMinutes(2),
    };

    private static string[] Managers(JsonObject live) => [.. ((JsonArray)live["metadata"]!["managedFields"]!).Select(e => (string)e!["manager"]!).Distinct()];
}
