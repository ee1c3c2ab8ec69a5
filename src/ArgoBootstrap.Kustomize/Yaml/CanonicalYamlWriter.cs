using System.Buffers;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml.Reading;
using ArgoBootstrap.Kustomize.Yaml.Writing;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Writes nodes the way <c>kustomize build</c> prints them: keys in natural order, indentation of two, sequences not indented.</summary>
public static class CanonicalYamlWriter
{
    /// <summary>Writes one document, without a separator.</summary>
    /// <param name="node">The document.</param>
    /// <param name="output">Receives UTF-8.</param>
    /// <exception cref="KustomizeException">A mapping has a key that is not a string, or the same key twice; a value cannot be printed (infinity, a text that does not fit its tag).</exception>
    public static void Write(YamlNode node, IBufferWriter<byte> output)
    {
        var walk = new Walk(output);
        try
        {
            walk.Root(node);
            walk.Output.Flush();
        }
        finally
        {
            walk.Output.Release();
        }
    }

    private ref struct Walk(IBufferWriter<byte> output)
    {
        internal Utf8Buffer Output = new(output);

        // While the text of a block is being kept, nothing may be passed on and no part of it need be kept again.
        private bool _keeping;

        internal void Root(YamlNode node)
        {
            switch (node)
            {
                case MappingNode { Count: > 0 } mapping when CanonicalKeyOrder.OfDocument(mapping) is { Count: > 0 } document:
                    Mapping(document, 0, mapping.IsFlow);
                    break;
                case SequenceNode { Count: > 0 } sequence:
                    Sequence(sequence, 0, sequence.IsFlow);
                    break;
                case ScalarNode scalar:
                    Scalar(scalar, 0, 2, inFlow: false);
                    break;
                default:
                    Output.Add(node is MappingNode ? "{}\n"u8 : "[]\n"u8);
                    break;
            }
        }

        private void Mapping(MappingNode mapping, int indent, bool inFlow)
        {
            EmittedText? emitted = inFlow == mapping.IsFlow ? mapping.Emitted : EmittedText.None;
            if (emitted?.Indent == indent)
            {
                Output.Add(emitted.Utf8);
                return;
            }
            bool keep = emitted == EmittedText.Seen && !_keeping;
            _keeping |= keep;
            long start = Output.Written;
            MappingEntries(mapping, indent, inFlow);
            EmittedText? kept = Finish(emitted, keep, start, indent);
            if (kept is not null)
            {
                mapping.Emitted = kept;
            }
        }

        private void MappingEntries(MappingNode mapping, int indent, bool inFlow)
        {
            mapping = mapping.CanonicalOrder is null ? Merges.ExpandCreated(mapping) : mapping;
            ReadOnlySpan<MappingEntry> entries = mapping.Entries;
            int[] order = mapping.CanonicalOrder ??= CanonicalKeyOrder.Of(mapping);
            bool first = true;
            foreach (int at in order)
            {
                if (!first)
                {
                    Output.Repeat((byte)' ', indent);
                }
                first = false;
                string key = CanonicalScalar.Key(entries[at].Key);
                if (CanonicalScalarWriter.IsSimpleKey(key))
                {
                    long start = Output.Written;
                    CanonicalScalarWriter.WriteString(ref Output, key, indent, indent + 2, simpleKey: true);
                    Output.Add((byte)':');
                    Value(entries[at].Value, inFlow, indent, indent + CanonicalScalar.Columns(key, (int)(Output.Written - start)));
                }
                else
                {
                    Output.Add("? "u8);
                    EndLine(CanonicalScalarWriter.WriteString(ref Output, key, indent + 2, indent + 2, simpleKey: false));
                    Output.Repeat((byte)' ', indent);
                    Output.Add((byte)':');
                    Inline(entries[at].Value, inFlow, indent, indent + 1);
                }
                if (!_keeping)
                {
                    Output.FlushIfLarge();
                }
            }
        }

        private void Sequence(SequenceNode sequence, int indent, bool inFlow)
        {
            EmittedText? emitted = inFlow == sequence.IsFlow ? sequence.Emitted : EmittedText.None;
            if (emitted?.Indent == indent)
            {
                Output.Add(emitted.Utf8);
                return;
            }
            bool keep = emitted == EmittedText.Seen && !_keeping;
            _keeping |= keep;
            long start = Output.Written;
            bool first = true;
            foreach (YamlNode item in sequence.Items)
            {
                if (!first)
                {
                    Output.Repeat((byte)' ', indent);
                }
                first = false;
                Output.Add((byte)'-');
                Inline(item, inFlow, indent, indent + 1);
                if (!_keeping)
                {
                    Output.FlushIfLarge();
                }
            }
            EmittedText? kept = Finish(emitted, keep, start, indent);
            if (kept is not null)
            {
                sequence.Emitted = kept;
            }
        }

        /// <summary>What a node is to keep after it was written, or null for what it has.</summary>
        private EmittedText? Finish(EmittedText? before, bool keep, long start, int indent)
        {
            long length = Output.Written - start;
            if (keep)
            {
                _keeping = false;
                return new EmittedText(indent, Output.Tail((int)length));
            }
            return before is null && length >= EmittedText.Threshold ? EmittedText.Seen : null;
        }

        /// <summary>A value after its key and colon: blocks begin on the next line.</summary>
        private void Value(YamlNode value, bool inFlow, int indent, int column)
        {
            switch (value)
            {
                case MappingNode { Count: > 0 } mapping:
                    Output.Add((byte)'\n');
                    Output.Repeat((byte)' ', indent + 2);
                    Mapping(mapping, indent + 2, inFlow || mapping.IsFlow);
                    break;
                case SequenceNode { Count: > 0 } sequence:
                    Output.Add((byte)'\n');
                    Output.Repeat((byte)' ', indent);
                    Sequence(sequence, indent, inFlow || sequence.IsFlow);
                    break;
                default:
                    Inline(value, inFlow, indent, column);
                    break;
            }
        }

        /// <summary>A value that begins on the line of its indicator.</summary>
        private void Inline(YamlNode value, bool inFlow, int indent, int column)
        {
            Output.Add((byte)' ');
            switch (value)
            {
                case MappingNode { Count: > 0 } mapping:
                    Mapping(mapping, indent + 2, inFlow || mapping.IsFlow);
                    break;
                case SequenceNode { Count: > 0 } sequence:
                    Sequence(sequence, indent + 2, inFlow || sequence.IsFlow);
                    break;
                case ScalarNode scalar:
                    Scalar(scalar, column + 1, indent + 2, inFlow);
                    break;
                default:
                    Output.Add(value is MappingNode ? "{}\n"u8 : "[]\n"u8);
                    break;
            }
        }

        private void Scalar(ScalarNode scalar, int column, int indent, bool inFlow)
        {
            string? text = CanonicalScalar.StringOrNull(scalar, inFlow);
            if (text is null)
            {
                Output.Add(CanonicalScalar.Literal(scalar));
                Output.Add((byte)'\n');
                return;
            }
            EndLine(CanonicalScalarWriter.WriteString(ref Output, text, column, indent, simpleKey: false));
        }

        private void EndLine(bool ended)
        {
            if (!ended)
            {
                Output.Add((byte)'\n');
            }
        }
    }
}
