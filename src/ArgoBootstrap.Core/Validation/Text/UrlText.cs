using ArgoBootstrap.Core.Validation.Secrets;
using System.Text.RegularExpressions;

namespace ArgoBootstrap.Core.Validation;

/// <summary>Keeps credentials that URLs carry out of messages, and finds them.</summary>
internal static partial class UrlText
{
    /// <summary>Whether a URL carries a password.</summary>
    public static bool HasPassword(string url) => User().Match(url) is { Success: true } match && match.Groups["password"] is { Length: > 0 } password && SecretText.IsPlain(password.Value);

    /// <summary>A URL as it may be shown.</summary>
    public static string WithoutUser(string url) => User().Replace(url, "://");

    [GeneratedRegex("""://[^/@:\s]*(:(?<password>[^/@\s]*))?@""", RegexOptions.CultureInvariant)]
    private static partial Regex User();
}
