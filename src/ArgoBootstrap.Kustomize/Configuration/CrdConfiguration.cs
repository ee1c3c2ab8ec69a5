using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>
/// Reads the files that <c>crds</c> of a kustomization names: OpenAPI definitions by type name, whose
/// <c>x-kubernetes-annotation</c>, <c>-label-selector</c>, <c>-identity</c> and <c>-object-ref-*</c> extensions say which
/// fields of custom resources hold annotations, labels and names.
/// </summary>
public static class CrdConfiguration
{
    /// <summary>Reads one file.</summary>
    /// <param name="node">The file's document.</param>
    /// <exception cref="KustomizeException">It is not a mapping of definitions, or a definition refers to itself.</exception>
    public static TransformerConfiguration Read(YamlNode node)
    {
        if (node.IsNull)
        {
            return TransformerConfiguration.Empty;
        }
        if (node is not MappingNode definitions)
        {
            throw Invalid($"A file of OpenAPI definitions must be a mapping from type names to definitions, but is a {node.KindName}.", node.Position, "Name a file of OpenAPI definitions in crds.");
        }
        TransformerConfiguration result = TransformerConfiguration.Empty;
        foreach (MappingEntry definition in definitions.Entries)
        {
            if (PropertiesOf(definition.Value) is { } properties && properties["kind"] is not null && properties["apiVersion"] is not null && properties["metadata"] is not null)
            {
                string name = definition.Key.Value;
                var reader = new DefinitionReader(definitions, new GroupVersionKind("", "", name[(name.LastIndexOf('.') + 1)..]));
                reader.Read(properties, "");
                result = TransformerConfigurationMerger.Merge(result, reader.Result, definition.Key.Position);
            }
        }
        return result;
    }

    private static MappingNode? PropertiesOf(YamlNode definition)
    {
        if (Field(definition, "Schema") is not { IsNull: false } schema)
        {
            return null;
        }
        YamlNode? properties = schema is MappingNode mapping
            ? mapping["properties"]
            : throw Invalid($"The Schema of an OpenAPI definition must be a mapping, but is a {schema.KindName}.", schema.Position, "Correct the definition.");
        return properties switch
        {
            null or { IsNull: true } => null,
            MappingNode found => found,
            _ => throw Invalid($"The properties of an OpenAPI definition must be a mapping, but are a {properties.KindName}.", properties.Position, "Correct the definition."),
        };
    }

    // As Go's decoder: names of Go's own fields match in any case.
    private static YamlNode? Field(YamlNode node, string name)
    {
        if (node is not MappingNode mapping)
        {
            return node.IsNull ? null : throw Invalid(
                $"An OpenAPI definition must be a mapping, but is a {node.KindName}.",
                node.Position,
                "List files of OpenAPI definitions under crds. A CustomResourceDefinition belongs under resources.");
        }
        foreach (MappingEntry entry in mapping.Entries)
        {
            if (entry.Key.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return entry.Value;
            }
        }
        return null;
    }

    private static KustomizeException Invalid(string message, SourcePosition position, string remedy) => new(DiagnosticIds.InvalidSchema, message, position, remedy);

    private sealed class DefinitionReader(MappingNode definitions, GroupVersionKind type)
    {
        private readonly HashSet<string> _open = new(StringComparer.Ordinal);

        public TransformerConfiguration Result { get; private set; } = TransformerConfiguration.Empty;

        public void Read(MappingNode properties, string path)
        {
            foreach (MappingEntry property in properties.Entries)
            {
                if (property.Value.IsNull)
                {
                    continue;
                }
                if (property.Value is not MappingNode schema)
                {
                    throw Invalid($"The schema of the property {property.Key.Value} must be a mapping, but is a {property.Value.KindName}.", property.Value.Position, "Correct the definition.");
                }
                string field = path.Length == 0 ? property.Key.Value : $"{path}/{property.Key.Value}";
                ReadExtensions(schema, field);
                if (schema["$ref"] is ScalarNode { IsNull: false, Value.Length: > 0 } reference)
                {
                    Follow(reference, field);
                }
            }
        }

        private void ReadExtensions(MappingNode schema, string field)
        {
            FieldSpec spec = new(type, field);
            if (Extension(schema, "x-kubernetes-annotation") is not null)
            {
                Add(schema, TransformerConfiguration.Empty with { CommonAnnotations = [spec] });
            }
            if (Extension(schema, "x-kubernetes-label-selector") is not null)
            {
                Add(schema, TransformerConfiguration.Empty with { CommonLabels = [spec] });
            }
            if (Extension(schema, "x-kubernetes-identity") is not null)
            {
                Add(schema, TransformerConfiguration.Empty with { NamePrefix = [spec] });
            }
            if (Extension(schema, "x-kubernetes-object-ref-api-version") is { } version && Extension(schema, "x-kubernetes-object-ref-kind") is { } kind)
            {
                string key = Extension(schema, "x-kubernetes-object-ref-name-key") ?? "name";
                NameReference reference = new(new GroupVersionKind("", version, kind), [new FieldSpec(type, $"{field}/{key}")]);
                Add(schema, TransformerConfiguration.Empty with { NameReferences = [reference] });
            }
        }

        private void Follow(ScalarNode reference, string field)
        {
            string name = reference.Value;
            if (!definitions.TryGet(name, out YamlNode? definition) || PropertiesOf(definition) is not { } properties)
            {
                return;
            }
            if (!_open.Add(name))
            {
                throw Invalid($"The OpenAPI definition {name} refers to itself.", reference.Position, "Break the cycle: kustomize reads definitions to their end.");
            }
            Read(properties, field);
            _open.Remove(name);
        }

        private void Add(MappingNode schema, TransformerConfiguration added) =>
            Result = TransformerConfigurationMerger.Merge(Result, added, schema.Position);

        private static string? Extension(MappingNode schema, string name) => schema[name] is ScalarNode { Tag: ScalarTags.String } text ? text.Value : null;
    }
}
