using System.Collections.Concurrent;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Lets one at a time do what has the same name; others can stop waiting when they are cancelled.</summary>
internal sealed class KeyedLock
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new(StringComparer.Ordinal);

    /// <summary>Waits until nobody else does this.</summary>
    /// <param name="key">What is done.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Lets the next one go on when disposed.</returns>
    public IDisposable Enter(string key, CancellationToken cancellation)
    {
        SemaphoreSlim gate = _gates.GetOrAdd(key, _ => new SemaphoreSlim(1, 1));
        gate.Wait(cancellation);
        return new Held(gate);
    }

    private sealed class Held(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
