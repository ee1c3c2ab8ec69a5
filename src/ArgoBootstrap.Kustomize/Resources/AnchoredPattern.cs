using System.Text.RegularExpressions;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>A regular expression that must fit a whole text, as selectors of patches and replacements have it; the empty one fits anything.</summary>
internal sealed class AnchoredPattern
{
    private readonly string _text;
    private readonly Regex? _regex;

    /// <summary>Makes a pattern.</summary>
    /// <param name="text">In Go's syntax.</param>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    /// <exception cref="NotSupportedException">It needs something that Go does not have.</exception>
    public AnchoredPattern(string text)
    {
        _text = text;
        if (text.AsSpan().ContainsAny(@"\.+*?()|[]{}^$"))
        {
            _regex = GoRegex.Compile($"^(?:{text})$");
        }
    }

    /// <summary>Whether the pattern is empty.</summary>
    public bool IsEmpty => _text.Length == 0;

    /// <summary>Whether a text fits.</summary>
    /// <param name="text">The text.</param>
    public bool Fits(string text) => _regex is null ? _text.Length == 0 || _text == text : _regex.IsMatch(text);
}
