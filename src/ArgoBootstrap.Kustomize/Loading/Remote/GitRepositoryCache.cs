using System.Text;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>
/// What the cache holds of one repository: a folder for each commit, which never changes once it is there, and for each ref
/// the commit that it was when it was last looked at.
/// </summary>
internal sealed class GitRepositoryCache
{
    private readonly CacheDirectory _cache;
    private readonly string _name;

    /// <summary>Opens the cache of a repository.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="url">The repository, without credentials.</param>
    public GitRepositoryCache(CacheDirectory cache, string url)
    {
        _cache = cache;
        _name = CacheDirectory.NameOf(url);
    }

    /// <summary>The folder of a commit, if it is there.</summary>
    /// <param name="commit">Full commit id.</param>
    /// <param name="submodules">Whether submodules are in it.</param>
    public string? TryOpen(string commit, bool submodules)
    {
        string path = PathOf(commit, submodules);
        if (!Directory.Exists(path))
        {
            return null;
        }
        try
        {
            // The time of its last use decides how long it stays.
            Directory.SetLastWriteTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that somebody has made read-only serves as well.
        }
        return PhysicalFileSystem.Instance.ResolveLinks(path);
    }

    /// <summary>The commit that a ref was when it was last looked at, or null.</summary>
    /// <param name="name">The ref as written; empty for the default branch.</param>
    public string? CommitOf(string name)
    {
        try
        {
            return File.ReadAllText(RefPath(name)).Trim() is { Length: > 0 } commit && IsCommit(commit) ? commit : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Notes the commit that a ref is now.</summary>
    /// <param name="name">The ref as written.</param>
    /// <param name="commit">Full commit id.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Remember(string name, string commit)
    {
        _cache.Folder("git", _name, "refs");
        CacheDirectory.Write(RefPath(name), Encoding.ASCII.GetBytes(commit + "\n"));
    }

    /// <summary>Keeps other processes from fetching the same repository.</summary>
    /// <param name="patience">Longest wait.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="IOException">Another process was busy with it all the time.</exception>
    public IDisposable Lock(TimeSpan patience, CancellationToken cancellation) =>
        FileLock.Enter(Path.Join(_cache.Folder("git", _name), "lock"), patience, cancellation);

    /// <summary>A folder to work in, which nobody else knows.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public string NewWorkFolder() => _cache.Folder("git", _name, "work", Guid.NewGuid().ToString("n"));

    /// <summary>Takes a finished folder into the cache.</summary>
    /// <param name="work">The folder, which is moved.</param>
    /// <param name="commit">Full commit id.</param>
    /// <param name="submodules">Whether submodules are in it.</param>
    /// <exception cref="IOException">It cannot be moved.</exception>
    public void Adopt(string work, string commit, bool submodules)
    {
        _cache.Folder("git", _name, "commits");
        string path = PathOf(commit, submodules);
        if (!Directory.Exists(path))
        {
            Directory.Move(work, path);
        }
    }

    /// <summary>Deletes commits that nobody has used for long.</summary>
    /// <param name="retention">How long is long.</param>
    public void Prune(TimeSpan retention)
    {
        foreach (string kind in (ReadOnlySpan<string>)["commits", "work"])
        {
            var folder = new DirectoryInfo(Path.Join(_cache.Root, "git", _name, kind));
            if (folder.Exists)
            {
                foreach (DirectoryInfo old in folder.EnumerateDirectories().Where(d => DateTime.UtcNow - d.LastWriteTimeUtc > retention))
                {
                    CacheDirectory.Delete(old.FullName);
                }
            }
        }
    }

    /// <summary>Whether a text is a full commit id, of either length that git knows.</summary>
    /// <param name="text">The text.</param>
    public static bool IsCommit(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit);

    private string PathOf(string commit, bool submodules) =>
        Path.Join(_cache.Root, "git", _name, "commits", commit.ToLowerInvariant() + (submodules ? "" : "-plain"));

    private string RefPath(string name) => Path.Join(_cache.Root, "git", _name, "refs", CacheDirectory.NameOf(name));
}
