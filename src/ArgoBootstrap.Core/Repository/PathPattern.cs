using System.Text;
using System.Text.RegularExpressions;

namespace ArgoBootstrap.Core.Repository;

/// <summary>Patterns of paths: <c>*</c> is anything within a segment, <c>**</c> any number of segments, <c>?</c> one character.</summary>
internal static class PathPattern
{
    /// <summary>Makes an expression that a whole path has to fit.</summary>
    /// <param name="pattern">The pattern, with forward slashes.</param>
    /// <param name="orBelow">Whether a path below one that fits does as well.</param>
    public static Regex ToRegex(string pattern, bool orBelow = false)
    {
        StringBuilder expression = new("^");
        string text = pattern.Trim('/');
        for (int i = 0; i < text.Length; i++)
        {
            if (text.AsSpan(i).StartsWith("**/"))
            {
                expression.Append("(.*/)?");
                i += 2;
            }
            else if (text.AsSpan(i).StartsWith("**"))
            {
                expression.Append(".*");
                i++;
            }
            else
            {
                expression.Append(text[i] switch { '*' => "[^/]*", '?' => "[^/]", char other => Regex.Escape(other.ToString()) });
            }
        }

        return new Regex(expression.Append(orBelow ? "(/.*)?$" : "$").ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }
}
