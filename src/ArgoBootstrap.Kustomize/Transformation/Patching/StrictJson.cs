using System.Text;
using System.Text.Json;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>Reads JSON text, strictly, into nodes that know their place.</summary>
internal static class StrictJson
{
    /// <summary>Reads a text.</summary>
    /// <param name="text">The text, in UTF-8.</param>
    /// <param name="file">What messages call the text.</param>
    /// <exception cref="KustomizeException">It is not JSON.</exception>
    public static YamlNode Read(ReadOnlySpan<byte> text, SourceFile file)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = YamlLimits.Default.MaximumDepth });
        var places = new Places(file);
        try
        {
            reader.Read();
            YamlNode node = ReadValue(ref reader, text, places);
            if (reader.Read())
            {
                throw new JsonException("there is more text after the end");
            }
            return node;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            string why = problem is JsonException { LineNumber: not null } ? problem.Message[..problem.Message.IndexOf(" LineNumber", StringComparison.Ordinal)] : problem.Message;
            SourcePosition at = problem is JsonException { LineNumber: { } line, BytePositionInLine: var column }
                ? new SourcePosition(file, (int)line + 1, (int)(column ?? 0) + 1)
                : new SourcePosition(file, 1, 1);
            throw new KustomizeException(DiagnosticIds.InvalidPatch, $"A text that begins with [ must be JSON, which this is not: {why.TrimEnd('.')}.", at, "Correct the JSON, or write the list as YAML with a dash before each item.");
        }
    }

    private static YamlNode ReadValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, Places places)
    {
        SourcePosition position = places.At(text, (int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = new List<MappingEntry>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var key = new ScalarNode(reader.GetString()!, ScalarTags.String, ScalarStyle.DoubleQuoted, places.At(text, (int)reader.TokenStartIndex));
                    reader.Read();
                    YamlNode value = ReadValue(ref reader, text, places);
                    // Of a key that occurs twice, the last one counts.
                    entries.RemoveAll(entry => entry.Key.Value == key.Value);
                    entries.Add(new MappingEntry(key, value));
                }
                return new MappingNode([.. entries], position);
            case JsonTokenType.StartArray:
                var items = new List<YamlNode>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(ReadValue(ref reader, text, places));
                }
                return new SequenceNode([.. items], position);
            case JsonTokenType.String:
                return new ScalarNode(reader.GetString()!, ScalarTags.String, ScalarStyle.DoubleQuoted, position);
            case JsonTokenType.Null:
                return new ScalarNode("null", ScalarTags.Null, ScalarStyle.Plain, position);
            case JsonTokenType.True or JsonTokenType.False:
                return new ScalarNode(reader.TokenType == JsonTokenType.True ? "true" : "false", ScalarTags.Boolean, ScalarStyle.Plain, position);
            default:
                string number = Encoding.UTF8.GetString(reader.ValueSpan);
                return new ScalarNode(number, number.AsSpan().IndexOfAny(".eE") < 0 ? ScalarTags.Integer : ScalarTags.Float, ScalarStyle.Plain, position);
        }
    }

    /// <summary>Turns places in a text, which only ever grow, into lines and columns.</summary>
    private sealed class Places(SourceFile file)
    {
        private int _at;
        private int _line = 1;
        private int _lineStart;

        public SourcePosition At(ReadOnlySpan<byte> text, int offset)
        {
            for (; _at < offset; _at++)
            {
                if (text[_at] == (byte)'\n')
                {
                    _line++;
                    _lineStart = _at + 1;
                }
            }
            return new SourcePosition(file, _line, Encoding.UTF8.GetCharCount(text[_lineStart..offset]) + 1);
        }
    }
}
