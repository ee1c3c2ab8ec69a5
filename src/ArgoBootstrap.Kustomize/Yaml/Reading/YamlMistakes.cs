using System.Text;
using System.Text.RegularExpressions;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>Says what is behind text that is not YAML: what the scanner stumbles over is often not what was done wrong. Looks at the text only when it cannot be read.</summary>
internal static partial class YamlMistakes
{
    /// <summary>A better explanation of what a reader reports; null when there is none.</summary>
    /// <param name="problem">What the reader reports.</param>
    /// <param name="text">The text, in UTF-8.</param>
    /// <param name="file">What messages call the text.</param>
    public static KustomizeException? Explain(KustomizeException problem, ReadOnlySpan<byte> text, SourceFile file)
    {
        if (problem.Diagnostics is not [{ Id: DiagnosticIds.InvalidYaml or DiagnosticIds.InvalidKey } found])
        {
            return null;
        }
        string[] lines = Encoding.UTF8.GetString(text).Split('\n');
        int at = found.Position.Line - file.LineOffset - 1;
        return (Conflict(lines, file) ?? Deceiving(lines, at, file) ?? Template(lines, at, found)) is Diagnostic better ? new KustomizeException([better], problem) : null;
    }

    /// <summary>
    /// The key whose value a place lies in: on its line, or on a line above that is indented less. What looks like a key in the
    /// text of a block scalar is part of the value; the value may be a secret.
    /// </summary>
    /// <param name="text">The text, in UTF-8.</param>
    /// <param name="at">The place, in bytes.</param>
    /// <returns>The key; null when there is none.</returns>
    public static string? KeyAt(ReadOnlySpan<byte> text, int at)
    {
        string[] lines = Encoding.UTF8.GetString(text[..at]).Split('\n');
        int indent = int.MaxValue;
        string? nearest = null;
        for (int i = lines.Length - 1; i >= 0; i--)
        {
            int own = lines[i].Length - lines[i].TrimStart(' ').Length;
            if ((own == lines[i].Length && i < lines.Length - 1) || own >= indent)
            {
                continue;
            }
            if (KeyPattern().Match(lines[i]) is { Success: true } key)
            {
                string name = key.Groups[1].Value.Trim().Trim('"', '\'');
                nearest = nearest is null || (i < lines.Length - 1 && BlockPattern().IsMatch(lines[i])) ? name : nearest;
            }
            // The items of a list may stand below their key without being indented.
            indent = own < lines[i].Length && lines[i][own] == '-' ? own + 1 : own;
        }
        return nearest;
    }

    private static Diagnostic? Conflict(string[] lines, SourceFile file)
    {
        int first = Array.FindIndex(lines, l => l.StartsWith("<<<<<<<", StringComparison.Ordinal));
        if (first < 0)
        {
            return null;
        }
        int last = Array.FindIndex(lines, first, l => l.StartsWith(">>>>>>>", StringComparison.Ordinal));
        var position = new SourcePosition(file, first + 1, 1);
        return Mistake(
            last < 0 ? "The file holds an unresolved merge conflict." : $"The file holds an unresolved merge conflict, down to line {last + 1 + file.LineOffset}.",
            position,
            "Keep the lines of one side, or of both, and remove those that begin with <<<<<<<, =======, ||||||| or >>>>>>>.");
    }

    /// <summary>A character at the beginning of a line, or beside a dash or a colon, that looks like the one that belongs there.</summary>
    private static Diagnostic? Deceiving(string[] lines, int at, SourceFile file)
    {
        foreach (int line in new[] { at, at - 1, at + 1 })
        {
            if (line < 0 || line >= lines.Length || DeceivingAt(lines[line]) is not int column)
            {
                continue;
            }
            char found = lines[line][column];
            return CharacterMistake(found, new SourcePosition(file, line + 1, column + 1));
        }
        return null;
    }

    /// <summary>The mistake of a character that looks like another.</summary>
    /// <param name="found">The character.</param>
    /// <param name="position">Where it stands.</param>
    public static Diagnostic CharacterMistake(char found, SourcePosition position)
    {
        string name = CharacterNames.Of(found)!;
        return CharacterNames.Meant(found) switch
        {
            ' ' => Mistake($"There is {name} here, which YAML does not read as a space.", position, "Replace it with an ordinary space."),
            char meant => Mistake($"There is {name} here, which YAML does not read as {meant}.", position, $"Replace it with {meant}{(meant == '-' ? " and a space" : "")}."),
            null => Mistake($"There is {name} here.", position, "Remove it."),
        };
    }

    private static int? DeceivingAt(string line)
    {
        int start = 0;
        while (start < line.Length && (line[start] == ' ' || (line[start] == '-' && start + 1 < line.Length && line[start + 1] == ' ')))
        {
            start++;
        }
        if (start < line.Length && line[start] == '-')
        {
            start++;
        }
        if (start < line.Length && CharacterNames.Of(line[start]) is not null)
        {
            return start;
        }
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && colon + 1 < line.Length && CharacterNames.Of(line[colon + 1]) is not null)
        {
            return colon + 1;
        }
        int wide = line.IndexOf('\uFF1A', StringComparison.Ordinal);
        return wide >= 0 ? wide : null;
    }

    private static Diagnostic? Template(string[] lines, int at, Diagnostic found) => at >= 0 && at < lines.Length && TemplateMark.In(lines[at]) is string mark
        ? found with
        {
            Message = $"This line holds a template ({mark}), but kustomize reads plain YAML.",
            Remedy = $"{TemplateMark.Remedy} Text that is meant as it is goes in quotes.",
        }
        : null;

    private static Diagnostic Mistake(string message, SourcePosition position, string remedy) => new(DiagnosticIds.InvalidYaml, DiagnosticSeverity.Error, message, position, remedy);

    [GeneratedRegex("""^\s*(?:-\s+)*("[^"]*"|'[^']*'|[^\s:#"'\-][^:#]*):(?:\s|$)""")]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@":\s+[|>][-+0-9]*\s*(?:#.*)?$")]
    private static partial Regex BlockPattern();
}
