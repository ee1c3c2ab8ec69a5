using System.Buffers;
using System.Text;
using ArgoBootstrap.Kustomize.Yaml.Writing;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>
/// Writes nodes as YAML text the way kyaml prints a node (go-yaml v3): keys in their order, quotes, blocks and brackets as
/// they were read, lines not folded, sequences not indented. Comments are not kept, and aliases are written out.
/// </summary>
public static class YamlV3Writer
{
    /// <summary>A node as YAML text, with a line end.</summary>
    /// <param name="node">The node.</param>
    public static string ToText(YamlNode node)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(node, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Writes a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="output">Receives UTF-8, with a line end.</param>
    public static void Write(YamlNode node, IBufferWriter<byte> output)
    {
        var buffer = new Utf8Buffer(output);
        try
        {
            Node(ref buffer, node, 0, start: true);
            buffer.Flush();
        }
        finally
        {
            buffer.Release();
        }
    }

    /// <summary>Writes a node in block context, with the line end after it.</summary>
    private static void Node(ref Utf8Buffer output, YamlNode node, int indent, bool start)
    {
        switch (node)
        {
            case MappingNode { Count: > 0, IsFlow: false } mapping:
                Mapping(ref output, mapping, indent);
                return;
            case SequenceNode { Count: > 0, IsFlow: false } sequence:
                Sequence(ref output, sequence, indent);
                return;
            case ScalarNode scalar:
                bool ended = V3ScalarWriter.Write(ref output, scalar, start ? 2 : indent, spaced: start, flow: false, simpleKey: false);
                if (!ended)
                {
                    output.Add((byte)'\n');
                }
                return;
            default:
                Flow(ref output, node, indent);
                output.Add((byte)'\n');
                return;
        }
    }

    private static void Mapping(ref Utf8Buffer output, MappingNode mapping, int indent)
    {
        bool first = true;
        foreach (MappingEntry entry in mapping.Entries)
        {
            if (!first)
            {
                output.Repeat((byte)' ', indent);
            }
            first = false;
            if (V3ScalarWriter.IsSimpleKey(entry.Key))
            {
                V3ScalarWriter.Write(ref output, entry.Key, indent + 2, spaced: true, flow: false, simpleKey: true);
                output.Add((byte)':');
                Value(ref output, entry.Value, indent);
                continue;
            }
            output.Add((byte)'?');
            Inline(ref output, entry.Key, indent);
            output.Repeat((byte)' ', indent);
            output.Add((byte)':');
            Inline(ref output, entry.Value, indent);
        }
    }

    private static void Sequence(ref Utf8Buffer output, SequenceNode sequence, int indent)
    {
        bool first = true;
        foreach (YamlNode item in sequence.Items)
        {
            if (!first)
            {
                output.Repeat((byte)' ', indent);
            }
            first = false;
            output.Add((byte)'-');
            Inline(ref output, item, indent);
        }
    }

    private static void Value(ref Utf8Buffer output, YamlNode value, int indent)
    {
        switch (value)
        {
            case MappingNode { Count: > 0, IsFlow: false } mapping:
                output.Add((byte)'\n');
                output.Repeat((byte)' ', indent + 2);
                Mapping(ref output, mapping, indent + 2);
                break;
            case SequenceNode { Count: > 0, IsFlow: false } sequence:
                output.Add((byte)'\n');
                output.Repeat((byte)' ', indent);
                Sequence(ref output, sequence, indent);
                break;
            default:
                Inline(ref output, value, indent);
                break;
        }
    }

    private static void Inline(ref Utf8Buffer output, YamlNode value, int indent)
    {
        if (value is not ScalarNode)
        {
            output.Add((byte)' ');
        }
        Node(ref output, value, indent + 2, start: false);
    }

    /// <summary>Writes a node in brackets, on one line.</summary>
    private static void Flow(ref Utf8Buffer output, YamlNode node, int indent, bool spaced = true)
    {
        switch (node)
        {
            case MappingNode mapping:
                output.Add(spaced ? "{"u8 : " {"u8);
                for (int i = 0; i < mapping.Count; i++)
                {
                    FlowEntry(ref output, mapping.Entries[i], indent, first: i == 0);
                }
                output.Add((byte)'}');
                break;
            case SequenceNode sequence:
                output.Add(spaced ? "["u8 : " ["u8);
                for (int i = 0; i < sequence.Count; i++)
                {
                    output.Add(i == 0 ? ""u8 : ","u8);
                    Flow(ref output, sequence[i], indent, spaced: i == 0);
                }
                output.Add((byte)']');
                break;
            case ScalarNode scalar:
                V3ScalarWriter.Write(ref output, scalar, indent + 2, spaced, flow: true, simpleKey: false);
                break;
        }
    }

    private static void FlowEntry(ref Utf8Buffer output, in MappingEntry entry, int indent, bool first)
    {
        output.Add(first ? ""u8 : ","u8);
        if (V3ScalarWriter.IsSimpleKey(entry.Key))
        {
            V3ScalarWriter.Write(ref output, entry.Key, indent + 2, spaced: first, flow: true, simpleKey: true);
            output.Add((byte)':');
        }
        else
        {
            output.Add(first ? "?"u8 : " ?"u8);
            V3ScalarWriter.Write(ref output, entry.Key, indent + 2, spaced: false, flow: true, simpleKey: false);
            output.Add(" :"u8);
        }
        Flow(ref output, entry.Value, indent, spaced: false);
    }
}
