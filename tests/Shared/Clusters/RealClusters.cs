using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Tests.Clusters;

/// <summary>Real clusters of a test's own.</summary>
internal static class RealClusters
{
    /// <summary>Starts one, or skips the test and says why.</summary>
    public static async Task<TestCluster> StartOrSkipAsync()
    {
        RealCluster? cluster = await RealCluster.TryStartAsync();
        Assert.SkipWhen(cluster is null, RealCluster.NotThere);
        return cluster!;
    }
}
