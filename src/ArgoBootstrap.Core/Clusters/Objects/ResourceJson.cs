using System.Buffers;
using System.Text.Json;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Clusters.Objects;

/// <summary>Turns rendered objects into what an API server takes.</summary>
public static class ResourceJson
{
    /// <summary>The object that a rendered resource stands for.</summary>
    /// <param name="resource">The resource.</param>
    /// <exception cref="ClusterException">It has no <c>apiVersion</c>, <c>kind</c> or name.</exception>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">A scalar does not fit its tag.</exception>
    public static ClusterObject ToClusterObject(Resource resource) => ToClusterObject(resource.Node);

    /// <summary>The object that a YAML tree stands for.</summary>
    /// <param name="node">The tree.</param>
    /// <exception cref="ClusterException">It has no <c>apiVersion</c>, <c>kind</c> or name.</exception>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">A scalar does not fit its tag.</exception>
    public static ClusterObject ToClusterObject(MappingNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            Write(node, writer);
        }
        return ClusterObject.Parse(buffer.WrittenMemory);
    }

    private static void Write(YamlNode node, Utf8JsonWriter writer)
    {
        switch (node)
        {
            case MappingNode mapping:
                writer.WriteStartObject();
                ReadOnlySpan<MappingEntry> entries = mapping.Entries;
                for (int i = 0; i < entries.Length; i++)
                {
                    // Of a key that is there twice the last one counts, as everywhere in the engine.
                    if (mapping.IndexOf(entries[i].Key.Value) == i)
                    {
                        writer.WritePropertyName(entries[i].Key.Value);
                        Write(entries[i].Value, writer);
                    }
                }
                writer.WriteEndObject();
                break;
            case SequenceNode sequence:
                writer.WriteStartArray();
                foreach (YamlNode item in sequence.Items)
                {
                    Write(item, writer);
                }
                writer.WriteEndArray();
                break;
            case ScalarNode scalar:
                WriteScalar(ScalarValue.Of(scalar), writer);
                break;
        }
    }

    private static void WriteScalar(ScalarValue value, Utf8JsonWriter writer)
    {
        switch (value.Kind)
        {
            case ScalarValueKind.Null:
                writer.WriteNullValue();
                break;
            case ScalarValueKind.Boolean:
                writer.WriteBooleanValue(value.Boolean);
                break;
            case ScalarValueKind.Integer:
                writer.WriteNumberValue(value.Integer);
                break;
            case ScalarValueKind.UnsignedInteger:
                writer.WriteNumberValue(value.UnsignedInteger);
                break;
            case ScalarValueKind.Float when double.IsFinite(value.Float):
                writer.WriteNumberValue(value.Float);
                break;
            case ScalarValueKind.Float:
                // JSON has no infinity: the server's own message about the field is the best there is.
                writer.WriteStringValue(value.Float.ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStringValue(value.Text);
                break;
        }
    }
}
