using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.ApiServer;

namespace ArgoBootstrap.Clusters.Tests;

public sealed class InProcessDiscoveryTests(InProcessFixture fixture) : DiscoveryTests(fixture)
{
    [Fact]
    public async Task A_server_that_cannot_aggregate_is_asked_group_by_group()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync(new ApiServerOptions { AggregatesDiscovery = false });
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);

        ApiResource deployment = await session.Discovery.GetAsync(new GroupVersionKind("apps", "v1", "Deployment"));

        Assert.Equal("/apis/apps/v1/namespaces/shop/deployments/web", deployment.ObjectPath("web", "shop"));
        Assert.Contains("status", deployment.Subresources);
    }

    [Fact]
    public async Task It_is_asked_once()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => session.Discovery.GetAsync(new GroupVersionKind("", "v1", "Secret"))));

        Assert.Equal(2, cluster.Server.Requests.Count);
    }
}

public sealed class RealDiscoveryTests(RealFixture fixture) : DiscoveryTests(fixture);

public abstract class DiscoveryTests(ClusterFixture fixture)
{
    [Fact]
    public async Task Built_in_types_are_known()
    {
        using ClusterSession session = await ClusterSession.OpenAsync(await fixture.GetAsync());

        ApiResource role = await session.Discovery.GetAsync(new GroupVersionKind("rbac.authorization.k8s.io", "v1", "ClusterRole"));
        ApiResource secret = await session.Discovery.GetAsync(new GroupVersionKind("", "v1", "Secret"));

        Assert.False(role.IsNamespaced);
        Assert.Equal("/apis/rbac.authorization.k8s.io/v1/clusterroles", role.CollectionPath());
        Assert.Equal("/api/v1/namespaces/a/secrets/b", secret.ObjectPath("b", "a"));
        Assert.True(secret.Supports("watch"));
    }

    [Fact]
    public async Task An_old_version_is_told_with_the_ones_that_are_served()
    {
        using ClusterSession session = await ClusterSession.OpenAsync(await fixture.GetAsync());

        var error = await Assert.ThrowsAsync<OperationException>(() => session.Discovery.GetAsync(new GroupVersionKind("apps", "v1beta1", "Deployment")));

        Assert.Equal(ClusterErrorIds.KindUnknown, error.Id);
        Assert.Contains("apps/v1", error.Remedy, StringComparison.Ordinal);
    }
}
