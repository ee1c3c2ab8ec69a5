namespace ArgoBootstrap.Core.Validation.Applications;

/// <summary>Compares repository URLs, of which one repository has several.</summary>
internal static class GitUrl
{
    /// <summary>
    /// Whether two URLs mean the same repository: case, a final <c>.git</c> or slash, the user and the protocol
    /// (<c>https://host/path</c>, <c>ssh://git@host/path</c>, <c>git@host:path</c>) make no difference.
    /// </summary>
    /// <param name="left">A URL.</param>
    /// <param name="right">Another one.</param>
    public static bool AreSame(string left, string right) => string.Equals(Normalize(left), Normalize(right), StringComparison.OrdinalIgnoreCase);

    private static string Normalize(string url)
    {
        string rest = url.Trim().TrimEnd('/');
        if (rest.EndsWith(".git", StringComparison.OrdinalIgnoreCase))
        {
            rest = rest[..^".git".Length];
        }

        int scheme = rest.IndexOf("://", StringComparison.Ordinal);
        bool hasScheme = scheme >= 0;
        rest = hasScheme ? rest[(scheme + 3)..] : rest;
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        int user = rest.IndexOf('@', StringComparison.Ordinal);
        if (user >= 0 && (slash < 0 || user < slash))
        {
            rest = rest[(user + 1)..];
        }

        // The form of scp separates host and path with a colon; behind a scheme a colon begins a port.
        int colon = rest.IndexOf(':', StringComparison.Ordinal);
        return hasScheme || colon < 0 ? rest : $"{rest[..colon]}/{rest[(colon + 1)..].TrimStart('/')}";
    }
}
