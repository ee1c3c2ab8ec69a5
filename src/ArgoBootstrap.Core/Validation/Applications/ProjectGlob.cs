using System.Text;
using System.Text.RegularExpressions;

namespace ArgoBootstrap.Core.Validation.Applications;

/// <summary>
/// Patterns of AppProjects: <c>*</c> is anything but a separator, <c>**</c> anything, <c>?</c> one character, <c>[a-z]</c>,
/// <c>[!a-z]</c> and <c>{a,b}</c>; <c>!</c> in front denies.
/// </summary>
internal static class ProjectGlob
{
    /// <summary>Whether a pattern denies what it fits.</summary>
    public static bool IsDenial(string pattern) => pattern.StartsWith('!');

    /// <summary>Whether a value fits; for a denial, whether it does not.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="value">The value.</param>
    /// <param name="separator">What <c>*</c> does not pass, or <see langword="null"/>.</param>
    public static bool Accepts(string pattern, string value, char? separator = null) =>
        IsDenial(pattern) ? !Fits(pattern[1..], value, separator) : pattern == "*" || Fits(pattern, value, separator);

    /// <summary>Whether a kind or group fits a pattern of a resource list: <c>*</c>, <c>?</c> and <c>[a-z]</c>.</summary>
    public static bool FitsName(string pattern, string value) => Fits(pattern, value, '/');

    private static bool Fits(string pattern, string value, char? separator)
    {
        try
        {
            return Regex.IsMatch(value, ToExpression(pattern, separator), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline);
        }
        catch (ArgumentException)
        {
            // What cannot be read as a pattern fits nothing, as in Argo CD.
            return false;
        }
    }

    private static string ToExpression(string pattern, char? separator)
    {
        string any = separator is { } s ? $"[^{Regex.Escape(s.ToString())}]" : ".";
        StringBuilder expression = new("^");
        int open = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            switch (c)
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    expression.Append(".*");
                    i++;
                    break;
                case '*':
                    expression.Append(any).Append('*');
                    break;
                case '?':
                    expression.Append(any);
                    break;
                case '[':
                    expression.Append(i + 1 < pattern.Length && pattern[i + 1] is '!' or '^' ? "[^" : "[");
                    i += i + 1 < pattern.Length && pattern[i + 1] is '!' or '^' ? 1 : 0;
                    break;
                case ']':
                    expression.Append(']');
                    break;
                case '{':
                    open++;
                    expression.Append("(?:");
                    break;
                case '}' when open > 0:
                    open--;
                    expression.Append(')');
                    break;
                case ',' when open > 0:
                    expression.Append('|');
                    break;
                case '-':
                    expression.Append('-');
                    break;
                case '\\' when i + 1 < pattern.Length:
                    expression.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    expression.Append(Regex.Escape(c.ToString()));
                    break;
            }
        }

        return expression.Append('$').ToString();
    }
}
