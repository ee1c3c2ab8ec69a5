using System.Text.RegularExpressions;

namespace ArgoBootstrap.Kustomize.Redaction;

/// <summary>Takes credentials out of what people get to see: user information in URLs, and the values of queries, which hold tokens and signatures.</summary>
internal static partial class UrlRedaction
{
    private const string Mask = "***";
    private const int LongestUserName = 32;

    /// <summary>A path or URL without secrets; a local path stays as it is.</summary>
    /// <param name="text">The path as written.</param>
    public static string Url(string text)
    {
        text = Text(text);
        if (!WebPattern().IsMatch(text))
        {
            return text;
        }
        int question = text.IndexOf('?');
        return question < 0 ? text : text[..(question + 1)] + ValuePattern().Replace(text[(question + 1)..], KeepHarmless);
    }

    /// <summary>Text that may hold URLs, without the user information in them.</summary>
    /// <param name="text">Such as what a program said.</param>
    public static string Text(string text) => UserPattern().Replace(text, m =>
        m.Groups["password"].Success || m.Groups["scheme"].Value.StartsWith("http", StringComparison.OrdinalIgnoreCase)
            ? m.Groups["scheme"].Value + "://" + Mask + "@"
            : m.Value);

    /// <summary>The URL of a repository as it may appear in what is built: a user name stays, a password or what looks like a token does not.</summary>
    /// <param name="url">What git clones.</param>
    public static string CloneUrl(string url)
    {
        Match user = UserPattern().Match(url);
        return user.Success && !user.Groups["password"].Success && user.Groups["user"].Value is { Length: <= LongestUserName } name && NamePattern().IsMatch(name)
            ? url
            : Text(url);
    }

    private static string KeepHarmless(Match pair) =>
        pair.Groups["name"].Value is "ref" or "version" or "timeout" or "submodules" ? pair.Value : pair.Groups["name"].Value + "=" + Mask;

    [GeneratedRegex("^https?://", RegexOptions.IgnoreCase)]
    private static partial Regex WebPattern();

    [GeneratedRegex("(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://(?<user>[^/@:\\s?#]*)(?<password>:[^/@\\s?#]*)?@")]
    private static partial Regex UserPattern();

    [GeneratedRegex("(?<name>[^&=]+)=[^&]*")]
    private static partial Regex ValuePattern();

    [GeneratedRegex("^(?!glpat-)[a-zA-Z][a-zA-Z0-9-]*$")]
    private static partial Regex NamePattern();
}
