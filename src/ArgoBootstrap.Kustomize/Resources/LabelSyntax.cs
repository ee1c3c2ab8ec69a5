namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>The form of label keys and values (Kubernetes: Labels and Selectors, syntax and character set).</summary>
internal static class LabelSyntax
{
    private const int MaximumName = 63;
    private const int MaximumPrefix = 253;

    /// <summary>Refuses what cannot be a key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="FormatException">It cannot.</exception>
    public static void RequireKey(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        string name = key[(slash + 1)..];
        bool prefixFits = slash < 0 || (slash is > 0 and <= MaximumPrefix && key[..slash].Split('.').All(IsDomainPart));
        if (!prefixFits || name.Length is 0 or > MaximumName || !IsName(name))
        {
            throw new FormatException(key.Length == 0 ? "a key is missing" : $"'{key}' cannot be the key of a label");
        }
    }

    /// <summary>Refuses what cannot be a value.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="FormatException">It cannot.</exception>
    public static void RequireValue(string value)
    {
        if (value.Length > MaximumName || (value.Length > 0 && !IsName(value)))
        {
            throw new FormatException($"'{value}' cannot be the value of a label");
        }
    }

    private static bool IsName(string text) =>
        char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static bool IsDomainPart(string text) =>
        text.Length > 0 && IsLowerOrDigit(text[0]) && IsLowerOrDigit(text[^1]) && text.All(c => IsLowerOrDigit(c) || c == '-');

    private static bool IsLowerOrDigit(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
