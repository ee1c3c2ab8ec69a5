using System.Globalization;
using System.Text;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>
/// YAML as go-yaml v3 writes a tree that it has read: order, quotes and flow style stay; indentation is two columns, the
/// dashes of a sequence stand below its key, and no line is folded.
/// </summary>
internal static class StyledYaml
{
    /// <summary>Writes a tree in block style.</summary>
    /// <param name="node">The tree.</param>
    public static string Write(YamlNode node) => Write(node, static _ => false).Trim();

    /// <summary>Writes a tree.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="isFlow">Says which mappings and sequences are written in flow style, with all that is in them.</param>
    public static string Write(YamlNode node, Func<YamlNode, bool> isFlow)
    {
        var output = new StringBuilder();
        new Writer(output, isFlow).Block(node, 0, inSequence: false);
        return output.ToString();
    }

    private sealed class Writer(StringBuilder output, Func<YamlNode, bool> isFlow)
    {
        /// <summary>Writes a node and the end of its line. What precedes it stands on the line already.</summary>
        public void Block(YamlNode node, int indent, bool inSequence)
        {
            switch (node)
            {
                case MappingNode { Count: > 0 } mapping when !isFlow(mapping):
                    BlockMapping(mapping, indent, startsOnLine: inSequence);
                    break;
                case SequenceNode { Count: > 0 } sequence when !isFlow(sequence):
                    BlockSequence(sequence, indent, startsOnLine: inSequence);
                    break;
                case ScalarNode scalar:
                    Scalar(scalar, indent, isFlow: false, isKey: false);
                    EndLine();
                    break;
                default:
                    Flow(node);
                    EndLine();
                    break;
            }
        }

        private void BlockMapping(MappingNode mapping, int indent, bool startsOnLine)
        {
            bool first = startsOnLine;
            foreach (MappingEntry entry in mapping.Entries)
            {
                output.Append(' ', first ? 0 : indent);
                first = false;
                Scalar(entry.Key, indent, isFlow: false, isKey: true);
                output.Append(':');
                bool isBlock = entry.Value is MappingNode { Count: > 0 } or SequenceNode { Count: > 0 } && !isFlow(entry.Value);
                if (isBlock)
                {
                    output.Append('\n');
                    Block(entry.Value, entry.Value is SequenceNode ? indent : indent + 2, inSequence: false);
                }
                else
                {
                    if (entry.Value is not ScalarNode { Value: "", Style: ScalarStyle.Plain })
                    {
                        output.Append(' ');
                    }
                    Block(entry.Value, indent + 2, inSequence: false);
                }
            }
        }

        private void BlockSequence(SequenceNode sequence, int indent, bool startsOnLine)
        {
            bool first = startsOnLine;
            foreach (YamlNode item in sequence.Items)
            {
                output.Append(' ', first ? 0 : indent).Append('-');
                first = false;
                if (item is not ScalarNode { Value: "", Style: ScalarStyle.Plain })
                {
                    output.Append(' ');
                }
                Block(item, indent + 2, inSequence: true);
            }
        }

        private void Flow(YamlNode node)
        {
            switch (node)
            {
                case MappingNode mapping:
                    output.Append('{');
                    for (int i = 0; i < mapping.Count; i++)
                    {
                        MappingEntry entry = mapping.Entries[i];
                        output.Append(i > 0 ? ", " : "");
                        Scalar(entry.Key, 0, isFlow: true, isKey: true);
                        output.Append(": ");
                        Flow(entry.Value);
                    }
                    output.Append('}');
                    break;
                case SequenceNode sequence:
                    output.Append('[');
                    for (int i = 0; i < sequence.Count; i++)
                    {
                        output.Append(i > 0 ? ", " : "");
                        Flow(sequence[i]);
                    }
                    output.Append(']');
                    break;
                case ScalarNode scalar:
                    Scalar(scalar, 0, isFlow: true, isKey: false);
                    break;
            }
        }

        private void EndLine()
        {
            if (output.Length == 0 || output[^1] != '\n')
            {
                output.Append('\n');
            }
        }

