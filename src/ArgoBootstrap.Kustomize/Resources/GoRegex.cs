using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>Regular expressions in Go's syntax (RE2), which never backtrack.</summary>
internal static class GoRegex
{
    private const int MaximumCompiled = 1024;
    private static readonly ConcurrentDictionary<string, Regex> Compiled = new(StringComparer.Ordinal);

    /// <summary>Makes a regular expression.</summary>
    /// <param name="pattern">In Go's syntax.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    /// <exception cref="NotSupportedException">It needs something that RE2 does not have, like a look-ahead.</exception>
    public static Regex Compile(string pattern)
    {
        if (Compiled.TryGetValue(pattern, out Regex? known))
        {
            return known;
        }
        Regex regex = new(Translate(pattern), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        // An overlay's patterns are those of the next one: compiling them anew would cost more than all else that a small overlay does.
        if (Compiled.Count < MaximumCompiled)
        {
            Compiled.TryAdd(pattern, regex);
        }
        return regex;
    }

    /// <summary>A pattern with what .NET writes in another way replaced: named groups, POSIX classes, literal runs, and classes that Go limits to ASCII.</summary>
    internal static string Translate(string pattern)
    {
        var result = new StringBuilder(pattern.Length + 8);
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            ReadOnlySpan<char> rest = pattern.AsSpan(i);
            if (c == '\\' && i + 1 < pattern.Length)
            {
                i++;
                if (pattern[i] == 'Q')
                {
                    int end = pattern.IndexOf(@"\E", i + 1, StringComparison.Ordinal);
                    string literal = end < 0 ? pattern[(i + 1)..] : pattern[(i + 1)..end];
                    result.Append(Regex.Escape(literal));
                    i = end < 0 ? pattern.Length : end + 1;
                    continue;
                }
                AppendEscape(result, pattern[i], inClass);
            }
            else if (inClass && rest.StartsWith("[:") && rest.IndexOf(":]") is > 0 and int close)
            {
                result.Append(PosixClass(rest[2..close].ToString()) ?? throw new ArgumentException($"Unknown class {rest[..(close + 2)]}."));
                i += close + 1;
            }
            else if (!inClass && rest.StartsWith("(?P<"))
            {
                result.Append("(?<");
                i += 3;
            }
            else if (!inClass && c == '$')
            {
                result.Append(@"\z");
            }
            else
            {
                // A bracket that opens a class may be followed by one that closes nothing.
                if (c == '[' && !inClass)
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
                    continue;
                }
                inClass = inClass && c != ']';
                result.Append(inClass && c == '[' ? @"\[" : c.ToString());
            }
        }
        return result.ToString();
    }

    private static void AppendEscape(StringBuilder result, char c, bool inClass)
    {
        string? ascii = c switch
        {
            'd' => "0-9",
            'w' => "0-9A-Za-z_",
            's' => @"\t\n\f\r ",
            _ => null,
        };
        string? negated = inClass ? null : c switch
        {
            'D' => "[^0-9]",
            'W' => "[^0-9A-Za-z_]",
            'S' => @"[^\t\n\f\r ]",
            _ => null,
        };
        result.Append(negated ?? (ascii is null ? $@"\{c}" : inClass ? ascii : $"[{ascii}]"));
    }

    private static string? PosixClass(string name) => name switch
    {
        "alnum" => "0-9A-Za-z",
        "alpha" => "A-Za-z",
        "ascii" => @"\x00-\x7F",
        "blank" => @"\t ",
        "cntrl" => @"\x00-\x1F\x7F",
        "digit" => "0-9",
        "graph" => "!-~",
        "lower" => "a-z",
        "print" => " -~",
        "punct" => @"!-/:-@\[-`{-~",
        "space" => @"\t\n\v\f\r ",
        "upper" => "A-Z",
        "word" => "0-9A-Za-z_",
        "xdigit" => "0-9A-Fa-f",
        _ => null,
    };
}
