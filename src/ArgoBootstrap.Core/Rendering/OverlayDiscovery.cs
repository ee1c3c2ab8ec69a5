using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Rendering;

/// <summary>
/// Says which overlays a path means, and where in their repository they are. Remembers repositories between calls; not safe
/// for concurrent use.
/// </summary>
public sealed class OverlayDiscovery
{
    private readonly Dictionary<string, GitOpsRepository> _repositories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OverlayCatalog> _catalogs = new(StringComparer.Ordinal);

    /// <summary>Finds the overlays that a path means, as <see cref="OverlayFinder"/> does.</summary>
    /// <param name="path">An absolute path: a kustomization file, a folder that holds one, or a folder above overlays.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The overlays, sorted by path; at least one.</returns>
    /// <exception cref="GitOpsException"><see cref="GitOpsErrorIds.OverlayNotFound"/>: there is none.</exception>
    public IReadOnlyList<OverlayTarget> Find(string path, CancellationToken cancellationToken = default)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        IReadOnlyList<string> folders = OverlayFinder.Find(full, cancellationToken);
        ActivityLog.Step($"{path} means {folders.Count} overlays");
        string top = folders is [{ } only] && full.StartsWith(only, StringComparison.Ordinal) ? Path.GetDirectoryName(only) ?? only : full;
        return [.. folders.Select(folder => Locate(folder, top))];
    }

    /// <summary>Finds the overlays that several paths mean, each overlay once.</summary>
    /// <param name="paths">Absolute paths.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="GitOpsException"><see cref="GitOpsErrorIds.OverlayNotFound"/>: a path has none.</exception>
    public IReadOnlyList<OverlayTarget> Find(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
        [.. paths.SelectMany(path => Find(path, cancellationToken)).DistinctBy(target => target.Path, StringComparer.Ordinal)];

    private OverlayTarget Locate(string folder, string top)
    {
        if (RepositoryOf(folder) is not { } repository)
        {
            return new OverlayTarget(folder, Path.GetRelativePath(top, folder).Replace(Path.DirectorySeparatorChar, '/'), null, null);
        }

        return new OverlayTarget(folder, repository.RelativePath(folder), repository, _catalogs[repository.Root].Locate(folder));
    }

    private GitOpsRepository? RepositoryOf(string folder)
    {
        if (GitOpsRepository.Find(folder) is not { } found)
        {
            return null;
        }

        if (_repositories.TryAdd(found.Root, found))
        {
            _catalogs.Add(found.Root, new OverlayCatalog(found));
        }

        // The one that was found first: it has read its settings already.
        return _repositories[found.Root];
    }
}
