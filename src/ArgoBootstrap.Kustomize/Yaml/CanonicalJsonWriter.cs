using System.Buffers;
using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml.Reading;
using ArgoBootstrap.Kustomize.Yaml.Writing;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Writes nodes as JSON the way Go's encoding/json prints what kustomize gives it: keys in byte order, <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> escaped.</summary>
public static class CanonicalJsonWriter
{
    /// <summary>Writes a node as compact JSON.</summary>
    /// <param name="node">The node.</param>
    /// <param name="output">Receives UTF-8.</param>
    /// <param name="indented">Whether to write one value per line, indented by two, as <c>json.MarshalIndent</c> does.</param>
    /// <exception cref="KustomizeException">A mapping has a key that is not a string, or the same key twice; a value has no form in JSON.</exception>
    public static void Write(YamlNode node, IBufferWriter<byte> output, bool indented = false)
    {
        var buffer = new Utf8Buffer(output);
        try
        {
            YamlNode root = node is MappingNode mapping ? CanonicalKeyOrder.OfDocument(mapping) : node;
            Value(ref buffer, root, indented ? 0 : -1, inFlow: false);
            buffer.Flush();
        }
        finally
        {
            buffer.Release();
        }
    }

    /// <summary>A node as JSON text.</summary>
    /// <param name="node">The node.</param>
    /// <param name="indented">Whether to write one value per line, indented by two.</param>
    /// <exception cref="KustomizeException">A mapping has a key that is not a string, or the same key twice; a value has no form in JSON.</exception>
    public static string ToText(YamlNode node, bool indented = false)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(node, output, indented);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Value(ref Utf8Buffer output, YamlNode node, int level, bool inFlow)
    {
        switch (node)
        {
            case MappingNode { Count: > 0 } mapping:
                Mapping(ref output, mapping, level, inFlow || mapping.IsFlow);
                break;
            case SequenceNode { Count: > 0 } sequence:
                Sequence(ref output, sequence, level, inFlow || sequence.IsFlow);
                break;
            case ScalarNode scalar:
                Scalar(ref output, scalar, inFlow);
                break;
            default:
                output.Add(node is MappingNode ? "{}"u8 : "[]"u8);
                break;
        }
    }

    private static void Mapping(ref Utf8Buffer output, MappingNode mapping, int level, bool inFlow)
    {
        mapping = Merges.ExpandCreated(mapping);
        byte separator = (byte)'{';
        foreach (int at in JsonStrings.Order(mapping))
        {
            output.Add(separator);
            separator = (byte)',';
            NewLine(ref output, level + 1, level);
            JsonStrings.Write(ref output, mapping.Entries[at].Key.Value);
            output.Add(level < 0 ? ":"u8 : ": "u8);
            Value(ref output, mapping.Entries[at].Value, level < 0 ? level : level + 1, inFlow);
        }
        NewLine(ref output, level, level);
        output.Add((byte)'}');
    }

    private static void Sequence(ref Utf8Buffer output, SequenceNode sequence, int level, bool inFlow)
    {
        byte separator = (byte)'[';
        foreach (YamlNode item in sequence.Items)
        {
            output.Add(separator);
            separator = (byte)',';
            NewLine(ref output, level + 1, level);
            Value(ref output, item, level < 0 ? level : level + 1, inFlow);
        }
        NewLine(ref output, level, level);
        output.Add((byte)']');
    }

    private static void NewLine(ref Utf8Buffer output, int indent, int level)
    {
        if (level >= 0)
        {
            output.Add((byte)'\n');
            output.Repeat((byte)' ', indent * 2);
        }
    }

    private static void Scalar(ref Utf8Buffer output, ScalarNode scalar, bool inFlow)
    {
        string? text = CanonicalScalar.TextOrNull(scalar, inFlow);
        if (text is not null)
        {
            JsonStrings.Write(ref output, text);
            return;
        }
        output.Add(CanonicalScalar.JsonLiteral(scalar));
    }
}
