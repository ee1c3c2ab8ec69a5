using System.Globalization;
using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;
using ArgoBootstrap.Kustomize.Yaml.Scalars;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>JSON as Go's <c>encoding/json</c> writes it: keys sorted by their bytes, <c>&lt;</c>, <c>&gt;</c>, <c>&amp;</c> and line separators escaped.</summary>
internal static class JsonText
{
    /// <summary>Appends a tree on one line.</summary>
    /// <param name="json">Receives the text.</param>
    /// <param name="node">The tree.</param>
    /// <exception cref="KustomizeException">A key is not a string, or a number has no JSON form.</exception>
    public static void Append(StringBuilder json, YamlNode node) => Append(json, node, indent: -1);

    /// <summary>Appends a tree with one key or item per line, each level two columns further in.</summary>
    /// <param name="json">Receives the text.</param>
    /// <param name="node">The tree.</param>
    /// <exception cref="KustomizeException">A key is not a string, or a number has no JSON form.</exception>
    public static void AppendIndented(StringBuilder json, YamlNode node) => Append(json, node, indent: 0);

    /// <summary>Appends a quoted string.</summary>
    /// <param name="json">Receives the text.</param>
    /// <param name="text">The string.</param>
    public static void AppendString(StringBuilder json, string text)
    {
        json.Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '"' or '\\':
                    json.Append('\\').Append(c);
                    break;
                case '\n':
                    json.Append("\\n");
                    break;
                case '\r':
                    json.Append("\\r");
                    break;
                case '\t':
                    json.Append("\\t");
                    break;
                case '\b':
                    json.Append("\\b");
                    break;
                case '\f':
                    json.Append("\\f");
                    break;
                case < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029':
                    json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    json.Append(c);
                    break;
            }
        }
        json.Append('"');
    }

    private static void Append(StringBuilder json, YamlNode node, int indent)
    {
        switch (node)
        {
            case MappingNode mapping:
                AppendMapping(json, mapping, indent);
                break;
            case SequenceNode sequence:
                AppendSequence(json, sequence, indent);
                break;
            case ScalarNode scalar:
                AppendScalar(json, scalar);
                break;
        }
    }

    private static void AppendMapping(StringBuilder json, MappingNode mapping, int indent)
    {
        MappingEntry[] entries = mapping.Entries.ToArray();
        foreach (MappingEntry entry in entries)
        {
            if (entry.Key.Tag != ScalarTags.String)
            {
                throw new KustomizeException(DiagnosticIds.InvalidKey, $"The key `{entry.Key.Value}` is not a string.", entry.Key.Position, "Put the key in quotes.");
            }
        }
        Array.Sort(entries, (a, b) => Ordinals.CompareUtf8(a.Key.Value, b.Key.Value));
        json.Append('{');
        for (int i = 0; i < entries.Length; i++)
        {
            Separate(json, i, indent);
            AppendString(json, entries[i].Key.Value);
            json.Append(indent < 0 ? ":" : ": ");
            Append(json, entries[i].Value, Deeper(indent));
        }
        Close(json, '}', entries.Length, indent);
    }

    private static void AppendSequence(StringBuilder json, SequenceNode sequence, int indent)
    {
        json.Append('[');
        for (int i = 0; i < sequence.Count; i++)
        {
            Separate(json, i, indent);
            Append(json, sequence[i], Deeper(indent));
        }
        Close(json, ']', sequence.Count, indent);
    }

    private static void AppendScalar(StringBuilder json, ScalarNode scalar)
    {
        ScalarValue value = ScalarValue.Of(scalar);
        switch (value.Kind)
        {
            case ScalarValueKind.Null:
                json.Append("null");
                break;
            case ScalarValueKind.Boolean:
                json.Append(value.Boolean ? "true" : "false");
                break;
            case ScalarValueKind.Integer:
                json.Append(value.Integer);
                break;
            case ScalarValueKind.UnsignedInteger:
                json.Append(value.UnsignedInteger);
                break;
            case ScalarValueKind.Float:
                AppendFloat(json, value.Float, scalar);
                break;
            default:
                AppendString(json, value.Text ?? "");
                break;
        }
    }

    private static void AppendFloat(StringBuilder json, double number, ScalarNode at)
    {
        if (!double.IsFinite(number))
        {
            throw new KustomizeException(DiagnosticIds.InvalidValue, $"The number {at.Value} has no JSON form.", at.Position, "Write a finite number, or put it in quotes.");
        }
        json.Append(GoNumber.FormatJson(number));
    }

    private static int Deeper(int indent) => indent < 0 ? indent : indent + 2;

    private static void Separate(StringBuilder json, int index, int indent)
    {
        if (index > 0)
        {
            json.Append(',');
        }
        if (indent >= 0)
        {
            json.Append('\n').Append(' ', indent + 2);
        }
    }

    private static void Close(StringBuilder json, char bracket, int count, int indent)
    {
        if (count > 0 && indent >= 0)
        {
            json.Append('\n').Append(' ', indent);
        }
        json.Append(bracket);
    }
}
