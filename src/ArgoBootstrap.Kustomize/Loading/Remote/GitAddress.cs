using System.Text;
using System.Text.RegularExpressions;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>
/// What git is told about a repository's address. A user and password in the URL are taken out of it and handed over in an
/// environment variable: arguments of programs can be seen by everybody on a machine.
/// </summary>
internal sealed partial class GitAddress
{
    private const string HeaderVariable = "ARGOBOOTSTRAP_GIT_HEADER";

    /// <summary>Takes the credentials out of a URL.</summary>
    /// <param name="cloneUrl">What git is to clone.</param>
    public GitAddress(string cloneUrl)
    {
        Url = cloneUrl;
        Display = UrlRedaction.Url(cloneUrl);
        if (CredentialsPattern().Match(cloneUrl) is { Success: true } match)
        {
            Url = match.Groups["scheme"].Value + match.Groups["rest"].Value;
            string host = match.Groups["scheme"].Value + match.Groups["rest"].Value.Split('/')[0] + "/";
            string user = Uri.UnescapeDataString(match.Groups["user"].Value) + ":" + Uri.UnescapeDataString(match.Groups["password"].Value);
            Options = [$"--config-env=http.{host}.extraHeader={HeaderVariable}"];
            Environment = new Dictionary<string, string?> { [HeaderVariable] = "Authorization: Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(user)) };
        }
    }

    /// <summary>The URL without user and password.</summary>
    public string Url { get; }

    /// <summary>The URL as people may see it.</summary>
    public string Display { get; }

    /// <summary>Options of git itself that point to the credentials.</summary>
    public IReadOnlyList<string> Options { get; } = [];

    /// <summary>Variables that hold the credentials.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>();

    /// <summary>Whether git reaches it through ssh.</summary>
    public bool IsSsh => Url.StartsWith("ssh://", StringComparison.Ordinal) || !Url.Contains("://");

    /// <summary>The name of the host; empty for a local repository.</summary>
    public string Host => !Url.StartsWith("file:", StringComparison.OrdinalIgnoreCase) && HostPattern().Match(Url) is { Success: true } match ? match.Groups["host"].Value.Trim('[', ']') : "";

    [GeneratedRegex("^(?<scheme>https?://)(?<user>[^/:@]*):(?<password>[^/@]*)@(?<rest>.*)$")]
    private static partial Regex CredentialsPattern();

    [GeneratedRegex("^(?:(?:https?|ssh)://)?(?:[^/@]*@)?(?<host>\\[[^\\]]*\\]|[^/:]+)(?:[/:]|$)")]
    private static partial Regex HostPattern();
}
