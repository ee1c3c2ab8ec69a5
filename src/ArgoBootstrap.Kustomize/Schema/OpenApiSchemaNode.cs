using System.Collections.Immutable;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Schema;

/// <summary>A schema of an OpenAPI v2 document that a kustomization names (<c>openapi.path</c>).</summary>
internal sealed class OpenApiSchemaNode : SchemaNode
{
    private const int MaximumReferences = 64;
    private const string DefinitionPrefix = "#/definitions/";
    private readonly MappingNode _schema;
    private readonly OpenApiSchema _document;

    private OpenApiSchemaNode(MappingNode schema, OpenApiSchema document)
    {
        _schema = schema;
        _document = document;
        // As kyaml reads it: no strategy, no merge; the list of keys goes before the single key.
        if (Text("x-kubernetes-patch-strategy")?.Split(',').Contains("merge") == true)
        {
            MergesItems = true;
            MergeKeys = schema["x-kubernetes-list-map-keys"] is SequenceNode keys
                ? [.. keys.Items.ToArray().OfType<ScalarNode>().Select(key => key.Value)]
                : Text("x-kubernetes-patch-merge-key") is { } key ? [key] : [];
        }
    }

    /// <inheritdoc/>
    public override bool MergesItems { get; }

    /// <inheritdoc/>
    public override ImmutableArray<string> MergeKeys { get; } = [];

    /// <inheritdoc/>
    public override SchemaNode? Elements => IsArray() ? Create(_schema["items"], _document) : null;

    /// <summary>Makes the schema that a node of the document stands for, following its references.</summary>
    /// <param name="node">The node.</param>
    /// <param name="document">The document, which has the definitions that references name.</param>
    /// <returns>Null when the node is not a schema, or a reference leads nowhere or in a circle.</returns>
    public static SchemaNode? Create(YamlNode? node, OpenApiSchema document)
    {
        for (int i = 0; i < MaximumReferences && node is MappingNode schema; i++)
        {
            if (schema["$ref"] is not ScalarNode { Value.Length: > 0 } reference)
            {
                return new OpenApiSchemaNode(schema, document);
            }
            if (!reference.Value.StartsWith(DefinitionPrefix, StringComparison.Ordinal))
            {
                return null;
            }
            string name = Unescape(reference.Value[DefinitionPrefix.Length..]);
            if (document.KeepsBuiltIn && BuiltInSchema.ForDefinition(name) is { } known)
            {
                return known;
            }
            node = document.Definitions[name];
        }
        return null;
    }

    /// <inheritdoc/>
    public override SchemaNode? Field(string name)
    {
        YamlNode? field = (_schema["properties"] as MappingNode)?[name] ?? _schema["additionalProperties"] as MappingNode;
        return Create(field, _document);
    }

    private static string Unescape(string pointer) => pointer.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private bool IsArray() => _schema["type"] switch
    {
        ScalarNode type => type.Value == "array",
        SequenceNode { Count: 1 } types => types[0] is ScalarNode { Value: "array" },
        _ => false,
    };

    private string? Text(string key) => (_schema[key] as ScalarNode)?.Value;
}
