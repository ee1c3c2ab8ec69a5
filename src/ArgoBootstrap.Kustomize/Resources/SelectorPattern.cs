using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>
/// A regular expression of a selector in Go's syntax (RE2), which must match the whole of a text. It runs in time linear in
/// the text, whatever the expression.
/// </summary>
internal sealed class SelectorPattern
{
    private const int MaximumCached = 1024;
    private static readonly ConcurrentDictionary<string, SelectorPattern> Cache = new(StringComparer.Ordinal);
    private readonly string? _literal;
    private readonly Regex? _regex;

    private SelectorPattern(string pattern)
    {
        if (pattern.AsSpan().IndexOfAny(@"\.+*?()|[]{}^$") < 0)
        {
            _literal = pattern;
            return;
        }
        _regex = new Regex($"\\A(?:{Translate(pattern)})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="pattern">The expression; empty fits anything.</param>
    /// <param name="field">The field of the selector, for messages.</param>
    /// <param name="position">Where it is written.</param>
    /// <returns>Null when the expression is empty.</returns>
    /// <exception cref="KustomizeException">It is no regular expression.</exception>
    public static SelectorPattern? Parse(string pattern, string field, SourcePosition position)
    {
        if (pattern.Length == 0)
        {
            return null;
        }
        if (Cache.TryGetValue(pattern, out SelectorPattern? known))
        {
            return known;
        }
        try
        {
            var made = new SelectorPattern(pattern);
            if (Cache.Count >= MaximumCached)
            {
                Cache.Clear();
            }
            return Cache[pattern] = made;
        }
        catch (Exception problem) when (problem is ArgumentException or NotSupportedException)
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidValue,
                $"The selector's {field} '{pattern}' is not a regular expression that can be used: {problem.Message.TrimEnd('.')}.",
                position,
                "Selectors take regular expressions in Go's syntax (RE2), without lookaround and back references; put a backslash before characters that stand for themselves.");
        }
    }

    /// <summary>Whether the expression matches the whole of a text.</summary>
    /// <param name="text">The text.</param>
    public bool Matches(string text) => _literal is null ? _regex!.IsMatch(text) : _literal == text;

    /// <summary>Writes a Go expression in .NET's syntax, where the same characters mean something else.</summary>
    private static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length);
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\')
            {
                i = TranslateEscape(pattern, i, inClass, result);
            }
            else if (inClass)
            {
                if (c == '[' && TranslatePosixClass(pattern, i, result) is int end and > 0)
                {
                    i = end;
                    continue;
                }
                inClass = c != ']';
                result.Append(c == '[' ? @"\[" : c.ToString());
            }
            else if (c == '[')
            {
                inClass = true;
                result.Append(c);
                if (i + 1 < pattern.Length && pattern[i + 1] == '^')
                {
                    result.Append(pattern[++i]);
                }
                if (i + 1 < pattern.Length && pattern[i + 1] == ']')
                {
                    result.Append(@"\]");
                    i++;
                }
            }
            else if (c == '(' && pattern.AsSpan(i).StartsWith("(?P<"))
            {
                result.Append("(?<");
                i += 3;
            }
            else
            {
                // Without the flag m, $ is the very end in Go.
                result.Append(c == '$' ? @"\z" : c.ToString());
            }
        }
        return result.ToString();
    }

    private static int TranslateEscape(string pattern, int at, bool inClass, StringBuilder result)
    {
        if (at + 1 >= pattern.Length)
        {
            throw new ArgumentException("it ends in a backslash");
        }
        char c = pattern[at + 1];
        // Perl classes are ASCII in Go.
        string? known = (c, inClass) switch
        {
            ('d', false) => "[0-9]",
            ('d', true) => "0-9",
            ('D', false) => "[^0-9]",
            ('w', false) => "[0-9A-Za-z_]",
            ('w', true) => "0-9A-Za-z_",
            ('W', false) => "[^0-9A-Za-z_]",
            ('s', false) => @"[\t\n\f\r ]",
            ('s', true) => @"\t\n\f\r ",
            ('S', false) => @"[^\t\n\f\r ]",
            ('z', false) => @"\z",
            _ => null,
        };
        if (known is not null)
        {
            result.Append(known);
            return at + 1;
        }
        if (c == 'Q')
        {
            int end = pattern.IndexOf(@"\E", at + 2, StringComparison.Ordinal);
            result.Append(Regex.Escape(end < 0 ? pattern[(at + 2)..] : pattern[(at + 2)..end]));
            return end < 0 ? pattern.Length : end + 1;
        }
        if (c == 'x' && at + 2 < pattern.Length && pattern[at + 2] == '{')
        {
            int end = pattern.IndexOf('}', at);
            if (end < 0 || !int.TryParse(pattern[(at + 3)..end], System.Globalization.NumberStyles.AllowHexSpecifier, null, out int code) || code > 0xFFFF)
            {
                throw new ArgumentException("it has an escape that is not valid");
            }
            result.Append($"\\u{code:X4}");
            return end;
        }
        if (char.IsAsciiLetterOrDigit(c) && "AbBaftnrvxpP".IndexOf(c) < 0 && !(c is 'D' or 'W' or 'S' && inClass))
        {
            throw new ArgumentException($"it has the escape \\{c}, which does not exist");
        }
        result.Append('\\').Append(c);
        return at + 1;
    }

    private static int TranslatePosixClass(string pattern, int at, StringBuilder result)
    {
        int end = pattern.AsSpan(at).StartsWith("[:") ? pattern.IndexOf(":]", at, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            return 0;
        }
        result.Append(pattern[(at + 2)..end] switch
        {
            "alnum" => "0-9A-Za-z",
            "alpha" => "A-Za-z",
            "digit" => "0-9",
            "lower" => "a-z",
            "upper" => "A-Z",
            "word" => "0-9A-Za-z_",
            "xdigit" => "0-9A-Fa-f",
            "space" => @"\t\n\v\f\r ",
            "blank" => @"\t ",
            "punct" => @"!-/:-@\[-`{-~",
            string name => throw new ArgumentException($"it has the character class [:{name}:], which does not exist"),
        });
        return end + 1;
    }
}
