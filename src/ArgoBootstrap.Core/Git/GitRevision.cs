using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Processes;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Git;

/// <summary>
/// The files of a Git repository at one commit, in a temporary folder that only its owner may read and that is deleted at the
/// end. The repository itself, its work tree and its index stay as they are. Submodules are not filled in.
/// </summary>
public sealed class GitRevision : IDisposable
{
    private readonly DirectoryInfo _folder;

    private GitRevision(string revision, string commit, string repositoryRoot, DirectoryInfo folder)
    {
        Revision = revision;
        Commit = commit;
        RepositoryRoot = repositoryRoot;
        _folder = folder;
    }

    /// <summary>The revision, as it was asked for: <c>main</c>, <c>v1.2</c>, <c>HEAD~1</c>.</summary>
    public string Revision { get; }

    /// <summary>The id of its commit.</summary>
    public string Commit { get; }

    /// <summary>The absolute path of the top of the repository's work tree.</summary>
    public string RepositoryRoot { get; }

    /// <summary>Finds the work tree that a path lies in.</summary>
    /// <param name="path">The absolute path of a file or folder.</param>
    /// <returns>The absolute path of its top.</returns>
    /// <exception cref="OperationException"><see cref="ErrorIds.GitRepositoryNotFound"/>: there is none around it.</exception>
    public static string FindRepository(string path) =>
        GitWorkTree.Find(path)?.Root ?? throw new OperationException(
            ErrorIds.GitRepositoryNotFound, $"'{path}' is not in a Git repository, so it has no revisions.", "Name a path in a clone, or compare two paths.", path);

    /// <summary>Writes the files of a revision.</summary>
    /// <param name="repositoryRoot">What <see cref="FindRepository"/> gave.</param>
    /// <param name="revision">A branch, tag or commit, as <c>git rev-parse</c> takes it.</param>
    /// <param name="runner">Starts <c>git</c>; null for <see cref="ProcessRunner"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">There is no such revision, or its files cannot be written.</exception>
    /// <exception cref="OperationException"><c>git</c> cannot be started.</exception>
    public static async Task<GitRevision> OpenAsync(string repositoryRoot, string revision, IProcessRunner? runner = null, CancellationToken cancellationToken = default)
    {
        GitCommands git = new(repositoryRoot, runner ?? new ProcessRunner(new SecretMasker()));
        string commit = await git.ResolveAsync(revision, cancellationToken).ConfigureAwait(false);
        // Made for its owner alone; the files may hold what the repository should not.
        DirectoryInfo folder = new(PhysicalFileSystem.Instance.ResolveLinks(Directory.CreateTempSubdirectory("argobootstrap-revision-").FullName));
        try
        {
            await git.WriteFilesAsync(commit, System.IO.Path.Combine(folder.FullName, "git"), FilesIn(folder), cancellationToken).ConfigureAwait(false);
            return new GitRevision(revision, commit, repositoryRoot, folder);
        }
        catch
        {
            folder.Delete(recursive: true);
            throw;
        }
    }

    /// <summary>Names of a repository's branches and tags.</summary>
    /// <param name="repositoryRoot">What <see cref="FindRepository"/> gave.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><c>git</c> cannot be started.</exception>
    public static Task<IReadOnlyList<string>> ListNamesAsync(string repositoryRoot, CancellationToken cancellationToken = default) =>
        new GitCommands(repositoryRoot, new ProcessRunner(new SecretMasker())).ListNamesAsync(cancellationToken);

    /// <summary>The absolute path of the folder that stands for the top of the work tree.</summary>
    public string FilesPath => FilesIn(_folder);

    /// <summary>Where a file or folder of the work tree is at this revision, whether it existed then or not.</summary>
    /// <param name="path">Its absolute path in the work tree.</param>
    public string PathOf(string path) =>
        System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.Combine(FilesIn(_folder), System.IO.Path.GetRelativePath(RepositoryRoot, path)));

    /// <summary>The path in the work tree of a file or folder of this revision.</summary>
    /// <param name="path">Its absolute path at this revision.</param>
    public string WorkTreePathOf(string path) =>
        System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.Combine(RepositoryRoot, System.IO.Path.GetRelativePath(FilesIn(_folder), path)));

    /// <summary>Names files in an error as Git does, <c>main:apps/system/...</c>, instead of the temporary ones.</summary>
    /// <param name="exception">What was thrown for files of this revision.</param>
    public KustomizeException Rename(KustomizeException exception) => new(
        [.. exception.Diagnostics.Select(diagnostic => diagnostic with
        {
            Message = Rename(diagnostic.Message),
            Remedy = Rename(diagnostic.Remedy),
            Position = new SourcePosition(new SourceFile(Rename(diagnostic.Position.File.Path)), diagnostic.Position.Line, diagnostic.Position.Column),
            Chain = [.. diagnostic.Chain.Select(Rename)],
        })],
        exception);

    /// <summary>Names files in a text as Git does, instead of the temporary ones.</summary>
    /// <param name="text">The text.</param>
    public string Rename(string text)
    {
        string files = FilesIn(_folder);
        return text
            .Replace(files + System.IO.Path.DirectorySeparatorChar, $"{Revision}:", StringComparison.Ordinal)
            .Replace(files, $"{Revision}:", StringComparison.Ordinal);
    }

    /// <summary>Deletes the files.</summary>
    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A scanner may hold a file on Windows; the folder is private, and the system clears its temporary files.
        }
    }

    private static string FilesIn(DirectoryInfo folder) => System.IO.Path.Combine(folder.FullName, "files");
}
