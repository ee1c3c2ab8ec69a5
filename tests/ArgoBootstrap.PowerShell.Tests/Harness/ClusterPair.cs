using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Secrets;

[assembly: AssemblyFixture(typeof(SecretScan))]
[assembly: AssemblyFixture(typeof(InProcessClusterPair))]
[assembly: AssemblyFixture(typeof(RealClusterPair))]

namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>Two clusters that tests share, one with an Argo CD and one that it manages, started when the first test needs them.</summary>
public abstract class ClusterPair : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private TestCluster? _hub;
    private TestCluster? _target;
    private bool _started;

    public async Task<(TestCluster Hub, TestCluster Target)> GetAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (!_started)
            {
                _hub = await StartAsync();
                _target = _hub is null ? null : await StartAsync();
                _started = true;
            }
        }
        finally
        {
            _gate.Release();
        }

        if (_hub is null || _target is null)
        {
            Assert.Skip("etcd and kube-apiserver are not there: set KUBEBUILDER_ASSETS, or put them into /usr/local/kubebuilder/bin.");
        }

        return (_hub, _target);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (TestCluster? cluster in new[] { _hub, _target })
        {
            if (cluster is not null)
            {
                await cluster.DisposeAsync();
            }
        }

        GC.SuppressFinalize(this);
    }

    protected abstract Task<TestCluster?> StartAsync();
}

/// <summary>Two API servers in this process.</summary>
public sealed class InProcessClusterPair : ClusterPair
{
    protected override async Task<TestCluster?> StartAsync() => await InProcessCluster.StartAsync();
}

/// <summary>Two real API servers.</summary>
public sealed class RealClusterPair : ClusterPair
{
    protected override async Task<TestCluster?> StartAsync() => await RealCluster.TryStartAsync();
}
