using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Rendering;

/// <summary>
/// Says which overlays a path means, and where in their repository they are. Remembers repositories between calls; not safe
/// for concurrent use.
/// </summary>
/// <param name="options">How; everything when null.</param>
public sealed class OverlayDiscovery(OverlayDiscoveryOptions? options = null)
{
    private readonly OverlayDiscoveryOptions _options = options ?? new OverlayDiscoveryOptions();
    private readonly PathExclusion _exclusion = new(options?.Exclude ?? []);
    private readonly Dictionary<string, KnownRepository> _repositories = new(StringComparer.Ordinal);

    /// <summary>Finds the overlays that a path means, as <see cref="OverlayFinder"/> does.</summary>
    /// <param name="path">An absolute path: a kustomization file, a folder that holds one, or a folder above overlays.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>The overlays, sorted by path; at least one.</returns>
    /// <exception cref="OperationException"><see cref="ErrorIds.OverlayNotFound"/>: there is none.</exception>
    public IReadOnlyList<OverlayTarget> Find(string path, CancellationToken cancellationToken = default) => Search(path, cancellationToken).Targets;

    /// <summary>Finds the overlays that several paths mean, each overlay once.</summary>
    /// <param name="paths">Absolute paths.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.OverlayNotFound"/>: a path has none.</exception>
    public IReadOnlyList<OverlayTarget> Find(IEnumerable<string> paths, CancellationToken cancellationToken = default) =>
        [.. paths.SelectMany(path => Find(path, cancellationToken)).DistinctBy(target => target.Path, StringComparer.Ordinal)];

    /// <summary>Finds the overlays that a path means, and says what is left out.</summary>
    /// <param name="path">An absolute path: a kustomization file, a folder that holds one, or a folder above overlays.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.OverlayNotFound"/>: there is none, or all are left out.</exception>
    public OverlayDiscoveryResult Search(string path, CancellationToken cancellationToken = default)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        OverlaySearch search = OverlayFinder.Find(full, cancellationToken);
        bool isFile = OverlayFinder.IsKustomizationFile(full);
        string top = isFile ? Path.GetDirectoryName(full)! : full;
        List<OverlayTarget> targets = [];
        int excluded = 0;
        int excludedBySettings = 0;
        foreach (string folder in search.Folders)
        {
            cancellationToken.ThrowIfCancellationRequested();
            KnownRepository? repository = RepositoryOf(folder);
            if (_exclusion.Matches(Relative(top, folder)) || (repository is not null && _exclusion.Matches(repository.Repository.RelativePath(folder))))
            {
                excluded++;
            }
            else if (folder != top && repository is not null && repository.Exclusion.Matches(repository.Repository.RelativePath(folder)))
            {
                excludedBySettings++;
            }
            else
            {
                targets.Add(Locate(folder, top, repository));
            }
        }

        OverlayDiscoveryResult result = new(full, targets)
        {
            Excluded = excluded,
            ExcludedBySettings = excludedBySettings,
            Kustomizations = search.Kustomizations,
            Components = search.Components,
            Unreadable = search.Unreadable,
        };
        ActivityLog.Step($"{result}");
        return targets.Count > 0 ? result : throw new OperationException(
            ErrorIds.OverlayNotFound,
            $"Every overlay in '{path}' is left out. {result.LeftOut}",
            "Leave out less, or name an overlay.",
            path);
    }

    /// <summary>Says where in its repository a kustomization is.</summary>
    /// <param name="folder">The absolute path of its folder.</param>
    public OverlayTarget Locate(string folder) => Locate(folder, folder, RepositoryOf(folder));

    private OverlayTarget Locate(string folder, string top, KnownRepository? repository) =>
        repository is null
            ? new OverlayTarget(folder, NameOutsideOfRepositories(folder, top), null, null)
            : new OverlayTarget(folder, repository.Repository.RelativePath(folder), repository.Repository, repository.Catalog.Locate(folder));

    private string NameOutsideOfRepositories(string folder, string top)
    {
        if (_options.Location is { } location)
        {
            string below = Relative(location, folder);
            return below == "." ? Path.GetFileName(folder) : below.StartsWith("..", StringComparison.Ordinal) ? folder : below;
        }

        return folder == top ? Path.GetFileName(folder) : Relative(top, folder);
    }

    private static string Relative(string top, string folder) => Path.GetRelativePath(top, folder).Replace(Path.DirectorySeparatorChar, '/');

    private KnownRepository? RepositoryOf(string folder)
    {
        if (GitOpsRepository.Find(folder, _options.RepositoryRoot) is not { } found)
        {
            return null;
        }

        if (!_repositories.TryGetValue(found.SystemPath, out KnownRepository? known))
        {
            // The one that was found first: it has read its settings already.
            known = new KnownRepository(found, new OverlayCatalog(found), new PathExclusion(ExcludedBy(found)));
            _repositories.Add(found.SystemPath, known);
        }

        return known;
    }

    /// <summary>Settings that cannot be read leave nothing out; a validation reports them.</summary>
    private static IReadOnlyList<string> ExcludedBy(GitOpsRepository repository)
    {
        try
        {
            return repository.Settings.Exclude;
        }
        catch (Exception exception) when (exception is KustomizeException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private sealed record KnownRepository(GitOpsRepository Repository, OverlayCatalog Catalog, PathExclusion Exclusion);
}
