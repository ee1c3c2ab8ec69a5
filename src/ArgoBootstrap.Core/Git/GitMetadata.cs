namespace ArgoBootstrap.Core.Git;

/// <summary>What the files below <c>.git</c> say. What is missing or cannot be read is not known.</summary>
/// <param name="RemoteUrl">The URL of <c>origin</c>, or of the only remote.</param>
/// <param name="Branch">The branch that is checked out.</param>
/// <param name="DefaultBranch">The default branch of <c>origin</c>.</param>
internal sealed record GitMetadata(string? RemoteUrl, string? Branch, string? DefaultBranch)
{
    private const string Origin = "origin";
    private const string LinkPrefix = "gitdir:";
    private const string SymbolicPrefix = "ref:";

    /// <summary>More than any such file has; others are not read.</summary>
    private const int MaximumLength = 1 << 20;

    /// <summary>Reads the metadata of a work tree.</summary>
    /// <param name="path">The absolute path of <c>.git</c>: a folder, or a file that names one.</param>
    public static GitMetadata Read(string path)
    {
        string own = Directory.Exists(path) ? path : Linked(path, LinkPrefix) ?? path;
        // A linked work tree has its own HEAD, and shares everything else.
        string common = Linked(Path.Combine(own, "commondir"), "") ?? own;
        return new GitMetadata(
            RemoteUrlOf(Path.Combine(common, "config")),
            SymbolicReference(Path.Combine(own, "HEAD"), "refs/heads/"),
            SymbolicReference(Path.Combine(common, "refs", "remotes", Origin, "HEAD"), $"refs/remotes/{Origin}/"));
    }

    private static string? RemoteUrlOf(string config)
    {
        Dictionary<string, string> urls = new(StringComparer.Ordinal);
        foreach (GitConfigEntry entry in GitConfigText.Read(ReadText(config) ?? ""))
        {
            if (entry is { Section: "remote", Subsection: { } remote, Name: "url" })
            {
                // Of several URLs, git fetches from the first.
                urls.TryAdd(remote, entry.Value);
            }
        }

        return (urls.GetValueOrDefault(Origin) ?? (urls.Count == 1 ? urls.Values.First() : null)) is { } url ? WithoutCredentials(url) : null;
    }

    /// <summary>Of a web address the user goes, who may be a token; the one of SSH belongs to the address.</summary>
    private static string WithoutCredentials(string url)
    {
        int start = url.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? url.IndexOf("://", StringComparison.Ordinal) : -1;
        if (start < 0)
        {
            return url;
        }

        start += "://".Length;
        int end = url.IndexOf('/', start);
        int user = url.LastIndexOf('@', (end < 0 ? url.Length : end) - 1);
        return user >= start ? url[..start] + url[(user + 1)..] : url;
    }

    private static string? SymbolicReference(string file, string prefix) =>
        FirstLine(file) is { } line && line.StartsWith(SymbolicPrefix, StringComparison.Ordinal)
        && line[SymbolicPrefix.Length..].Trim() is { } reference && reference.StartsWith(prefix, StringComparison.Ordinal)
            ? reference[prefix.Length..]
            : null;

    private static string? Linked(string file, string prefix) =>
        FirstLine(file) is { } line && line.StartsWith(prefix, StringComparison.Ordinal) && line[prefix.Length..].Trim() is { Length: > 0 } target
            ? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, target))
            : null;

    private static string? FirstLine(string file) => ReadText(file)?.Split('\n')[0].Trim();

    private static string? ReadText(string file)
    {
        try
        {
            return new FileInfo(file) is { Exists: true, Length: > 0 and <= MaximumLength } ? File.ReadAllText(file) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
