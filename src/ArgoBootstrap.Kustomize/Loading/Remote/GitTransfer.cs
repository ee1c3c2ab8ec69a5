using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Asks a remote repository what its refs are, and gets a commit out of it, with the very commands that kustomize uses.</summary>
/// <param name="runner">Runs git.</param>
/// <param name="options">How often to try.</param>
internal sealed class GitTransfer(GitRunner runner, RemoteOptions options)
{
    // How git itself completes a short ref name when it fetches; what comes first counts.
    private static readonly string[] Completions = ["{0}", "refs/{0}", "refs/tags/{0}", "refs/heads/{0}", "refs/remotes/{0}", "refs/remotes/{0}/HEAD"];

    /// <summary>The commit that a ref is now.</summary>
    /// <param name="address">The repository.</param>
    /// <param name="url">What is wanted of it.</param>
    /// <param name="isHopeless">Whether somebody else has found in the meantime that the host is not reached.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The full commit id, or null when the repository does not list the ref.</returns>
    /// <exception cref="GitException">The repository cannot be asked.</exception>
    public string? Resolve(GitAddress address, RepositoryUrl url, Func<bool> isHopeless, CancellationToken cancellation)
    {
        string name = url.Ref.Length == 0 ? "HEAD" : url.Ref;
        string listing = Patiently(() => List(address, url, name, cancellation), isHopeless, cancellation);
        var refs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in listing.Split('\n'))
        {
            int tab = line.IndexOf('\t');
            if (tab > 0)
            {
                refs[line[(tab + 1)..].Trim()] = line[..tab];
            }
        }
        foreach (string completion in Completions)
        {
            string full = string.Format(System.Globalization.CultureInfo.InvariantCulture, completion, name);
            // An annotated tag is an object of its own; the commit that it names stands beside it.
            if (refs.TryGetValue(full + "^{}", out string? commit) || refs.TryGetValue(full, out commit))
            {
                return commit;
            }
        }
        return null;
    }

    /// <summary>Gets the files of a commit.</summary>
    /// <param name="address">The repository.</param>
    /// <param name="url">What is wanted of it.</param>
    /// <param name="folder">An empty folder, which holds the files afterwards and nothing of git's.</param>
    /// <param name="isHopeless">Whether somebody else has found in the meantime that the host is not reached.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The full commit id.</returns>
    /// <exception cref="GitException">The commit cannot be had.</exception>
    public string Fetch(GitAddress address, RepositoryUrl url, string folder, Func<bool> isHopeless, CancellationToken cancellation)
    {
        Run("init", "--quiet", "--template=");
        // Submodules with relative URLs need to know where the repository came from.
        Run("remote", "add", "--", "origin", address.Url);
        Patiently(() => Run("fetch", "--quiet", "--depth=1", "--", address.Url, url.Ref.Length == 0 ? "HEAD" : url.Ref), isHopeless, cancellation);
        Run("checkout", "--quiet", "--detach", "FETCH_HEAD");
        if (url.Query.Submodules && File.Exists(Path.Join(folder, ".gitmodules")))
        {
            if (options.RefusesLocal)
            {
                RefuseLocalSubmodules(Run("config", "--file", ".gitmodules", "--get-regexp", @"^submodule\..*\.url$"));
            }
            Patiently(() => options.RefusesLocal ? Run("submodule", "--quiet", "update", "--init") : Run("submodule", "--quiet", "update", "--init", "--recursive"), isHopeless, cancellation);
        }
        string commit = Run("rev-parse", "HEAD").Trim();
        CacheDirectory.Delete(Path.Join(folder, ".git"));
        return commit;

        string Run(params ReadOnlySpan<string> arguments) => runner.Run(address, folder, url.Query.Timeout, cancellation, arguments);
    }

    /// <summary>The refs of a repository. It is a short answer: a host that does not give it in time does not answer at all.</summary>
    private string List(GitAddress address, RepositoryUrl url, string name, CancellationToken cancellation)
    {
        try
        {
            return runner.Run(address, null, url.Query.Timeout, cancellation, "ls-remote", "--", address.Url, name, name + "^{}");
        }
        catch (GitException e) when (e.Failure == RemoteFailure.Timeout)
        {
            throw new GitException(RemoteFailure.NoAnswer, e.Message);
        }
    }

    /// <summary>Refuses submodules that lead to this machine. Theirs are not fetched at all where that is refused.</summary>
    private static void RefuseLocalSubmodules(string listing)
    {
        foreach (string line in listing.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string url = line[(line.IndexOf(' ') + 1)..].Trim();
            bool isRelative = url.StartsWith("./", StringComparison.Ordinal) || url.StartsWith("../", StringComparison.Ordinal);
            if (!isRelative && new GitAddress(url).Host is var host && (host.Length == 0 || LocalAddress.LeadsHere(host)))
            {
                throw new GitException(RemoteFailure.Other, $"its submodule '{UrlRedaction.Url(url)}' leads to this machine or its link, which RemoteCachePolicy PublicOnly does not allow");
            }
        }
    }

    private string Patiently(Func<string> step, Func<bool> isHopeless, CancellationToken cancellation) =>
        RemoteRetry.Create<string>(options, outcome => outcome.Exception is GitException { Failure: RemoteFailure.Network or RemoteFailure.Unreachable } && !isHopeless())
            .Execute(_ => step(), cancellation);
}
