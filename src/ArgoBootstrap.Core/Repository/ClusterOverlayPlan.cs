namespace ArgoBootstrap.Core.Repository;

/// <summary>What <see cref="ClusterOverlayWriter"/> is about to write.</summary>
/// <param name="Overlay">The overlay that comes of it.</param>
/// <param name="File">The absolute path of the kustomization file.</param>
/// <param name="Text">Its text.</param>
/// <param name="Replaces">Whether the file exists and is replaced.</param>
public sealed record ClusterOverlayPlan(ClusterOverlay Overlay, string File, string Text, bool Replaces)
{
    /// <summary>
    /// What the environment's one cluster got until now, and no cluster gets by itself any more: the new cluster is the first
    /// with a name, and makes a shared layer of it. <see langword="null"/> where the environment has named clusters already.
    /// </summary>
    public ClusterOverlay? TurnsIntoShared { get; init; }
}
