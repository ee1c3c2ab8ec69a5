using System.Text.RegularExpressions;

namespace ArgoBootstrap.Core.Rendering.Engines;

/// <summary>
/// Takes out of kustomize's messages what they quote of files: literals of generators, whole patches, configurations of
/// transformers and credentials of URLs may be secrets.
/// </summary>
internal static partial class ProgramQuotes
{
    private const string Hidden = "***";

    /// <summary>What is not read is not shown; a quote that is cut off is masked to the end.</summary>
    private const int LongestRead = 100_000;

    /// <summary>The message without what may be secret.</summary>
    /// <param name="text">The message.</param>
    public static string Mask(string text)
    {
        text = text.Length <= LongestRead ? text : text[..LongestRead];
        text = BacktickPattern().Replace(text, $"`{Hidden}`");
        text = PatchPattern().Replace(text, $"$1[{Hidden}]");
        text = LiteralsPattern().Replace(text, $"$1[{Hidden}]");
        text = LiteralPattern().Replace(text, $"$1{Hidden}");
        text = UserPattern().Replace(text, $"$1{Hidden}@");
        return QueryPattern().Replace(text, query => query.Groups["url"].Value + ParameterPattern().Replace(query.Groups["query"].Value, $"$1={Hidden}"));
    }

    [GeneratedRegex("`[^`]*(`|$)")]
    private static partial Regex BacktickPattern();

    [GeneratedRegex(@"(patch from )\[(.*\]|.*$)", RegexOptions.Singleline)]
    private static partial Regex PatchPattern();

    [GeneratedRegex(@"(literal sources )\[(.*\](?=: )|.*$)", RegexOptions.Singleline)]
    private static partial Regex LiteralsPattern();

    [GeneratedRegex(@"(invalid literal source )(.*(?=, expected)|.*$)", RegexOptions.Singleline)]
    private static partial Regex LiteralPattern();

    // One slash as well: kustomize tries a URL as a path, and tells of that.
    [GeneratedRegex(@"(https?:/+|[a-z][a-z0-9+.-]{0,30}:/+[^/:@\s'""]*:)[^/@\s'""]+@", RegexOptions.IgnoreCase)]
    private static partial Regex UserPattern();

    [GeneratedRegex(@"(?<url>https?:/+[^\s'""?]*\?)(?<query>[^\s'""]+)", RegexOptions.IgnoreCase)]
    private static partial Regex QueryPattern();

    [GeneratedRegex("\\b(?!ref=|version=|timeout=|submodules=)([^&=]{1,200})=[^&]*")]
    private static partial Regex ParameterPattern();
}
