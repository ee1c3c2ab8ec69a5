using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Rendering;

/// <summary>A kustomization that is to be rendered, and its place in the repository.</summary>
/// <param name="Path">The absolute path of its folder.</param>
/// <param name="RelativePath">
/// What it is called: the path from the repository's root with forward slashes; outside of a repository the path from the
/// session's location or the folder that was searched.
/// </param>
/// <param name="Repository">The repository around it, or <see langword="null"/>.</param>
/// <param name="Overlay">Which environment, cluster and application it is of; <see langword="null"/> where the layout has no place for it.</param>
public sealed record OverlayTarget(string Path, string RelativePath, GitOpsRepository? Repository, ClusterOverlay? Overlay)
{
    /// <summary>
    /// Whether no cluster gets it by itself, so that what it leaves open is for the layers above to fill in: what the named
    /// clusters of an environment share, a base, a component.
    /// </summary>
    public bool IsShared =>
        Overlay is not null ? Overlay.Kind == OverlayKind.Shared
        : Repository is { HasLayout: true } && !IsBelow(Path, Repository.OverlaysPath) && IsBelow(Path, Repository.SystemPath);

    /// <inheritdoc/>
    public override string ToString() => RelativePath;

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
