using System.Text.RegularExpressions;

namespace ArgoBootstrap.Core.Validation.Secrets;

/// <summary>Finds credentials in longer texts, such as the configuration of a program.</summary>
internal static partial class CredentialText
{
    /// <summary>The first credential in a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>What it is and in which line, from 1; <see langword="null"/> where there is none. Never the value.</returns>
    public static FoundCredential? FindIn(string text)
    {
        FoundCredential? certain = FindCertain(text);
        if (certain is not null)
        {
            return certain;
        }

        foreach (Match match in Setting().Matches(text))
        {
            string value = match.Groups["value"].Value.Trim().Trim('"', '\'');
            string name = match.Groups["name"].Value;
            if (SecretKeyName.IsCredential(name) && IsValue(value) && SecretText.IsPlain(value))
            {
                return new FoundCredential($"a value of '{name}'", LineOf(text, match.Index + match.Length - match.Groups["value"].Length));
            }
        }

        return Element().Matches(text).Concat(Statement().Matches(text))
            .Where(match => SecretText.IsPlain(match.Groups["value"].Value))
            .Select(match => new FoundCredential("a password", LineOf(text, match.Index)))
            .FirstOrDefault();
    }

    /// <summary>Whether a text is made of lines, or is a setting with its name: the content of a file, rather than one value.</summary>
    /// <param name="text">The text.</param>
    public static bool IsSettings(string text) => text.Contains('\n', StringComparison.Ordinal) || Setting().IsMatch(text);

    /// <summary>The first credential in a text that its form alone gives away: a private key, a token of a known provider, a URL with a password.</summary>
    /// <param name="text">The text.</param>
    public static FoundCredential? FindCertain(string text)
    {
        if (PrivateKey().Match(text) is { Success: true } key)
        {
            return new FoundCredential("a private key", LineOf(text, key.Index));
        }

        foreach (Match token in Token().Matches(text))
        {
            if (!token.Value.Contains("EXAMPLE", StringComparison.OrdinalIgnoreCase) && token.Value.Distinct().Count() > 8)
            {
                return new FoundCredential("a token", LineOf(text, token.Index));
            }
        }

        foreach (Match url in Url().Matches(text))
        {
            if (UrlText.HasPassword(url.Value))
            {
                return new FoundCredential("a URL with a password", LineOf(text, url.Index));
            }
        }

        return null;
    }

    /// <summary>Leaves out names of variables, paths, numbers, and what programs write for "nothing".</summary>
    private static bool IsValue(string value) =>
        value.Length >= 4 && value[0] is not ('$' or '/' or '{' or '[' or '&' or '*' or '!' or '|' or '>' or '(') && !value.Contains(' ', StringComparison.Ordinal)
        && !value.Contains("(", StringComparison.Ordinal) && !value.All(char.IsAsciiDigit) && !SecretText.IsSwitch(value) && !value.Contains("://", StringComparison.Ordinal);

    private static int LineOf(string text, int index) => text.AsSpan(0, index).Count('\n') + 1;

    [GeneratedRegex("""-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----(?:\s|\\n)+(?:[A-Za-z0-9+/=:, -]+(?:\s|\\n)+)*?[A-Za-z0-9+/=]{40,}""", RegexOptions.CultureInvariant)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(
        """
        \b(?:
          gh[pousr]_[A-Za-z0-9]{36,}
          | github_pat_[A-Za-z0-9_]{40,}
          | gl(?:pat|dt|rt|ptt|agent)-[\w-]{20,}
          | xox[abprs]-[0-9A-Za-z-]{20,}
          | AIza[0-9A-Za-z_-]{35}
          | ya29\.[0-9A-Za-z_-]{20,}
          | sk_live_[0-9A-Za-z]{20,}
          | hvs\.[A-Za-z0-9_-]{24,}
          | dop_v1_[a-f0-9]{64}
          | npm_[A-Za-z0-9]{36}
          | SG\.[\w-]{20,}\.[\w-]{20,}
          | eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}
          | hooks\.slack\.com/services/T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{20,}
          | discord(?:app)?\.com/api/webhooks/\d{15,}/[\w-]{40,}
        )
        | (?<=\b[Bb]earer\s+)[A-Za-z0-9._~+/-]{20,}=*
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();

    /// <summary>A password in XML, as an element or an attribute.</summary>
    [GeneratedRegex(""""<(?<name>[\w.-]*(?:password|secret|token))>(?<value>[^<>\s]+)</\k<name>>|\b[\w.-]*(?:password|secret)\s*=\s*"(?<value>[^"\s]+)"""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Element();

    /// <summary>A password in SQL.</summary>
    [GeneratedRegex("""\b(?:IDENTIFIED\s+(?:WITH\s+\S+\s+)?BY|PASSWORD)\s+'(?<value>[^'\r\n]+)'""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Statement();

    [GeneratedRegex("""\b[a-z][a-z0-9+.-]*://[^\s"'<>]+""", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex("""^[ \t]*(?:-[ \t]+)?(?:export[ \t]+)?["']?(?<name>[A-Za-z][\w.-]*)["']?[ \t]*[:=][ \t]*(?<value>[^\r\n#]+)""", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Setting();
}

/// <summary>A credential in a text.</summary>
/// <param name="What">What it is, for a message; never its value.</param>
/// <param name="Line">The line in the text, from 1.</param>
internal sealed record FoundCredential(string What, int Line);
