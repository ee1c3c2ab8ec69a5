using System.Text.RegularExpressions;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Core.Validation.Secrets;

/// <summary>Tells values that are in Git as they are from references, placeholders and what is encrypted.</summary>
internal static partial class SecretText
{
    /// <summary>Whether a value is one that a reader of the repository could use.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isForVault">Whether argocd-vault-plugin fills in everything between angle brackets.</param>
    public static bool IsPlain(string value, bool isForVault = false)
    {
        string text = value.Trim();
        if (text.Length == 0 || IsEncrypted(text) || IsPublic(text) || FilePath().IsMatch(text) || Comments().IsMatch(text) || IsPlaceholder(text) || (isForVault && VaultPlaceholder().IsMatch(text)))
        {
            return false;
        }

        if (!Substitutions.AreIn(text) && !Variable().IsMatch(text))
        {
            return true;
        }

        // A file of configuration has its own templates beside what may be a secret; a value is what is filled in.
        return text.Contains('\n', StringComparison.Ordinal) && CredentialText.FindIn(text) is not null;
    }

    /// <summary>Whether a value is no more than a switch or a number.</summary>
    public static bool IsSwitch(string value) => Switch().IsMatch(value.Trim());

    /// <summary>Encoded placeholders are found where a value is encoded once more than it has to be, as in <c>stringData</c>.</summary>
    private static bool IsPlaceholder(string text) => Placeholder().IsMatch(text) || (Base64Text.TryDecode(text) is { } decoded && Placeholder().IsMatch(decoded));

    private static bool IsEncrypted(string text) =>
        text.Contains("ENC[AES256_GCM,", StringComparison.Ordinal)
        || text.StartsWith("ENC[", StringComparison.Ordinal)
        || text.StartsWith("$ANSIBLE_VAULT;", StringComparison.Ordinal)
        || text.StartsWith("age-encryption.org/", StringComparison.Ordinal)
        || text.StartsWith("-----BEGIN AGE ENCRYPTED FILE-----", StringComparison.Ordinal)
        || text.StartsWith("-----BEGIN PGP MESSAGE-----", StringComparison.Ordinal)
        || text.StartsWith("vault:v", StringComparison.Ordinal);

    /// <summary>Certificates and public keys are for everybody.</summary>
    private static bool IsPublic(string text) =>
        PublicText().IsMatch(text) && !text.Contains("PRIVATE KEY", StringComparison.Ordinal);

    /// <summary>What somebody is to put a value in place of; the whole value.</summary>
    [GeneratedRegex(
        """
        ^(?:
          <[^<>\r\n]+>
          | [\[{(]?(?:change|replace|insert|fill|enter|set|put|add)[ _-]?(?:me|it|this|in|with|by|your|here)\b.*
          | (?:change|replace|fill|fix)[ _-]?(?:me|it|this)
          | to[ _-]?be[ _-]?(?:replaced|changed|filled|set|done|defined).*
          | your[ _-][a-z0-9 _-]*(?:here|password|secret|token|key|id|username|user|value|credentials?)
          | (?:redacted|placeholder|todo|tbd|fixme|n/?a|none|null|undefined|unset|dummy|fake|masked|hidden|omitted|sealed|encrypted|managed[ _-]by.*|stored[ _-]in.*|from[ _-]vault.*)
          | [*]{3,} | x{3,} | \.{3,} | -{3,} | _{3,} | \?{3,}
          | \[[a-z][^\[\]\r\n]*\]
          | \{\w*\} | %[sdvq] | %\(\w+\)s
          | (?:changeme|replaceme|change_?me|replace_?me).*
          | (?-i:__[A-Z][A-Z0-9_]*__ | MY_[A-Z0-9_]+)
          | .*(?:_here|-here|[ ]here|_placeholder|-placeholder)
        )$
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Placeholder();

    /// <summary>Nothing but lines that a file of settings leaves out.</summary>
    [GeneratedRegex("""^(?:[ \t]*\#[^\n]*(?:\n\s*|$))+$""", RegexOptions.CultureInvariant)]
    private static partial Regex Comments();

    [GeneratedRegex("""<[A-Za-z][^<>\r\n]*>""", RegexOptions.CultureInvariant)]
    private static partial Regex VaultPlaceholder();

    /// <summary>Where a program finds the value, such as the token of its service account.</summary>
    [GeneratedRegex("""^(?:file://)?/(?:var|run|etc|home|mnt|opt|tmp|usr|root|srv|app|config|data|vault|secrets?)(?:/[\w.@-]+)+/?$""", RegexOptions.CultureInvariant)]
    private static partial Regex FilePath();

    /// <summary>A whole value that a shell or Argo CD looks up: <c>$NAME</c>.</summary>
    [GeneratedRegex("""^\$[A-Z][A-Z0-9_]*$""", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();

    [GeneratedRegex(
        """^(?:-----BEGIN (?:TRUSTED )?CERTIFICATE(?: REQUEST)?-----|-----BEGIN (?:[A-Z]+ )?PUBLIC KEY-----|-----BEGIN X509 CRL-----|(?:ssh-(?:rsa|ed25519|dss)|ecdsa-sha2-\S+) AAAA)""",
        RegexOptions.CultureInvariant)]
    private static partial Regex PublicText();

    [GeneratedRegex("""^(?:true|false|yes|no|on|off|enabled|disabled)$""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Switch();
}
