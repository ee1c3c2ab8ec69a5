using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>Finds what one kustomization names: files within the load restriction, other folders, remote things. Notes all that was looked at.</summary>
/// <param name="session">The files.</param>
/// <param name="gate">The kustomization's folder, and which files may be read.</param>
/// <param name="repository">Real path of the clone that the root lies in, for a remote base; otherwise null.</param>
/// <param name="remotes">Fetches what is not local.</param>
/// <param name="dependencies">Receives what was looked at.</param>
/// <param name="warnings">Receives what is worth saying about it.</param>
/// <param name="cancellation">Stops waiting for what is remote.</param>
internal sealed class RootLoader(
    SourceSession session,
    FileGate gate,
    string? repository,
    IRemoteSource remotes,
    DependencySet dependencies,
    List<Diagnostic> warnings,
    CancellationToken cancellation = default)
{
    /// <summary>Real path of the kustomization's folder.</summary>
    public string Root => gate.Root;

    /// <summary>Real path of the clone that the root lies in, or null.</summary>
    public string? Repository => repository;

    /// <summary>Fetches what is not local.</summary>
    public IRemoteSource Remotes => remotes;

    /// <summary>The files.</summary>
    public SourceSession Session => session;

    /// <summary>What was looked at.</summary>
    public DependencySet Dependencies => dependencies;

    /// <summary>What is worth saying about what was looked at.</summary>
    public List<Diagnostic> Warnings => warnings;

    /// <summary>Reads a file that a field names.</summary>
    /// <param name="path">The path as written.</param>
    /// <param name="field">The field, as messages call it.</param>
    /// <exception cref="KustomizeException">The file is not there, may not be read, or cannot be.</exception>
    public SourceEntry Load(Located<string> path, string field) => Load(path, field, mayBeFolder: false) ?? throw Missing(path, field);

    /// <summary>Reads a file that a field names, if there is one; the field may name a folder or a repository as well.</summary>
    /// <param name="path">The path as written.</param>
    /// <param name="field">The field, as messages call it.</param>
    /// <returns>The file, or null when nothing, or a folder, is at that path.</returns>
    /// <exception cref="KustomizeException">The file may not be read, or cannot be.</exception>
    public SourceEntry? TryLoad(Located<string> path, string field) => Load(path, field, mayBeFolder: true);

    private SourceEntry? Load(Located<string> path, string field, bool mayBeFolder)
    {
        if (path.Value.Length == 0)
        {
            throw new KustomizeException(DiagnosticIds.InvalidValue, $"An entry of '{field}' is empty.", path.Position, "Name a file or folder, or remove the entry.");
        }
        RefuseNul(path);
        if (remotes.IsRemoteFile(path.Value))
        {
            dependencies.MarkVolatile();
            WarnIfLocal(path);
            return remotes.FetchFile(path, session.Limits, mayBeFolder, cancellation);
        }
        string full = FullPath(path.Value);
        try
        {
            SourceEntry? entry = gate.TryRead(session, full);
            dependencies.Add(full, entry);
            return entry;
        }
        catch (OutsideRootException e)
        {
            throw new KustomizeException(
                DiagnosticIds.OutsideRoot,
                e.IsLink ? $"'{path.Value}' is a link that leads outside the kustomization's folder." : $"'{path.Value}' lies outside the kustomization's folder.",
                path.Position,
                "Move the file into the folder, make a kustomization of where it is and name that under 'resources', or build with LoadRestrictor None.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // A link is there even where its target is not.
            throw new KustomizeException(
                DiagnosticIds.FileNotFound, $"'{path.Value}', named under '{field}', is a link to a file that does not exist.", path.Position,
                "Correct the link, or add the file that it leads to.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KustomizeException(
                e is FileTooLongException ? DiagnosticIds.LimitExceeded : DiagnosticIds.FileUnreadable,
                $"'{path.Value}' cannot be read: {e.Message}",
                path.Position,
                "Check its permissions, and that it is a regular file of reasonable size.");
        }
    }

    /// <summary>The real path of a folder that a field names, or null when there is none.</summary>
    /// <param name="path">The path as written.</param>
    /// <exception cref="KustomizeException">The folder may not be used, or links lead in a circle.</exception>
    public string? ResolveDirectory(Located<string> path)
    {
        RefuseNul(path);
        if (path.Value.Length == 0)
        {
            return null;
        }
        string? real;
        try
        {
            real = session.RealDirectory(FullPath(path.Value));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KustomizeException(DiagnosticIds.FileUnreadable, $"'{path.Value}' cannot be followed: {e.Message}", path.Position, "Correct the link.");
        }
        if (real is null)
        {
            return null;
        }
        if (Path.IsPathRooted(path.Value))
        {
            throw new KustomizeException(
                DiagnosticIds.OutsideRoot, $"'{path.Value}' is an absolute path; other kustomizations are named by a relative one.", path.Position,
                $"Write '{Path.GetRelativePath(gate.Root, real).Replace('\\', '/')}'.");
        }
        return repository is null || FileGate.IsInside(repository, real)
            ? real
            : throw new KustomizeException(
                DiagnosticIds.OutsideRoot, $"'{path.Value}' leads out of the repository that it comes from.", path.Position,
                "A remote base may use only folders of its own repository.");
    }

    /// <summary>The absolute, normalized path of what is written in a file of this root.</summary>
    /// <param name="path">The path as written, with either kind of separator.</param>
    public string FullPath(string path) => Path.GetFullPath(path, gate.Root);

    /// <summary>The error for a file or folder that is not there.</summary>
    /// <param name="path">The path as written.</param>
    /// <param name="field">The field, as messages call it.</param>
    public KustomizeException Missing(Located<string> path, string field) => new MissingPath(session.Files, gate.Root, repository).Error(path, field);

    /// <summary>Notes a URL that leads to this machine or its link.</summary>
    /// <param name="path">The path as written.</param>
    public void WarnIfLocal(Located<string> path)
    {
        if (LocalAddress.IsNamedBy(path.Value))
        {
            warnings.Add(new Diagnostic(
                DiagnosticIds.RemoteIsLocal, DiagnosticSeverity.Warning,
                $"'{UrlRedaction.Url(path.Value)}' leads to the machine that renders, or to its link: what comes from there depends on who renders it.", path.Position,
                "Name an address that everybody reaches it by, or keep a copy in this repository. RemoteCachePolicy PublicOnly refuses such addresses."));
        }
    }

    private static void RefuseNul(Located<string> path)
    {
        if (path.Value.Contains('\0', StringComparison.Ordinal))
        {
            throw new KustomizeException(DiagnosticIds.InvalidValue, "This path holds a NUL character, which no path has.", path.Position, "Remove the character.");
        }
    }
}
