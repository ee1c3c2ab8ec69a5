using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Gets folders of Git repositories, from the cache when it holds what is wanted, otherwise through git.</summary>
/// <param name="options">How remote things are fetched and kept.</param>
/// <param name="cache">Where they are kept.</param>
internal sealed class GitRemoteSource(RemoteOptions options, CacheDirectory cache)
{
    // git's own commands are bounded in time; whoever waits for another process waits for several of them.
    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(5);
    private readonly GitTransfer _transfer = new(new GitRunner(options), options);
    private readonly KeyedLock _fetching = new();

    /// <summary>The files of a commit.</summary>
    /// <param name="url">The repository and ref.</param>
    /// <param name="position">Where it is named.</param>
    /// <param name="hosts">Hosts that are known not to answer.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Real path of a folder that never changes.</returns>
    /// <exception cref="KustomizeException">They cannot be had.</exception>
    public string Open(RepositoryUrl url, SourcePosition position, UnreachableHosts hosts, CancellationToken cancellation)
    {
        var address = new GitAddress(url.CloneUrl);
        Check(url, address, position);
        var store = new GitRepositoryCache(cache, address.Url);
        string? known = KnownCommit(url, store);
        if (known is not null && store.TryOpen(known, url.Query.Submodules) is string folder)
        {
            return folder;
        }
        if (options.CachePolicy == RemoteCachePolicy.CacheOnly)
        {
            throw new KustomizeException(
                DiagnosticIds.RemoteUnavailable, $"{Describe(url, address)} is not in the cache, and nothing may be fetched (RemoteCachePolicy CacheOnly).", position,
                "Build once without RemoteCachePolicy CacheOnly where the host can be reached, or keep a copy of the folder in this repository.");
        }
        if (options.RefusesLocal && (address.Host.Length == 0 || LocalAddress.LeadsHere(address.Host)))
        {
            throw new KustomizeException(
                DiagnosticIds.RemoteIsLocal, $"{Describe(url, address)} is on this machine or its link, and RemoteCachePolicy PublicOnly fetches nothing from there.", position,
                "Name the address that everybody reaches it by, or use RemoteCachePolicy Revalidate if you trust this repository.");
        }
        try
        {
            if (hosts.Reason(address.Host) is string reason)
            {
                throw new GitException(RemoteFailure.Unreachable, $"{address.Host} was not reached before ({reason})");
            }
            return Fetch(url, address, store, () => hosts.Reason(address.Host) is not null, cancellation);
        }
        catch (GitException e)
        {
            if (e.Failure is RemoteFailure.Unreachable or RemoteFailure.NoAnswer)
            {
                hosts.Add(address.Host, e.Message);
            }
            throw Unavailable(url, address, store, e, position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KustomizeException(
                DiagnosticIds.RemoteUnavailable, $"{Describe(url, address)} cannot be kept in the cache '{cache.Root}': {e.Message}", position,
                $"Make that folder writable, or name another one in {CacheDirectory.Variable}.");
        }
    }

    /// <summary>The commit that is wanted, as far as that is known without asking.</summary>
    private string? KnownCommit(RepositoryUrl url, GitRepositoryCache store) =>
        GitRepositoryCache.IsCommit(url.Ref) ? url.Ref
        : options.Revalidates ? null
        : store.CommitOf(url.Ref);

    private string Fetch(RepositoryUrl url, GitAddress address, GitRepositoryCache store, Func<bool> isHopeless, CancellationToken cancellation)
    {
        using IDisposable mine = _fetching.Enter(address.Url, cancellation);
        bool isCommit = GitRepositoryCache.IsCommit(url.Ref);
        string? commit = isCommit ? url.Ref : _transfer.Resolve(address, url, isHopeless, cancellation);
        using IDisposable ours = store.Lock(LockPatience, cancellation);
        if (commit is null || store.TryOpen(commit, url.Query.Submodules) is null)
        {
            string work = store.NewWorkFolder();
            try
            {
                commit = _transfer.Fetch(address, url, work, isHopeless, cancellation);
                store.Adopt(work, commit, url.Query.Submodules);
            }
            finally
            {
                CacheDirectory.Delete(work);
            }
            store.Prune(options.CacheRetention);
        }
        if (!isCommit)
        {
            store.Remember(url.Ref, commit);
        }
        return store.TryOpen(commit, url.Query.Submodules) ?? throw new IOException("The cache is being cleared at the same time.");
    }

    /// <summary>Refuses what git could take for an option or something else than a ref.</summary>
    private static void Check(RepositoryUrl url, GitAddress address, SourcePosition position)
    {
        if (url.Ref.StartsWith('-') || url.Ref.Contains("..", StringComparison.Ordinal) || url.Ref.AsSpan().ContainsAny(":~^?*[\\ ") || url.Ref.Any(char.IsControl))
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidValue, $"'{url.Ref}' is not a branch, tag or commit.", position, "Correct what stands behind '?ref='.");
        }
        if (address.Host.StartsWith('-') || address.Url.StartsWith('-') || address.Url.Any(char.IsControl))
        {
            throw new KustomizeException(DiagnosticIds.InvalidValue, $"'{address.Display}' is not the address of a repository.", position, "Correct the URL.");
        }
    }

    private static KustomizeException Unavailable(RepositoryUrl url, GitAddress address, GitRepositoryCache store, GitException e, SourcePosition position)
    {
        string remedy = e.Failure switch
        {
            RemoteFailure.Network or RemoteFailure.Unreachable or RemoteFailure.UnknownHost => "Check the network and the host's name.",
            RemoteFailure.Timeout or RemoteFailure.NoAnswer => "Check the network, or allow more time with '?timeout=120' in the URL or with the option Timeout.",
            RemoteFailure.Authentication => "Check the credentials that git uses for this host (credential helper, ssh agent and key); nothing is asked for here.",
            RemoteFailure.NotFound => "Check the spelling of URL and ref, and whether you may see the repository.",
            RemoteFailure.ToolMissing => "Install git, or name it in the option GitCommand.",
            _ => "Run the same git command by hand to find out more.",
        };
        if (e.Failure is RemoteFailure.Network or RemoteFailure.Unreachable or RemoteFailure.NoAnswer or RemoteFailure.Timeout && store.CommitOf(url.Ref) is string commit && store.TryOpen(commit, url.Query.Submodules) is not null)
        {
            remedy += $" Commit {commit[..12]} of an earlier build is in the cache: RemoteCachePolicy PreferCache builds with it.";
        }
        return new KustomizeException(DiagnosticIds.RemoteUnavailable, $"{Describe(url, address)} cannot be fetched: {e.Message}.", position, remedy);
    }

    private static string Describe(RepositoryUrl url, GitAddress address) =>
        $"The repository '{address.Display}'" + (url.Ref.Length == 0 ? "" : $" at '{url.Ref}'");
}
