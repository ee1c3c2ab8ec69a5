namespace ArgoBootstrap.Core.Repository;

/// <summary>Overlays that are planned and not written: what is planned next must fit to them, too.</summary>
internal sealed class AssumedOverlays
{
    private readonly Dictionary<string, ClusterOverlay> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Application, string Name), ClusterOverlay> _byName = [];
    private readonly Dictionary<(string Application, string Host), ClusterOverlay> _byHost = [];
    private readonly HashSet<(string Environment, string Application)> _environments = [];

    /// <summary>Takes an overlay for written.</summary>
    /// <param name="overlay">A cluster's overlay.</param>
    public void Add(ClusterOverlay overlay)
    {
        if (_byPath.Remove(overlay.Path, out ClusterOverlay? replaced))
        {
            _byHost.Remove((replaced.Application, replaced.IngressHost!));
        }

        _byPath[overlay.Path] = overlay;
        _byName[(overlay.Application, overlay.Cluster!)] = overlay;
        _byHost[(overlay.Application, overlay.IngressHost!)] = overlay;
        _environments.Add((overlay.Environment, overlay.Application));
    }

    /// <summary>Whether the overlay itself is one of them.</summary>
    /// <param name="overlay">The overlay.</param>
    public bool Contains(ClusterOverlay overlay) => _byPath.ContainsKey(overlay.Path);

    /// <summary>Whether one of them is of an environment.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="application">The application.</param>
    public bool HasClusters(string environment, string application) => _environments.Contains((environment, application));

    /// <summary>Another one whose cluster has the same name.</summary>
    /// <param name="overlay">The overlay that is to have the name.</param>
    public ClusterOverlay? FindName(ClusterOverlay overlay) => Other(_byName.GetValueOrDefault((overlay.Application, overlay.Cluster!)), overlay);

    /// <summary>Another one that has the same host.</summary>
    /// <param name="overlay">The overlay that is to have the host.</param>
    public ClusterOverlay? FindHost(ClusterOverlay overlay) => Other(_byHost.GetValueOrDefault((overlay.Application, overlay.IngressHost!)), overlay);

    private static ClusterOverlay? Other(ClusterOverlay? found, ClusterOverlay overlay) => found is null || found.Path == overlay.Path ? null : found;
}
