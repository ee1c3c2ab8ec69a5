using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Secrets;

[assembly: AssemblyFixture(typeof(SecretScan))]
[assembly: AssemblyFixture(typeof(InProcessClusterPair))]
[assembly: AssemblyFixture(typeof(RealClusterPair))]

namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>Two clusters that tests share, one with an Argo CD and one that it manages, started when the first test needs them.</summary>
public abstract class ClusterPair(bool isReal) : SharedClusters(2, isReal)
{
    public async Task<(TestCluster Hub, TestCluster Target)> GetAsync()
    {
        IReadOnlyList<TestCluster> clusters = await StartedAsync();
        Assert.SkipWhen(clusters.Count < 2, RealCluster.NotThere);
        return (clusters[0], clusters[1]);
    }
}

/// <summary>Two API servers in this process.</summary>
public sealed class InProcessClusterPair() : ClusterPair(isReal: false);

/// <summary>Two real API servers.</summary>
public sealed class RealClusterPair() : ClusterPair(isReal: true);
