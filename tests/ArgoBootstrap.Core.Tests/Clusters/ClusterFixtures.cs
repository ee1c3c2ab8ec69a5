using ArgoBootstrap.Core.Tests.Clusters;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Secrets;

[assembly: AssemblyFixture(typeof(SecretScan))]
[assembly: AssemblyFixture(typeof(InProcessFixture))]
[assembly: AssemblyFixture(typeof(RealFixture))]

namespace ArgoBootstrap.Core.Tests.Clusters;

/// <summary>Gives the cluster that a test class runs against, started when the first test needs it.</summary>
public abstract class ClusterFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private TestCluster? _cluster;
    private bool _started;

    public async Task<TestCluster> GetAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (!_started)
            {
                _cluster = await StartAsync();
                _started = true;
            }
        }
        finally
        {
            _gate.Release();
        }
        if (_cluster is null)
        {
            Assert.Skip("etcd and kube-apiserver are not there: set KUBEBUILDER_ASSETS, or put them into /usr/local/kubebuilder/bin.");
        }
        return _cluster;
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }

    protected abstract Task<TestCluster?> StartAsync();
}

public sealed class InProcessFixture : ClusterFixture
{
    protected override async Task<TestCluster?> StartAsync() => await InProcessCluster.StartAsync();
}

public sealed class RealFixture : ClusterFixture
{
    protected override async Task<TestCluster?> StartAsync() => await RealCluster.TryStartAsync();
}
