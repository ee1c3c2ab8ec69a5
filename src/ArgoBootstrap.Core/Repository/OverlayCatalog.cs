namespace ArgoBootstrap.Core.Repository;

/// <summary>
/// Lists the overlays of a repository: <c>overlays/&lt;environment&gt;/&lt;application&gt;</c> and
/// <c>overlays/&lt;environment&gt;/&lt;cluster&gt;/&lt;application&gt;</c>, each a folder with a kustomization file.
/// </summary>
/// <param name="repository">The repository.</param>
/// <param name="reading">Is told of each file and folder that an answer depends on, before it is read.</param>
internal sealed class OverlayCatalog(GitOpsRepository repository, Action<string>? reading = null)
{
    private HashSet<string>? _applications;

    /// <summary>The names of the environments, sorted.</summary>
    public IReadOnlyList<string> Environments() => FolderNames(repository.OverlaysPath);

    /// <summary>The names of the applications that the base has.</summary>
    private HashSet<string> Applications => _applications ??= [.. FolderNames(Path.Combine(repository.SystemPath, GitOpsLayout.BaseFolder))];

    /// <summary>The overlays, by environment, the environment's own first, then by cluster and application.</summary>
    /// <param name="environments">The environments to list.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public IEnumerable<ClusterOverlay> Overlays(IEnumerable<string> environments, CancellationToken cancellationToken)
    {
        foreach (string environment in environments)
        {
            string folder = Path.Combine(repository.OverlaysPath, environment);
            ILookup<bool, string> names = FolderNames(folder).ToLookup(name => IsCluster(Path.Combine(folder, name)));
            foreach (string application in names[false])
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (HasKustomization(Path.Combine(folder, application)))
                {
                    yield return Read(environment, null, application);
                }
            }

            foreach (string cluster in names[true])
            {
                foreach (string application in FolderNames(Path.Combine(folder, cluster)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (HasKustomization(Path.Combine(folder, cluster, application)))
                    {
                        yield return Read(environment, cluster, application);
                    }
                }
            }
        }
    }

    /// <summary>The overlay that a folder is, by the same rules as <see cref="Overlays"/>.</summary>
    /// <param name="path">The absolute path of a folder with a kustomization file.</param>
    /// <returns>The overlay, or <see langword="null"/> where the folder has no place in the layout.</returns>
    public ClusterOverlay? Locate(string path)
    {
        string relative = Path.GetRelativePath(repository.OverlaysPath, path);
        if (Path.IsPathRooted(relative))
        {
            return null;
        }

        string[] segments = relative.Split(Path.DirectorySeparatorChar);
        return segments switch
        {
            [".." or ".", ..] => null,
            [string environment, string application] when !IsCluster(path) => Read(environment, null, application),
            [string environment, string cluster, string application] when IsCluster(Path.GetDirectoryName(path)!) => Read(environment, cluster, application),
            _ => null,
        };
    }

    /// <summary>Names as the repository writes them, where they differ from those of folders in nothing but case.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="cluster">The cluster, or <see langword="null"/>.</param>
    /// <param name="application">The application.</param>
    public (string Environment, string? Cluster, string Application) Spell(string environment, string? cluster, string application)
    {
        environment = Spell(repository.OverlaysPath, environment);
        string folder = Path.Combine(repository.OverlaysPath, environment);
        cluster = cluster is null ? null : Spell(folder, cluster);
        return (environment, cluster, Spell(cluster is null ? folder : Path.Combine(folder, cluster), application));
    }

    private string Spell(string folder, string name) =>
        DnsName.IsLabel(name) && Directory.Exists(Path.Combine(folder, name))
            ? name
            : FolderNames(folder).FirstOrDefault(other => other.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? name;

    /// <summary>The overlay at a place of the layout, whether it exists or not.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="cluster">The cluster, or <see langword="null"/>.</param>
    /// <param name="application">The application.</param>
    public ClusterOverlay At(string environment, string? cluster, string application)
    {
        string path = cluster is null
            ? Path.Combine(repository.OverlaysPath, environment, application)
            : Path.Combine(repository.OverlaysPath, environment, cluster, application);
        return new ClusterOverlay(environment, cluster, application, path, repository.RelativePath(path), repository.Root)
        {
            Kind = cluster is not null ? OverlayKind.Cluster
                : HasClusters(environment, application) ? OverlayKind.Shared
                : OverlayKind.Environment,
        };
    }

    /// <summary>The overlay at a place of the layout, with what its file says.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="cluster">The cluster, or <see langword="null"/>.</param>
    /// <param name="application">The application.</param>
    public ClusterOverlay Read(string environment, string? cluster, string application)
    {
        ClusterOverlay overlay = At(environment, cluster, application);
        return overlay with { IngressHost = OverlayIdentity.ReadHost(overlay.Path) };
    }

    private bool HasClusters(string environment, string application)
    {
        // The first one is enough: listing thousands for each of them would take its time.
        string folder = Path.Combine(repository.OverlaysPath, environment);
        return Directory.Exists(folder)
            && Directory.EnumerateDirectories(folder).Any(path => Path.GetFileName(path) is var name
                && name[0] != '.' && name != application && GitOpsLayout.HasKustomization(Path.Combine(path, application)));
    }

    /// <summary>
    /// A folder with a kustomization file is an application, unless an application of the base lies in it: then it is a
    /// cluster whose file gathers its applications.
    /// </summary>
    /// <param name="folder">The absolute path of a folder of an environment.</param>
    public bool IsCluster(string folder) =>
        !HasKustomization(folder)
        || FolderNames(folder).Any(name => Applications.Contains(name) && HasKustomization(Path.Combine(folder, name)));

    private bool HasKustomization(string folder)
    {
        if (reading is not null)
        {
            reading(GitOpsLayout.FindKustomization(folder) ?? folder);
        }

        return GitOpsLayout.HasKustomization(folder);
    }

    private IReadOnlyList<string> FolderNames(string folder)
    {
        reading?.Invoke(folder);
        return !Directory.Exists(folder)
            ? []
            : [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)).Where(name => name[0] != '.').Order(StringComparer.Ordinal)];
    }
}
