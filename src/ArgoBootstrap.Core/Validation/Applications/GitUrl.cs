namespace ArgoBootstrap.Core.Validation.Applications;

/// <summary>Compares repository URLs, of which one repository has several.</summary>
internal static class GitUrl
{
    private const string Suffix = ".git";

    /// <summary>Hosts under which a provider serves SSH, and the host of its web addresses.</summary>
    private static readonly Dictionary<string, string> SshHosts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ssh.github.com"] = "github.com",
        ["altssh.gitlab.com"] = "gitlab.com",
        ["altssh.bitbucket.org"] = "bitbucket.org",
        ["ssh.dev.azure.com"] = "dev.azure.com",
    };

    /// <summary>
    /// Whether two URLs mean the same repository: case, a final <c>.git</c> or slash, the user, the protocol and its port
    /// (<c>https://host/path</c>, <c>ssh://git@host:22/path</c>, <c>git@host:path</c>) make no difference.
    /// </summary>
    /// <param name="left">A URL.</param>
    /// <param name="right">Another one.</param>
    public static bool AreSame(string left, string right)
    {
        Address one = Parse(left);
        Address other = Parse(right);
        return string.Equals(one.Host, other.Host, StringComparison.OrdinalIgnoreCase)
            && string.Equals(one.Path, other.Path, StringComparison.OrdinalIgnoreCase)
            && (one.Port == other.Port || one.Scheme != other.Scheme);
    }

    private static Address Parse(string url)
    {
        string rest = url.Trim();
        int end = rest.IndexOf("://", StringComparison.Ordinal);
        string scheme = end >= 0 ? rest[..end].ToLowerInvariant() : "";
        rest = end >= 0 ? rest[(end + 3)..] : rest;
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        int user = (slash < 0 ? rest : rest[..slash]).LastIndexOf('@');
        rest = user >= 0 ? rest[(user + 1)..] : rest;

        // The form of scp separates host and path with a colon; behind a scheme a colon begins a port.
        int host = scheme.Length > 0 ? rest.AsSpan().IndexOf('/') : rest.AsSpan().IndexOfAny(':', '/');
        string authority = host < 0 ? rest : rest[..host];
        string path = host < 0 ? "" : rest[(host + 1)..];
        int colon = scheme.Length > 0 ? authority.LastIndexOf(':') : -1;
        string port = colon >= 0 ? authority[(colon + 1)..] : "";
        string name = colon >= 0 ? authority[..colon] : authority;
        return new Address(
            scheme is "" or "git+ssh" or "ssh+git" ? "ssh" : scheme,
            SshHosts.GetValueOrDefault(name, name),
            IsDefault(scheme, port) ? "" : port,
            Normalize(path, name));
    }

    private static bool IsDefault(string scheme, string port) => (scheme, port) is ("https", "443") or ("http", "80") or ("ssh", "22") or ("git", "9418");

    private static string Normalize(string path, string host)
    {
        string text = Uri.UnescapeDataString(path).Trim('/');
        text = text.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) ? text[..^Suffix.Length] : text;
        // Azure DevOps: v3/organization/project/repository over SSH, organization/project/_git/repository on the web.
        if (string.Equals(host, "ssh.dev.azure.com", StringComparison.OrdinalIgnoreCase) && text.StartsWith("v3/", StringComparison.Ordinal))
        {
            return text[3..];
        }

        return string.Equals(host, "dev.azure.com", StringComparison.OrdinalIgnoreCase) ? text.Replace("/_git/", "/", StringComparison.Ordinal) : text;
    }

    private sealed record Address(string Scheme, string Host, string Port, string Path);
}
