using ArgoBootstrap.Core.Diagnostics;

namespace ArgoBootstrap.Core.Repository;

/// <summary>A Git repository that holds the overlays of environments and clusters (<see cref="GitOpsLayout"/>).</summary>
public sealed class GitOpsRepository
{
    private readonly Lazy<GitOpsSettings> _settings;

    private GitOpsRepository(string root)
    {
        Root = root;
        _settings = new Lazy<GitOpsSettings>(() => GitOpsSettingsReader.Read(SettingsPath));
    }

    /// <summary>The absolute path of the repository's root.</summary>
    public string Root { get; }

    /// <summary>The same, by the name that cmdlets take it under from the pipeline.</summary>
    public string RepositoryRoot => Root;

    /// <summary>The absolute path of the folder that holds base, components and overlays.</summary>
    public string SystemPath => Path.Combine(Root, Path.Combine(GitOpsLayout.SystemFolder.Split('/')));

    /// <summary>The absolute path of the folder that holds the overlays of environments and clusters.</summary>
    public string OverlaysPath => Path.Combine(SystemPath, GitOpsLayout.OverlaysFolder);

    /// <summary>The absolute path of the settings file, whether it exists or not.</summary>
    public string SettingsPath => Path.Combine(SystemPath, GitOpsLayout.SettingsFile);

    /// <summary>What the settings file says, read when it is first asked for.</summary>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">The file is not YAML, or not of the right form.</exception>
    public GitOpsSettings Settings => _settings.Value;

    /// <summary>The repository's URL, as the settings name it.</summary>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">The settings file is not YAML, or not of the right form.</exception>
    public string? Url => Settings.RepositoryUrl;

    /// <summary>The revision that clusters follow, as the settings name it.</summary>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">The settings file is not YAML, or not of the right form.</exception>
    public string Revision => Settings.TargetRevision;

    /// <summary>The version of Argo CD that the settings name; <see langword="null"/> where they name none.</summary>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">The settings file is not YAML, or not of the right form.</exception>
    public string? ArgoCDVersion => Settings.ArgoCD.Version;

    /// <summary>Opens the repository that a path lies in.</summary>
    /// <param name="path">A file or folder inside of the repository, or the root itself.</param>
    /// <returns>The innermost repository around the path.</returns>
    /// <exception cref="GitOpsException">No folder around the path holds <c>apps/system/overlays</c>.</exception>
    public static GitOpsRepository Open(string path) =>
        Find(path) ?? throw new GitOpsException(
            GitOpsErrorIds.RepositoryNotFound,
            $"No GitOps repository holds '{path}': neither it nor a folder above it has {GitOpsLayout.SystemFolder}/{GitOpsLayout.OverlaysFolder}.",
            $"Name a folder inside of a repository that has {GitOpsLayout.SystemFolder}/{GitOpsLayout.OverlaysFolder}, or change to one.",
            path);

    /// <summary>Finds the repository that a path lies in.</summary>
    /// <param name="path">A file or folder inside of the repository, or the root itself.</param>
    /// <returns>The innermost repository around the path, or <see langword="null"/>.</returns>
    public static GitOpsRepository? Find(string path)
    {
        for (DirectoryInfo? folder = new(Path.GetFullPath(path)); folder is not null; folder = folder.Parent)
        {
            GitOpsRepository candidate = new(Path.TrimEndingDirectorySeparator(folder.FullName));
            if (Directory.Exists(candidate.OverlaysPath))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>The names of the environments, sorted: the folders of <see cref="OverlaysPath"/>.</summary>
    public IReadOnlyList<string> Environments => (string[])[.. new OverlayCatalog(this).Environments()];

    /// <summary>Lists the overlays, by environment: what its clusters share first, then by cluster and application.</summary>
    /// <param name="cancellationToken">Stops the listing.</param>
    public IEnumerable<ClusterOverlay> GetOverlays(CancellationToken cancellationToken = default)
    {
        OverlayCatalog catalog = new(this);
        return catalog.Overlays(catalog.Environments(), cancellationToken);
    }

    /// <summary>The same list for a command that asks for it again and again: read once, then only looked through for changes.</summary>
    /// <param name="isContinued">Whether the command has asked before.</param>
    /// <param name="cancellationToken">Stops the listing.</param>
    public IReadOnlyList<ClusterOverlay> GetKnownOverlays(bool isContinued, CancellationToken cancellationToken = default) =>
        OverlayIndex.Of(this).All(isContinued, cancellationToken);

    /// <summary>A path relative to the root, with forward slashes on every platform, as Argo CD and Git write it.</summary>
    /// <param name="path">An absolute path.</param>
    public string RelativePath(string path) => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <inheritdoc/>
    public override string ToString() => Root;
}
