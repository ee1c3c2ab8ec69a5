using System.Collections.Concurrent;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>Layers of earlier sessions. Bounded; one is used again only when all that it looked at is unchanged.</summary>
internal sealed class LayerCache
{
    private const int MaximumLayers = 512;
    private readonly ConcurrentDictionary<LayerKey, Layer> _layers = new();

    /// <summary>A layer that is still right, or null.</summary>
    /// <param name="key">The layer.</param>
    /// <param name="session">The files as they are now.</param>
    public Layer? TryGet(LayerKey key, SourceSession session)
    {
        if (_layers.TryGetValue(key, out Layer? layer) && layer.Dependencies.IsCurrent(session))
        {
            ActivityLog.Detail($"Used {key.Root} again as it was built before: none of its files changed");
            return layer;
        }
        return null;
    }

    /// <summary>Keeps a layer.</summary>
    /// <param name="key">The layer.</param>
    /// <param name="layer">Its result.</param>
    public void Put(LayerKey key, Layer layer)
    {
        if (_layers.Count >= MaximumLayers)
        {
            _layers.Clear();
        }
        _layers[key] = layer;
    }
}
