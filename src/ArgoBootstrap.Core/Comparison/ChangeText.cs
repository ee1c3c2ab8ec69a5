using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace ArgoBootstrap.Core.Comparison;

/// <summary>Writes changes for people: every line that is gone begins with <c>-</c>, every new one with <c>+</c>, after an indentation.</summary>
public static class ChangeText
{
    /// <summary>Lines of unchanged text that are shown around a changed one.</summary>
    private const int Context = 2;

    private const string Indent = "    ";

    /// <summary>The change of an object: a line for the object (<c>~</c> changed, <c>+</c> added, <c>-</c> removed), then each field.</summary>
    /// <param name="change">The change.</param>
    public static string Of(ResourceChange change)
    {
        StringBuilder text = new();
        text.Append(change.Action switch { ChangeAction.Added => '+', ChangeAction.Removed => '-', _ => '~' });
        text.Append(' ').Append(change.Kind).Append(' ').Append(change.Namespace.Length > 0 ? change.Namespace + "/" : "").Append(change.Name);
        foreach (FieldChange field in change.Fields)
        {
            text.Append("\n  ").Append(field.Path);
            AppendSource(text, field);
            AppendValues(text, field);
        }

        return text.ToString();
    }

    private static void AppendSource(StringBuilder text, FieldChange field)
    {
        string? source = field.After is null ? null : field.AfterSource;
        if (source is not null)
        {
            text.Append("  (").Append(source).Append(')');
        }
    }

    private static void AppendValues(StringBuilder text, FieldChange field)
    {
        // Masked values are the same text on both sides.
        if (field is not { Before: { } before, After: { } after } || before == after)
        {
            AppendLines(text, '-', field.Before);
            AppendLines(text, '+', field.After);
            return;
        }

        DiffPaneModel diff = InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false);
        bool isElided = false;
        for (int i = 0; i < diff.Lines.Count; i++)
        {
            DiffPiece line = diff.Lines[i];
            if (line.Type == ChangeType.Unchanged && !IsNearChange(diff.Lines, i))
            {
                isElided = true;
                continue;
            }

            if (isElided)
            {
                text.Append('\n').Append(Indent).Append("  ...");
                isElided = false;
            }

            text.Append('\n').Append(Indent).Append(line.Type switch { ChangeType.Deleted => "- ", ChangeType.Inserted => "+ ", _ => "  " }).Append(line.Text);
        }
    }

    private static bool IsNearChange(List<DiffPiece> lines, int place)
    {
        for (int i = Math.Max(0, place - Context); i <= Math.Min(lines.Count - 1, place + Context); i++)
        {
            if (lines[i].Type != ChangeType.Unchanged)
            {
                return true;
            }
        }

        return false;
    }

    private static void AppendLines(StringBuilder text, char mark, string? value)
    {
        foreach (string line in value?.Split('\n') ?? [])
        {
            text.Append('\n').Append(Indent).Append(mark).Append(' ').Append(line);
        }
    }
}
