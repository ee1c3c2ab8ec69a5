using System.Globalization;
using System.Text;
using ArgoBootstrap.Kustomize.Yaml;
using ArgoBootstrap.Kustomize.Yaml.Writing;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>
/// YAML as go-yaml v3 writes a tree that it has read: order, quotes and flow style stay; indentation is two columns, the
/// dashes of a sequence stand below its key, and no line is folded.
/// </summary>
internal static class StyledYaml
{
    /// <summary>Writes a tree, without blanks and empty lines around it.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="layout">Comments of the text that the tree was read from; null for none.</param>
    public static string Write(YamlNode node, StructuredLayout? layout = null)
    {
        var output = new StringBuilder();
        var writer = new Writer(output, layout);
        writer.Block(node, 0, inSequence: false);
        writer.End();
        return output.ToString().Trim();
    }

    private sealed class Writer(StringBuilder output, StructuredLayout? layout)
    {
        private readonly IReadOnlyList<FullLineComment> _comments = layout?.Comments ?? [];
        private int _nextComment;
        private int _line;
        private ScalarNode? _key;

        /// <summary>Writes a node and the end of its line. What precedes it stands on the line already.</summary>
        public void Block(YamlNode node, int indent, bool inSequence)
        {
            switch (node)
            {
                case MappingNode { Count: > 0 } mapping when !IsFlow(mapping):
                    BlockMapping(mapping, indent, startsOnLine: inSequence);
                    break;
                case SequenceNode { Count: > 0 } sequence when !IsFlow(sequence):
                    BlockSequence(sequence, indent, startsOnLine: inSequence);
                    break;
                case ScalarNode scalar:
                    Scalar(scalar, indent, isFlow: false, isKey: false);
                    EndLine(scalar);
                    break;
                default:
                    Flow(node);
                    EndLine(node);
                    break;
            }
        }

        /// <summary>Writes the comments that are left.</summary>
        public void End()
        {
            while (_nextComment < _comments.Count)
            {
                Comment(0);
            }
        }

        private static bool IsFlow(YamlNode node) => node is MappingNode { IsFlow: true } or SequenceNode { IsFlow: true };

        private static bool IsNothing(YamlNode node) => node is ScalarNode { Value: "", Style: ScalarStyle.Plain, Tag: ScalarTags.Null };

        private void BlockMapping(MappingNode mapping, int indent, bool startsOnLine)
        {
            bool first = startsOnLine;
            foreach (MappingEntry entry in mapping.Entries)
            {
                CommentsBefore(entry.Key, indent);
                output.Append(' ', first ? 0 : indent);
                first = false;
                Scalar(entry.Key, indent, isFlow: false, isKey: true);
                output.Append(':');
                bool isBlock = entry.Value is MappingNode { Count: > 0 } or SequenceNode { Count: > 0 } && !IsFlow(entry.Value);
                if (isBlock)
                {
                    EndLine(entry.Key);
                    Block(entry.Value, entry.Value is SequenceNode ? indent : indent + 2, inSequence: false);
                }
                else
                {
                    if (!IsNothing(entry.Value))
                    {
                        output.Append(' ');
                    }
                    _key = entry.Key;
                    Block(entry.Value, indent + 2, inSequence: false);
                }
            }
            CommentsAfter(mapping, indent);
        }

        private void BlockSequence(SequenceNode sequence, int indent, bool startsOnLine)
        {
            bool first = startsOnLine;
            foreach (YamlNode item in sequence.Items)
            {
                CommentsBefore(item, indent);
                output.Append(' ', first ? 0 : indent).Append('-');
                first = false;
                if (!IsNothing(item))
                {
                    output.Append(' ');
                }
                Block(item, indent + 2, inSequence: true);
            }
            CommentsAfter(sequence, indent);
        }

        private void CommentsBefore(YamlNode entry, int indent)
        {
            if (layout is null || !layout.Has(entry.Position))
            {
                return;
            }
            while (_nextComment < _comments.Count && _comments[_nextComment].Line < entry.Position.Line)
            {
                Comment(indent);
            }
            _line = Math.Max(_line, entry.Position.Line);
        }

        // Comments that stand further in than what follows them belong to the block before.
        private void CommentsAfter(YamlNode block, int indent)
        {
            if (layout is null || !layout.Has(block.Position))
            {
                return;
            }
            while (_nextComment < _comments.Count
                && _comments[_nextComment] is var comment
                && comment.LineBefore <= _line + 1
                && comment.Column >= block.Position.Column
                && comment.Column > comment.NextColumn)
            {
                Comment(indent);
            }
        }

        private void Comment(int indent)
        {
            FullLineComment comment = _comments[_nextComment++];
            output.Append(comment.BlankBefore && output.Length > 0 ? "\n" : "").Append(' ', indent).Append(comment.Text).Append(comment.BlankAfter ? "\n\n" : "\n");
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

        private void EndLine(YamlNode node)
        {
            if (layout is not null && layout.Has(node.Position))
            {
                _line = Math.Max(_line, node.Position.Line);
            }
            ScalarNode? key = _key;
            _key = null;
            if (output.Length > 0 && output[^1] == '\n')
            {
                return;
            }
            string? comment = layout?.CommentBehind(node) ?? (key is null ? null : layout?.CommentBehind(key));
            output.Append(comment is null ? "" : " ").Append(comment).Append('\n');
        }

        private void Scalar(ScalarNode scalar, int indent, bool isFlow, bool isKey)
        {
            string text = scalar.Value;
            ScalarAnalysis analysis = ScalarAnalysis.Of(text);
            ScalarStyle style = StyleOf(scalar, analysis, isFlow, isKey);
            if (scalar.Tag is not ("" or ScalarTags.String) && ScalarResolver.Resolve(text) != scalar.Tag)
            {
                output.Append(scalar.Tag).Append(style == ScalarStyle.Plain && text.Length == 0 ? "" : " ");
            }
            switch (style)
            {
                case ScalarStyle.Plain:
                    output.Append(text);
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
