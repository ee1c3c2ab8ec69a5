using System.Globalization;

namespace ArgoBootstrap.Core.Validation;

/// <summary>Writes findings for people as compilers do: place, severity, rule, the whole message, and below it what to do.</summary>
internal static class FindingText
{
    private const int Indent = 4;

    /// <summary>A blank that no line is broken at.</summary>
    private const char Joined = '\0';

    /// <summary>The most overlays that are named of those that a cause reaches as well.</summary>
    private const int NamedOverlays = 3;

    /// <summary>The lines of a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="width">Characters in a line; a word that is longer stays whole.</param>
    /// <param name="indent">Blanks before the first line.</param>
    public static IEnumerable<string> Of(Finding finding, int width, int indent = 0)
    {
        int inner = indent + Indent;
        string remedy = finding.RepeatOf is { } first ? $"As in {first}." : finding.Remedy;
        string[] others = [.. finding.AffectedOverlays.Skip(1)];
        string severity = finding.Severity.ToString().ToLowerInvariant();
        return Wrap($"{finding.Place}: {severity}{Joined}{finding.RuleId}: {finding.Message}", width, indent, inner)
            .Concat(Wrap(remedy, width, inner, inner))
            .Concat(others.Length == 0 ? [] : Wrap($"Also in {Names(others)}.", width, inner, inner));
    }

    /// <summary>The lines of an overlay's result: a line for the overlay, then what was found and no earlier result said.</summary>
    /// <param name="result">The result.</param>
    /// <param name="width">Characters in a line.</param>
    public static IEnumerable<string> Of(OverlayTestResult result, int width)
    {
        const int inner = 2;
        string[] repeats = [.. result.Findings.Select(finding => finding.RepeatOf).OfType<string>()];
        return Wrap($"{(result.Passed ? "Passed" : "Failed")}  {result.Overlay}  ({Counts(result)})", width, 0, inner)
            .Concat(result.Findings.Where(finding => finding.RepeatOf is null).SelectMany(finding => Of(finding, width, inner)))
            .Concat(repeats.Length == 0 ? [] : Wrap($"{Count(repeats.Length, "finding")} as in {Names([.. repeats.Distinct(StringComparer.Ordinal)])}.", width, inner, inner + Indent));
    }

    private static string Counts(OverlayTestResult result) => string.Join(
        ", ",
        [
            .. result.Errors > 0 ? [Count(result.Errors, "error")] : Array.Empty<string>(),
            .. result.Warnings > 0 ? [Count(result.Warnings, "warning")] : Array.Empty<string>(),
            Count(result.Resources, "resource"),
            string.Create(CultureInfo.CurrentCulture, $"{result.Duration.TotalMilliseconds:0} ms"),
        ]);

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";

    private static string Names(string[] overlays) =>
        string.Join(", ", overlays.Take(NamedOverlays)) + (overlays.Length > NamedOverlays ? $" and {overlays.Length - NamedOverlays} more" : "");

    private static IEnumerable<string> Wrap(string text, int width, int indent, int hanging)
    {
        int left = indent;
        foreach (string paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            string line = "";
            foreach (string word in paragraph.Split(' '))
            {
                // The last column stays empty: a line that fills it is broken by some terminals.
                if (line.Length > 0 && left + line.Length + 1 + word.Length >= width)
                {
                    yield return new string(' ', left) + line.Replace(Joined, ' ');
                    left = hanging;
                    line = word;
                }
                else
                {
                    line = line.Length > 0 ? $"{line} {word}" : word;
                }
            }

            yield return new string(' ', left) + line.Replace(Joined, ' ');
            left = hanging;
        }
    }
}
