using System.Globalization;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Leases;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Clusters.Tests;

public sealed class ClusterLockTests
{
    [Fact]
    public async Task A_holder_that_is_silent_is_most_likely_dead_and_its_lock_can_be_removed()
    {
        OperationException error = await AcquireAsync(TimeSpan.FromMinutes(-10));

        Assert.StartsWith("ci-7 holds the lock on ", error.Message, StringComparison.Ordinal);
        Assert.Contains("most likely it has died. Its lock lasts 86400 seconds from then.", error.Message, StringComparison.Ordinal);
        Assert.Contains("kubectl -n kube-system delete lease argobootstrap", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_holder_that_has_just_renewed_its_lock_is_waited_for()
    {
        OperationException error = await AcquireAsync(TimeSpan.Zero);

        Assert.StartsWith("ci-7 sets up ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("delete lease", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_of_the_call_bounds_the_wait()
    {
        OperationException error = await AcquireAsync(TimeSpan.FromMinutes(-10), TimeSpan.FromSeconds(3), TimeSpan.FromHours(1));

        Assert.StartsWith("ci-7 holds the lock on ", error.Message, StringComparison.Ordinal);
    }

    private static async Task<OperationException> AcquireAsync(TimeSpan renewed, TimeSpan? deadline = null, TimeSpan patience = default)
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        string time = (DateTime.UtcNow + renewed).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        await session.SendAsync(
            HttpMethod.Post,
            "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases",
            $$"""{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"argobootstrap","namespace":"kube-system"},"spec":{"holderIdentity":"ci-7","leaseDurationSeconds":86400,"acquireTime":"{{time}}","renewTime":"{{time}}"} }""");
        ClusterConnectionOptions options = new() { KubeConfigPath = cluster.WriteKubeConfig(), Deadline = deadline is { } limit ? Deadline.After(limit) : Deadline.None };
        using TargetCluster target = await TargetCluster.OpenAsync(options);

        OperationException error = await Assert.ThrowsAsync<OperationException>(() => ClusterLock.AcquireAsync(target, TimeSpan.FromSeconds(15), patience));

        Assert.Equal(ClusterErrorIds.BootstrapLocked, error.Id);
        return error;
    }
}
