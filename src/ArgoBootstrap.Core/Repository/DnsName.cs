using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Repository;

/// <summary>The names that Kubernetes and DNS accept (RFC 1123, as k8s.io/apimachinery <c>util/validation</c> checks them).</summary>
public static class DnsName
{
    /// <summary>The longest label, in characters.</summary>
    public const int MaxLabelLength = 63;

    /// <summary>The longest host, in characters.</summary>
    public const int MaxHostLength = 253;

    /// <summary>Whether a text is an RFC 1123 label: lower case letters, digits and inner hyphens, 63 characters at most.</summary>
    /// <param name="text">The text.</param>
    public static bool IsLabel(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLabelLength || text[0] == '-' || text[^1] == '-')
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a text is an RFC 1123 subdomain: labels with dots between them, 253 characters at most.</summary>
    /// <param name="text">The text.</param>
    public static bool IsHost(string text) =>
        text.Length is > 0 and <= MaxHostLength && text.Split('.').All(label => IsLabel(label));

    /// <summary>Refuses what is not a label.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What it names, for the message: <c>cluster</c>, <c>environment</c>.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.InvalidName"/>: the text is not a label.</exception>
    public static void RequireLabel(string text, string what)
    {
        if (!IsLabel(text))
        {
            throw new OperationException(
                ErrorIds.InvalidName,
                $"'{text}' cannot be the name of {Article(what)} {what}.",
                $"Use 1 to {MaxLabelLength} lower case letters, digits and hyphens, with a letter or digit first and last, such as dc11a.",
                text);
        }
    }

    /// <summary>Refuses what is not a host.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.InvalidHost"/>: the text is not a host.</exception>
    public static void RequireHost(string text)
    {
        if (!IsHost(text))
        {
            throw new OperationException(
                ErrorIds.InvalidHost,
                $"'{text}' is not a host name.",
                "Give the name alone, in lower case, without scheme, port or path, such as argocd.dc11a.prod.example.com.",
                text);
        }
    }

    private static string Article(string noun) => noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a";
}
