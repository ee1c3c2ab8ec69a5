using System.Text.RegularExpressions;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>
/// A path in a kustomization that names a folder of a Git repository, taken apart the way kustomize 5.8 does
/// (its <c>RepoSpec</c>): what git clones, and where in the clone the kustomization is.
/// </summary>
/// <param name="Host">Scheme, user and host, with the separator that follows: <c>https://github.com/</c>, <c>git@github.com:</c>, <c>file://</c>.</param>
/// <param name="RepositoryPath">Path of the repository on that host.</param>
/// <param name="Path">Path of the kustomization in the repository; empty for its top.</param>
/// <param name="Query">Ref, timeout and submodules.</param>
internal sealed partial record RepositoryUrl(string Host, string RepositoryPath, string Path, RepositoryQuery Query)
{
    private const string FileScheme = "file://";
    private static readonly string[] Schemes = ["ssh://", "https://", "http://", FileScheme];

    /// <summary>What git clones.</summary>
    public string CloneUrl => Host + RepositoryPath;

    /// <summary>Branch, tag or commit; empty for the default branch.</summary>
    public string Ref => Query.Ref;

    /// <summary>Takes a path apart.</summary>
    /// <param name="path">The path as written.</param>
    /// <returns>The repository, or null when the path names none: it is a local one then.</returns>
    public static RepositoryUrl? TryParse(string path)
    {
        if (System.IO.Path.IsPathRooted(path))
        {
            return null;
        }
        int question = path.IndexOf('?');
        RepositoryQuery query = question < 0 ? RepositoryQuery.Default : RepositoryQuery.Parse(path[(question + 1)..]);
        if (SplitHost(question < 0 ? path : path[..question]) is not (string host, string remainder)
            || SplitPath(remainder, host) is not (string { Length: > 0 } repository, string inside)
            || LeavesRepository(inside))
        {
            return null;
        }
        return new RepositoryUrl(host, repository, inside.StartsWith('/') ? inside[1..] : inside, query);
    }

    private static (string Host, string Remainder)? SplitHost(string text)
    {
        text = Cut(text, "git::") ?? text;
        string scheme = Array.Find(Schemes, s => Cut(text, s) is not null) ?? "";
        text = text[scheme.Length..];
        string user = UserPattern().Match(text).Value;
        text = text[user.Length..];
        bool isGitHub = Cut(text, "github.com/") is not null || Cut(text, "github.com:") is not null;
        // user@host:path, as scp writes it; without a user only for GitHub.
        bool isScp = scheme.Length == 0 && (user.Length > 0 || isGitHub);
        if (scheme.Length == 0 && !isScp)
        {
            return null;
        }
        if (scheme == FileScheme)
        {
            return (scheme, user + text);
        }
        int separator = text.IndexOf('/');
        int colon = text.IndexOf(':');
        if (isScp && (separator < 0 || (colon > 0 && colon < separator)))
        {
            separator = colon;
        }
        string host = text[..(separator + 1)];
        string rest = text[(separator + 1)..];
        if (separator < 0)
        {
            (host, rest) = (text, "");
        }
        if (isGitHub)
        {
            // One spelling for GitHub: ssh where a user is named, https otherwise.
            return scheme == "ssh://" || user.Length > 0 ? (user + "github.com:", rest) : ("https://github.com/", rest);
        }
        return host.Length == 0 ? null : (scheme + user + host, rest);
    }

    /// <summary>Parts what git clones from the path in it: at <c>_git/name</c>, at <c>//</c>, after <c>.git</c>, otherwise after organization and repository.</summary>
    private static (string Repository, string Inside)? SplitPath(string text, string host)
    {
        const string Marker = "_git/";
        int at = text.IndexOf(Marker, StringComparison.Ordinal);
        if (at >= 0)
        {
            int end = text.IndexOf('/', at + Marker.Length);
            return end < 0 ? (text, "") : (text[..end], text[(end + 1)..]);
        }
        at = text.IndexOf("//", StringComparison.Ordinal);
        if (at >= 0)
        {
            return (text[..at], text[(at + 2)..]);
        }
        at = text.IndexOf(".git", StringComparison.Ordinal);
        if (at >= 0)
        {
            return (text[..(at + 4)], text[(at + 4)..]);
        }
        if (host == FileScheme)
        {
            return (text, "");
        }
        string[] segments = text.Split('/');
        return segments.Length < 2 ? null : (segments[0] + "/" + segments[1], string.Join('/', segments[2..]));
    }

    /// <summary>Whether a relative path leads above where it begins.</summary>
    private static bool LeavesRepository(string path)
    {
        if (path.StartsWith('/'))
        {
            path = path[1..];
        }
        int depth = 0;
        foreach (string segment in path.Split('/'))
        {
            depth += segment switch
            {
                "" or "." => 0,
                ".." => -1,
                _ => 1,
            };
            if (depth < 0)
            {
                return true;
            }
        }
        return false;
    }

    private static string? Cut(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text[prefix.Length..] : null;

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9-]*@")]
    private static partial Regex UserPattern();
}