        private void Scalar(ScalarNode scalar, int indent, bool isFlow, bool isKey)
        {
            string text = scalar.Value;
            ScalarAnalysis analysis = ScalarAnalysis.Of(text);
            switch (StyleOf(scalar, analysis, isFlow, isKey))
            {
                case ScalarStyle.Plain:
                    string tag = scalar.Tag is "" or ScalarTags.String || ScalarResolver.Resolve(text) == scalar.Tag ? "" : $"{scalar.Tag} ";
                    output.Append(tag).Append(text);
                    break;
                case ScalarStyle.SingleQuoted:
                    output.Append('\'').Append(text.Replace("'", "''", StringComparison.Ordinal)).Append('\'');
                    break;
                case ScalarStyle.Literal:
                    BlockScalar('|', text, indent, folded: false);
                    break;
                case ScalarStyle.Folded:
                    BlockScalar('>', text, indent, folded: true);
                    break;
                default:
                    DoubleQuoted(text);
                    break;
            }
        }

        private static ScalarStyle StyleOf(ScalarNode scalar, ScalarAnalysis analysis, bool isFlow, bool isKey)
        {
            string text = scalar.Value;
            ScalarStyle style = scalar.Style;
            bool multiline = text.Contains('\n', StringComparison.Ordinal);
            if (style == ScalarStyle.Plain && multiline)
            {
                style = isFlow ? ScalarStyle.DoubleQuoted : ScalarStyle.Literal;
            }
            else if (style == ScalarStyle.Plain && scalar.Tag == ScalarTags.String && ScalarResolver.Resolve(text) != ScalarTags.String)
            {
                style = ScalarStyle.DoubleQuoted;
            }
            if (style is ScalarStyle.Literal or ScalarStyle.Folded && (!analysis.Block || isFlow || isKey))
            {
                return ScalarStyle.DoubleQuoted;
            }
            bool plain = analysis.Plain && !(isFlow && text.AsSpan().ContainsAny(",?[]{}")) && !(text.Length == 0 && (isFlow || isKey));
            if (style == ScalarStyle.Plain && !plain)
            {
                style = ScalarStyle.SingleQuoted;
            }
            return style == ScalarStyle.SingleQuoted && (!analysis.Single || (isKey && multiline)) ? ScalarStyle.DoubleQuoted : style;
        }

        private void BlockScalar(char indicator, string text, int indent, bool folded)
        {
            output.Append(indicator);
            if (text.Length > 0 && text[0] is ' ' or '\n')
            {
                output.Append('2');
            }
            output.Append(!text.EndsWith('\n') ? "-" : text == "\n" || text.EndsWith("\n\n", StringComparison.Ordinal) ? "+" : "");
            output.Append('\n');
            bool endsOpen = !text.EndsWith('\n');
            string[] lines = (endsOpen ? text : text[..^1]).Split('\n');
            bool startsBlank = text.AsSpan().TrimStart('\n') is [] or [' ', ..];
            for (int i = 0; i < lines.Length; i++)
            {
                output.Append(' ', lines[i].Length > 0 ? Math.Max(indent, 2) : 0).Append(lines[i]).Append('\n');

                // A line end that a reader would fold into a blank is written twice; go-yaml does so at the very end as well.
                bool isLast = i == lines.Length - 1 && endsOpen;
                if (folded && !isLast && !startsBlank && lines[i].Length > 0 && lines[i][0] != ' ')
                {
                    output.Append('\n');
                }
            }
        }

        private void DoubleQuoted(string text)
        {
            output.Append('"');
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                string? escape = c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\0' => "\\0",
                    '\a' => "\\a",
                    '\b' => "\\b",
                    '\t' => "\\t",
                    '\n' => "\\n",
                    '\v' => "\\v",
                    '\f' => "\\f",
                    '\r' => "\\r",
                    '\u001b' => "\\e",
                    '\u0085' => "\\N",
                    '\u2028' => "\\L",
                    '\u2029' => "\\P",
                    '\ufeff' => "\\uFEFF",
                    _ => null,
                };
                if (escape is not null)
                {
                    output.Append(escape);
                }
                else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                {
                    output.Append("\\U").Append(char.ConvertToUtf32(c, text[++i]).ToString("X8", CultureInfo.InvariantCulture));
                }
                else if (c < ' ' || c is >= '\u007f' and < '\u00a0')
                {
                    output.Append("\\x").Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
                }
                else
                {
                    output.Append(c);
                }
            }
            output.Append('"');
        }
    }
}
