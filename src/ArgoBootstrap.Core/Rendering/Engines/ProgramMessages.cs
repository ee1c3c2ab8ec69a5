using System.Text.Json;
using System.Text.RegularExpressions;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Rendering.Engines;

/// <summary>Reads what kustomize and kubectl write to standard error.</summary>
internal static partial class ProgramMessages
{
    private const int LongestReason = 4000;

    /// <summary>A warning that has no place yet.</summary>
    /// <param name="Id">The rule.</param>
    /// <param name="Message">What is wrong.</param>
    /// <param name="Remedy">What to do about it.</param>
    public sealed record Warning(string Id, string Message, string Remedy)
    {
        /// <summary>The warning about a file.</summary>
        public Diagnostic At(SourcePosition position) => new(Id, DiagnosticSeverity.Warning, Message, position, Remedy);
    }

    /// <summary>Why it failed: the text without the program's decoration, warnings and what it quotes of files.</summary>
    /// <param name="said">Standard error.</param>
    /// <returns>The reason; empty where it gave none.</returns>
    public static string ErrorOf(string said)
    {
        string text = string.Join('\n', Lines(said).Where(line => !WarningPattern().IsMatch(line))).Trim();
        text = ProgramQuotes.Mask(Unwrap(text));
        return text.Length <= LongestReason ? text : text[..LongestReason] + "...";
    }

    /// <summary>What it warns of, each thing once. What it says about its flags is about nothing that an overlay could change.</summary>
    /// <param name="said">Standard error of a program that went well.</param>
    public static IEnumerable<Warning> WarningsOf(string said) =>
        Lines(said).Where(line => line.Trim().Length > 0 && !FlagPattern().IsMatch(line)).Select(WarningOf).Distinct();

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static Warning WarningOf(string line)
    {
        string text = ProgramQuotes.Mask(WarningPattern().Replace(line, "").Trim());
        // The same rule as that of the built-in engine, so that the settings hold for both.
        return DeprecationPattern().Match(text) is { Success: true } deprecated
            ? new Warning(DiagnosticIds.DeprecatedField, deprecated.Groups["what"].Value, deprecated.Groups["remedy"].Value)
            : new Warning(ErrorIds.EngineWarning, text, "Change what it names.");
    }

    /// <summary>Takes the error out of the line that kubectl logs it with: quoted, or in a block where it has several lines.</summary>
    private static string Unwrap(string text)
    {
        Match logged = LoggedPattern().Match(text);
        if (logged.Groups["block"].Success)
        {
            return string.Join('\n', Lines(logged.Groups["block"].Value).Select(line => line.StartsWith('\t') ? line[1..] : line)).Trim();
        }

        return logged.Success ? Unquote(logged.Groups["quoted"].Value) : ErrorPattern().Replace(text, "");
    }

    private static string Unquote(string quoted)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(quoted) ?? quoted;
        }
        catch (JsonException)
        {
            // Go has escapes that JSON has not.
            return quoted.Trim('"');
        }
    }

    // As kustomize prints it, as Go's log and as kubectl's.
    [GeneratedRegex(@"^(# |\d{4}/\d\d/\d\d \d\d:\d\d:\d\d |[IW]\d{4} \S+ +\d+ \S+\] )?Warning: |^(?=Flag --\S+ has been deprecated)")]
    private static partial Regex WarningPattern();

    [GeneratedRegex(@"^Flag --\S+ has been deprecated")]
    private static partial Regex FlagPattern();

    [GeneratedRegex(@"^(?<what>'[^']+' is deprecated\.) (?<remedy>.+)$")]
    private static partial Regex DeprecationPattern();

    [GeneratedRegex(@"^E\d{4} \S+ +\d+ \S+\] ""command failed"" err=((?<quoted>"".*"")|<\n(?<block>.*)\n >)\s*$", RegexOptions.Singleline)]
    private static partial Regex LoggedPattern();

    [GeneratedRegex("^error: ", RegexOptions.IgnoreCase)]
    private static partial Regex ErrorPattern();
}
