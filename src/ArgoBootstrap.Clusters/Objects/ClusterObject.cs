using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Objects;

/// <summary>An object that is to be applied: its identity and its JSON. Immutable; the JSON is parsed only when something asks.</summary>
public sealed class ClusterObject
{
    private JsonObject? _content;

    /// <summary>Makes an object of JSON whose identity is known.</summary>
    /// <param name="reference">Its identity.</param>
    /// <param name="json">Its JSON in UTF-8; not copied, and must not change afterwards.</param>
    public ClusterObject(ObjectReference reference, ReadOnlyMemory<byte> json)
    {
        Reference = reference;
        Json = json;
    }

    /// <summary>The object's identity.</summary>
    public ObjectReference Reference { get; }

    /// <summary>The object's JSON, in UTF-8.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The object's content. Shared: whoever wants to change it clones it.</summary>
    internal JsonObject Content => _content ??= (JsonObject)JsonNode.Parse(Json.Span)!;

    /// <summary>Reads an object from JSON.</summary>
    /// <param name="json">The JSON, in UTF-8; not copied, and must not change afterwards.</param>
    /// <exception cref="OperationException">It is not an object with <c>apiVersion</c>, <c>kind</c> and name.</exception>
    public static ClusterObject Parse(ReadOnlyMemory<byte> json)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(json.Span);
        }
        catch (JsonException e)
        {
            throw new OperationException(ClusterErrorIds.InvalidObject, $"An object is not valid JSON: line {e.LineNumber}, byte {e.BytePositionInLine}.", "Correct the object.");
        }
        return node is JsonObject content
            ? new ClusterObject(ObjectReference.Of(content), json) { _content = content }
            : throw new OperationException(ClusterErrorIds.InvalidObject, "An object is not a JSON object.", "Correct the object.");
    }

    /// <summary>Makes an object of a JSON tree.</summary>
    /// <param name="content">The tree; must not change afterwards.</param>
    /// <exception cref="OperationException">It has no <c>apiVersion</c>, <c>kind</c> or name.</exception>
    public static ClusterObject FromJson(JsonObject content) =>
        new(ObjectReference.Of(content), JsonSerializer.SerializeToUtf8Bytes(content)) { _content = content };

    /// <summary>The same object with more labels.</summary>
    /// <param name="labels">Names and values; they win over those that are there.</param>
    internal ClusterObject WithLabels(IReadOnlyDictionary<string, string> labels)
    {
        if (labels.Count == 0)
        {
            return this;
        }
        var content = (JsonObject)Content.DeepClone();
        if (content["metadata"] is not JsonObject metadata)
        {
            content["metadata"] = metadata = [];
        }
        if (metadata["labels"] is not JsonObject all)
        {
            metadata["labels"] = all = [];
        }
        foreach ((string name, string value) in labels)
        {
            all[name] = value;
        }
        return new ClusterObject(Reference, JsonSerializer.SerializeToUtf8Bytes(content)) { _content = content };
    }
}
