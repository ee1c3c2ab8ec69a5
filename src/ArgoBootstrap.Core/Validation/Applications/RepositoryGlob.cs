using System.Text;
using System.Text.RegularExpressions;

namespace ArgoBootstrap.Core.Validation.Applications;

/// <summary>
/// Looks for what a pattern of a git generator fits: <c>*</c>, <c>?</c>, <c>[a-z]</c> and <c>{a,b}</c> within a segment,
/// <c>**</c> for any number of segments.
/// </summary>
internal static class RepositoryGlob
{
    private static readonly char[] Special = ['*', '?', '[', '{', '\\'];

    /// <summary>Whether a path is a pattern.</summary>
    /// <param name="path">The path.</param>
    public static bool IsPattern(string path) => path.AsSpan().IndexOfAny(Special) >= 0;

    /// <summary>Whether anything fits.</summary>
    /// <param name="folder">The absolute path of the folder that the pattern starts from.</param>
    /// <param name="pattern">The pattern, with forward slashes.</param>
    /// <param name="files">Whether files are meant, not folders.</param>
    public static bool FindsAny(string folder, string pattern, bool files) =>
        pattern.Split('/').Where(segment => segment is not ("" or ".")).ToArray() is var segments && !segments.Contains("..") && FindsAny(folder, segments, files);

    private static bool FindsAny(string folder, ReadOnlySpan<string> segments, bool files)
    {
        if (segments.IsEmpty)
        {
            return true;
        }

        string first = segments[0];
        bool isLast = segments.Length == 1;
        if (first == "**")
        {
            if (!isLast && FindsAny(folder, segments[1..], files))
            {
                return true;
            }

            if (isLast && Children(folder, files).Any())
            {
                return true;
            }

            foreach (string child in Children(folder, files: false))
            {
                if (FindsAny(child, segments, files))
                {
                    return true;
                }
            }

            return false;
        }

        if (!IsPattern(first))
        {
            string path = Path.Combine(folder, first);
            return isLast ? files ? File.Exists(path) : Directory.Exists(path) : Directory.Exists(path) && FindsAny(path, segments[1..], files);
        }

        Regex fits = ToRegex(first);
        foreach (string child in Children(folder, isLast && files))
        {
            if (fits.IsMatch(Path.GetFileName(child)) && (isLast || FindsAny(child, segments[1..], files)))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Children(string folder, bool files)
    {
        try
        {
            // Links are not followed, as Argo CD does not: they can lead in circles, and out of the repository.
            return new DirectoryInfo(folder).EnumerateFileSystemInfos()
                .Where(info => files == info is FileInfo && info.LinkTarget is null && info.Name != ".git")
                .Select(info => info.FullName)
                .ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static Regex ToRegex(string segment)
    {
        StringBuilder expression = new("^");
        int open = 0;
        for (int i = 0; i < segment.Length; i++)
        {
            char c = segment[i];
            switch (c)
            {
                case '*':
                    expression.Append(".*");
                    break;
                case '?':
                    expression.Append('.');
                    break;
                case '[' when segment.IndexOf(']', i + 2 > segment.Length ? i : i + 1) is var end && end > i + 1:
                    expression.Append('[').Append(segment[i + 1] is '^' or '!' ? "^" : Regex.Escape(segment[i + 1].ToString()))
                        .Append(segment[(i + 2)..end].Replace("\\", "\\\\", StringComparison.Ordinal)).Append(']');
                    i = end;
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
                case '\\' when i + 1 < segment.Length:
                    expression.Append(Regex.Escape(segment[++i].ToString()));
                    break;
                default:
                    expression.Append(Regex.Escape(c.ToString()));
                    break;
            }
        }

        try
        {
            return open > 0 ? Literal(segment) : new Regex(expression.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (ArgumentException)
        {
            // A range the wrong way round, for example: it is not a pattern.
            return Literal(segment);
        }
    }

    private static Regex Literal(string segment) => new("^" + Regex.Escape(segment) + "$", RegexOptions.CultureInvariant);
}
