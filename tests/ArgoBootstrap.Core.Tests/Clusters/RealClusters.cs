using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Core.Tests.Clusters;

/// <summary>Real clusters of a test's own.</summary>
internal static class RealClusters
{
    /// <summary>Starts one, or skips the test and says why.</summary>
    public static async Task<TestCluster> StartOrSkipAsync()
    {
        RealCluster? cluster = await RealCluster.TryStartAsync();
        Assert.SkipWhen(cluster is null, "etcd and kube-apiserver are not there: set KUBEBUILDER_ASSETS, or put them into /usr/local/kubebuilder/bin.");
        return cluster!;
    }
}
