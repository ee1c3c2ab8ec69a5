using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Secrets;

[assembly: AssemblyFixture(typeof(SecretScan))]
[assembly: AssemblyFixture(typeof(InProcessFixture))]
[assembly: AssemblyFixture(typeof(RealFixture))]

namespace ArgoBootstrap.Tests.Clusters;

/// <summary>Gives the cluster that a test class runs against, started when the first test needs it.</summary>
public abstract class ClusterFixture(bool isReal) : SharedClusters(1, isReal)
{
    public async Task<TestCluster> GetAsync()
    {
        IReadOnlyList<TestCluster> clusters = await StartedAsync();
        Assert.SkipWhen(clusters.Count == 0, RealCluster.NotThere);
        return clusters[0];
    }
}

public sealed class InProcessFixture() : ClusterFixture(isReal: false);

public sealed class RealFixture() : ClusterFixture(isReal: true);
