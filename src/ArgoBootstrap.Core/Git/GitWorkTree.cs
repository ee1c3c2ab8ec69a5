namespace ArgoBootstrap.Core.Git;

/// <summary>
/// A Git work tree: what its files say about it. They are only read; no program runs, so that nothing that a repository
/// configures can be obeyed.
/// </summary>
public sealed class GitWorkTree
{
    private const string MetadataName = ".git";

    private readonly Lazy<GitMetadata> _metadata;

    private GitWorkTree(string root)
    {
        Root = root;
        _metadata = new Lazy<GitMetadata>(() => GitMetadata.Read(Path.Combine(root, MetadataName)));
    }

    /// <summary>The absolute path of the top of the work tree.</summary>
    public string Root { get; }

    /// <summary>
    /// The URL of the remote <c>origin</c>, or of the only remote, without credentials; <see langword="null"/> where there is
    /// none.
    /// </summary>
    public string? RemoteUrl => _metadata.Value.RemoteUrl;

    /// <summary>The branch that is checked out, or <see langword="null"/> where a commit is.</summary>
    public string? Branch => _metadata.Value.Branch;

    /// <summary>The branch that the remote calls its default, or <see langword="null"/> where the clone does not know it.</summary>
    public string? DefaultBranch => _metadata.Value.DefaultBranch;

    /// <summary>Finds the work tree that a path lies in: the nearest folder that holds <c>.git</c>, which is a file in linked work trees and submodules.</summary>
    /// <param name="path">The absolute path of a file or folder; it need not exist.</param>
    /// <returns>The work tree, or <see langword="null"/>.</returns>
    public static GitWorkTree? Find(string path)
    {
        for (DirectoryInfo? folder = new(path); folder is not null; folder = folder.Parent)
        {
            if (IsRoot(folder.FullName))
            {
                return new GitWorkTree(Path.TrimEndingDirectorySeparator(folder.FullName));
            }
        }

        return null;
    }

    /// <summary>Whether a folder is the top of a work tree.</summary>
    /// <param name="folder">An absolute path.</param>
    internal static bool IsRoot(string folder) => Path.Exists(Path.Combine(folder, MetadataName));

    /// <inheritdoc/>
    public override string ToString() => Root;
}
