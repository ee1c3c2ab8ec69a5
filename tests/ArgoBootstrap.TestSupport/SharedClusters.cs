namespace ArgoBootstrap.TestSupport;

/// <summary>Clusters that the tests of an assembly share, started when the first of them needs them.</summary>
/// <param name="count">How many.</param>
/// <param name="isReal">Whether they are real API servers, or in this process.</param>
public abstract class SharedClusters(int count, bool isReal) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly List<TestCluster> _clusters = [];
    private bool _started;

    public async ValueTask DisposeAsync()
    {
        foreach (TestCluster cluster in _clusters)
        {
            await cluster.DisposeAsync();
        }
        _gate.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The clusters; none when real ones are asked for and the binaries are not there (<see cref="RealCluster.NotThere"/>).</summary>
    protected async Task<IReadOnlyList<TestCluster>> StartedAsync()
    {
        await _gate.WaitAsync();
        try
        {
            while (!_started && _clusters.Count < count && (isReal ? await RealCluster.TryStartAsync() : (TestCluster)await InProcessCluster.StartAsync()) is { } cluster)
            {
                _clusters.Add(cluster);
            }
            _started = true;
            return _clusters;
        }
        finally
        {
            _gate.Release();
        }
    }
}
