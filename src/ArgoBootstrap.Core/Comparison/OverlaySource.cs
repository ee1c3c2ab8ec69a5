using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Git;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Rendering.Engines;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Comparison;

/// <summary>Where one side of a comparison comes from: the files as they are, or those of a Git revision. Safe for concurrent use.</summary>
/// <param name="session">Renders the overlays.</param>
/// <param name="revision">The revision; null for the files as they are.</param>
/// <param name="options">How overlays are searched for; everything when null.</param>
public sealed class OverlaySource(IOverlaySession session, GitRevision? revision = null, OverlayDiscoveryOptions? options = null)
{
    /// <summary>The overlays that a path stands for on this side.</summary>
    /// <param name="path">An absolute path in the work tree: an overlay, or a folder above overlays.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The overlays; none where a revision has none there.</returns>
    /// <exception cref="OperationException"><see cref="ErrorIds.OverlayNotFound"/>: there is none there now.</exception>
    public IReadOnlyList<OverlayTarget> Find(string path, CancellationToken cancellationToken = default)
    {
        OverlayDiscovery discovery = CreateDiscovery();
        if (revision is null)
        {
            return discovery.Find(path, cancellationToken);
        }

        try
        {
            return discovery.Find(revision.PathOf(path), cancellationToken);
        }
        catch (OperationException exception) when (exception.Id == ErrorIds.OverlayNotFound)
        {
            return [];
        }
    }

    /// <summary>The overlay that has a place in the work tree, on this side.</summary>
    /// <param name="path">The absolute path of its folder in the work tree.</param>
    /// <returns>The overlay, or <see langword="null"/> where there is no kustomization.</returns>
    public OverlayTarget? Locate(string path)
    {
        string folder = revision?.PathOf(path) ?? path;
        return GitOpsLayout.HasKustomization(folder) ? CreateDiscovery().Locate(folder) : null;
    }

    /// <summary>Renders an overlay.</summary>
    /// <param name="target">What <see cref="Find"/> gave.</param>
    /// <param name="cancellationToken">Stops rendering.</param>
    /// <exception cref="KustomizeException">It cannot be rendered. Files of a revision are named as Git names them.</exception>
    public RenderedOverlay Build(OverlayTarget target, CancellationToken cancellationToken = default)
    {
        try
        {
            return session.Build(target.Path, cancellationToken);
        }
        catch (KustomizeException exception) when (revision is not null)
        {
            throw revision.Rename(exception);
        }
    }

    /// <summary>Where an overlay's folder is, or was, in the work tree.</summary>
    /// <param name="target">What <see cref="Find"/> gave.</param>
    public string WorkTreePathOf(OverlayTarget target) => revision?.WorkTreePathOf(target.Path) ?? target.Path;

    private OverlayDiscovery CreateDiscovery() => new((options ?? new OverlayDiscoveryOptions()) with { RepositoryRoot = revision?.FilesPath });
}
