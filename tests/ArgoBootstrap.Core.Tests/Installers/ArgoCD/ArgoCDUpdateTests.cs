using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Core.Tests.Installers.ArgoCD;

public sealed class InProcessArgoCDUpdateTests : ArgoCDUpdateTests
{
    protected override async Task<TestCluster> StartAsync() => await InProcessCluster.StartAsync();
}

public sealed class RealArgoCDUpdateTests : ArgoCDUpdateTests
{
    protected override Task<TestCluster> StartAsync() => RealClusters.StartOrSkipAsync();
}

/// <summary>What becomes of objects that a new manifest does not have any more.</summary>
public abstract class ArgoCDUpdateTests
{
    private const string Maps = "/api/v1/namespaces/argocd/configmaps";

    protected abstract Task<TestCluster> StartAsync();

    [Fact]
    public async Task What_only_the_old_version_had_is_removed_and_nothing_else()
    {
        ArgoCDInstallOptions highlyAvailable = Options("ha/install.yaml");
        ArgoCDInstallOptions plain = Options("install.yaml");
        await using TestCluster cluster = await StartAsync();
        using TargetCluster target = await TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = cluster.WriteKubeConfig(), RetryDelay = TimeSpan.FromMilliseconds(20) });
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        await new ArgoCDInstaller().InstallAsync(target, highlyAvailable);
        // Somebody's own, an overlay's, and one that we installed and an overlay applies too.
        await session.SendAsync(HttpMethod.Post, Maps, Map("users-own"));
        await session.ApplyAsync(ClusterSession.Object(Map("overlays-own")));
        await session.ApplyAsync(ClusterSession.Object(Map("argocd-redis-ha-health-configmap")));

        ArgoCDInstallResult preview = await new ArgoCDUpdater(new ArgoCDInstaller()).UpdateAsync(target, plain with { DryRun = true });
        await session.SendAsync(HttpMethod.Get, "/apis/apps/v1/namespaces/argocd/statefulsets/argocd-redis-ha-server");
        ArgoCDInstallResult updated = await new ArgoCDUpdater(new ArgoCDInstaller()).UpdateAsync(target, plain);
        ArgoCDInstallResult again = await new ArgoCDUpdater(new ArgoCDInstaller()).UpdateAsync(target, plain);

        string[] removed = [.. updated.Removed.Select(r => r.Reference.ToString()).Order(StringComparer.Ordinal)];
        Assert.All(updated.Removed, r => Assert.Equal(DeleteAction.Deleted, r.Action));
        Assert.Equal(removed, preview.Removed.Select(r => r.Reference.ToString()).Order(StringComparer.Ordinal));
        Assert.Contains("StatefulSet argocd-redis-ha-server in namespace argocd", removed);
        Assert.Contains("Deployment argocd-redis-ha-haproxy in namespace argocd", removed);
        Assert.All(removed, r => Assert.Contains("redis-ha", r, StringComparison.Ordinal));
        Assert.True(updated.Changed);
        Assert.Contains("removed", updated.Message, StringComparison.Ordinal);
        foreach (string kept in new[] { "users-own", "overlays-own", "argocd-redis-ha-health-configmap", "argocd-cm" })
        {
            await session.SendAsync(HttpMethod.Get, $"{Maps}/{kept}");
        }
        Assert.Empty(again.Removed);
        Assert.False(again.Changed, again.Message);
        var gone = await Assert.ThrowsAsync<OperationException>(() => session.SendAsync(HttpMethod.Get, "/apis/apps/v1/namespaces/argocd/statefulsets/argocd-redis-ha-server"));
        Assert.Equal(ClusterErrorIds.NotFound, gone.Id);
    }

    private static string Map(string name) =>
        $$$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{{name}}}","namespace":"argocd","labels":{"app.kubernetes.io/part-of":"argocd"} },"data":{"own":"1"} }""";

    private static ArgoCDInstallOptions Options(string manifest) => new() { Manifest = ManifestSource.FromFile(SharedData.PathOf(manifest)), Wait = false };
}
