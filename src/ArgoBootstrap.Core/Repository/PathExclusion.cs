using System.Text.RegularExpressions;

namespace ArgoBootstrap.Core.Repository;

/// <summary>
/// Folders that a search leaves out. A pattern means the folder that it fits and everything below; one without a slash fits
/// the name of a folder anywhere, any other a path from the top.
/// </summary>
internal sealed class PathExclusion
{
    private readonly Regex[] _patterns;

    /// <summary>Makes an exclusion.</summary>
    /// <param name="patterns">The patterns, as <see cref="PathPattern"/> reads them.</param>
    public PathExclusion(IEnumerable<string> patterns) => _patterns = [.. patterns.Select(Normalize).Where(pattern => pattern.Length > 0).Select(pattern => PathPattern.ToRegex(pattern, orBelow: true))];

    /// <summary>Whether there is any pattern.</summary>
    public bool IsEmpty => _patterns.Length == 0;

    /// <summary>Whether a folder is left out.</summary>
    /// <param name="relativePath">Its path from the top, with forward slashes.</param>
    public bool Matches(string relativePath) => Array.Exists(_patterns, pattern => pattern.IsMatch(relativePath));

    private static string Normalize(string pattern)
    {
        string text = pattern.Replace('\\', '/').Trim();
        text = text.StartsWith("./", StringComparison.Ordinal) ? text[1..] : text;
        bool isAnywhere = !text.TrimEnd('/').Contains('/', StringComparison.Ordinal);
        string path = text.Trim('/');
        return path.Length == 0 ? "" : (isAnywhere ? "**/" : "") + path;
    }
}
