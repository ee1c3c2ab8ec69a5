using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Git;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Repository;

/// <summary>
/// A Git repository that holds overlays. Its root is the top of the Git work tree; outside of one, the folder that holds the
/// module's own layout (<see cref="GitOpsLayout"/>) or its settings file.
/// </summary>
public sealed class GitOpsRepository
{
    private readonly Lazy<GitOpsSettings> _settings;
    private readonly string _layoutRoot;

    private GitOpsRepository(string root, string layoutRoot, GitWorkTree? workTree)
    {
        Root = root;
        _layoutRoot = layoutRoot;
        WorkTree = workTree;
        SettingsPath = FindSettings();
        _settings = new Lazy<GitOpsSettings>(() => GitOpsSettingsReader.Read(SettingsPath));
    }

    /// <summary>The absolute path of the repository's root.</summary>
    public string Root { get; }

    /// <summary>The same, by the name that cmdlets take it under from the pipeline.</summary>
    public string RepositoryRoot => Root;

    /// <summary>The absolute path of the folder that holds base, components and overlays, whether it exists or not.</summary>
    public string SystemPath => SystemPathIn(_layoutRoot);

    /// <summary>The absolute path of the folder that holds the overlays of environments and clusters, whether it exists or not.</summary>
    public string OverlaysPath => Path.Combine(SystemPath, GitOpsLayout.OverlaysFolder);

    /// <summary>
    /// The absolute path of the settings file, whether it exists or not: <c>argobootstrap.yaml</c> in <see cref="SystemPath"/>,
    /// or at the repository's root.
    /// </summary>
    public string SettingsPath { get; }

    /// <summary>Whether the repository has the module's own layout.</summary>
    public bool HasLayout => Directory.Exists(OverlaysPath);

    /// <summary>What the settings file says, read when it is first asked for.</summary>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">The file is not YAML, or not of the right form.</exception>
    public GitOpsSettings Settings => _settings.Value;

    /// <summary>The repository's URL: as the settings name it, otherwise that of the Git remote, without credentials.</summary>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">The settings file is not YAML, or not of the right form.</exception>
    public string? Url => Settings.RepositoryUrl ?? WorkTree?.RemoteUrl;

    /// <summary>The revision that clusters follow, as the settings name it.</summary>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">The settings file is not YAML, or not of the right form.</exception>
    public string Revision => Settings.TargetRevision;

    /// <summary>The version of Argo CD that the settings name; <see langword="null"/> where they name none.</summary>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">The settings file is not YAML, or not of the right form.</exception>
    public string? ArgoCDVersion => Settings.ArgoCD.Version;

    /// <summary>The Git work tree, or <see langword="null"/> for a folder that is not in Git.</summary>
    internal GitWorkTree? WorkTree { get; }

    /// <summary>Opens the repository that a path lies in, which has to have the module's own layout.</summary>
    /// <param name="path">A file or folder in the repository, or the root itself.</param>
    /// <returns>The innermost repository around the path.</returns>
    /// <exception cref="OperationException">The repository around the path has no <c>apps/system/overlays</c>, or there is none.</exception>
    public static GitOpsRepository Open(string path) =>
        Find(path) is { HasLayout: true } repository ? repository : throw new OperationException(
            ErrorIds.RepositoryNotFound,
            $"No GitOps repository holds '{path}': neither it nor a folder above it has {GitOpsLayout.SystemFolder}/{GitOpsLayout.OverlaysFolder}.",
            $"Name a folder in a repository that has {GitOpsLayout.SystemFolder}/{GitOpsLayout.OverlaysFolder}, or change to one.",
            path);

    /// <summary>Finds the repository that a path lies in.</summary>
    /// <param name="path">A file or folder in the repository, or the root itself.</param>
    /// <returns>The innermost repository around the path, or <see langword="null"/>.</returns>
    public static GitOpsRepository? Find(string path) => Find(path, root: null);

    /// <summary>Finds the repository that a path lies in.</summary>
    /// <param name="path">A file or folder in the repository, or the root itself.</param>
    /// <param name="root">The repository's root where it is known, as it is for the files of a revision.</param>
    internal static GitOpsRepository? Find(string path, string? root)
    {
        string? layout = null;
        for (DirectoryInfo? folder = new(Path.GetFullPath(path)); folder is not null; folder = folder.Parent)
        {
            string candidate = Path.TrimEndingDirectorySeparator(folder.FullName);
            layout ??= Directory.Exists(Path.Combine(SystemPathIn(candidate), GitOpsLayout.OverlaysFolder)) ? candidate : null;
            if (root is null ? GitWorkTree.IsRoot(candidate) : candidate == root)
            {
                return new GitOpsRepository(candidate, layout ?? candidate, root is null ? GitWorkTree.Find(candidate) : null);
            }
        }

        return (layout ?? FolderWithSettings(path)) is { } plain ? new GitOpsRepository(plain, plain, null) : null;
    }

    /// <summary>The names of the environments, sorted: the folders of <see cref="OverlaysPath"/>.</summary>
    public IReadOnlyList<string> Environments => new ValueList<string>(new OverlayCatalog(this).Environments());

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

    private static string SystemPathIn(string folder) => Path.Combine([folder, .. GitOpsLayout.SystemFolder.Split('/')]);

    private static string? FolderWithSettings(string path)
    {
        for (DirectoryInfo? folder = new(Path.GetFullPath(path)); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, GitOpsLayout.SettingsFile)))
            {
                return Path.TrimEndingDirectorySeparator(folder.FullName);
            }
        }

        return null;
    }

    private string FindSettings()
    {
        string inSystem = Path.Combine(SystemPath, GitOpsLayout.SettingsFile);
        string atRoot = Path.Combine(Root, GitOpsLayout.SettingsFile);
        return File.Exists(inSystem) || !File.Exists(atRoot) ? inSystem : atRoot;
    }
}
