namespace ArgoBootstrap.Core.Validation;

/// <summary>The values with which a base marks what an environment or cluster has to fill in.</summary>
internal static class Placeholders
{
    /// <summary>The names of what identities are made of; a base writes them where the value belongs.</summary>
    public static IReadOnlyList<string> Tokens { get; } = ["ENVIRONMENT", "CLUSTER_NAME", "INGRESS_HOST"];

    /// <summary>The top-level domain that never exists (RFC 2606, section 2): a host below it can only be a placeholder.</summary>
    private const string InvalidDomain = ".invalid";

    /// <summary>Whether a whole value is a placeholder.</summary>
    public static bool IsToken(string value) => Tokens.Contains(value);

    /// <summary>Whether a segment of a path is a placeholder.</summary>
    public static bool IsInPath(string path) => path.Split('/').Any(IsToken);

    /// <summary>Whether a word of a text is a placeholder.</summary>
    public static bool IsInText(string text) => text.Split([' ', '/', ',', ':', '-'], StringSplitOptions.RemoveEmptyEntries).Any(IsToken);

    /// <summary>Whether a host is a placeholder.</summary>
    public static bool IsHost(string host) => IsToken(host) || host.EndsWith(InvalidDomain, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the host of a URL is a placeholder.</summary>
    public static bool IsUrl(string url) => HostOf(url) is { } host && IsHost(host);

    /// <summary>The host of an absolute URL, or <see langword="null"/>.</summary>
    public static string? HostOf(string url)
    {
        int start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        string rest = url[(start + 3)..];
        int end = rest.AsSpan().IndexOfAny("/:?#");
        return end < 0 ? rest : rest[..end];
    }
}
