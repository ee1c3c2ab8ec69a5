using System.Text;
using ArgoBootstrap.Clusters.Objects;

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
            AppendLines(text, '-', field.Before?.Split('\n') ?? []);
            AppendLines(text, '+', field.After?.Split('\n') ?? []);
            return;
        }

        string[] old = before.Split('\n');
        string[] fresh = after.Split('\n');
        int next = 0;
        int following = 0;
        foreach (SequenceDiff.Block block in SequenceDiff.Of(old, fresh))
        {
            int tail = Math.Min(next + following, block.Before);
            int head = Math.Max(tail, block.Before - Context);
            AppendLines(text, ' ', old[next..tail]);
            if (head > tail)
            {
                text.Append('\n').Append(Indent).Append("  ...");
            }

            AppendLines(text, ' ', old[head..block.Before]);
            AppendLines(text, '-', old[block.Before..(block.Before + block.Deleted)]);
            AppendLines(text, '+', fresh[block.After..(block.After + block.Inserted)]);
            next = block.Before + block.Deleted;
            following = Context;
        }

        AppendLines(text, ' ', old[next..Math.Min(next + following, old.Length)]);
    }

    private static void AppendLines(StringBuilder text, char mark, string[] lines)
    {
        foreach (string line in lines)
        {
            text.Append('\n').Append(Indent).Append(mark).Append(' ').Append(line);
        }
    }
}
