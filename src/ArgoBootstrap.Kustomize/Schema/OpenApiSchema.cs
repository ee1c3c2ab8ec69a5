using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Schema;

/// <summary>What an OpenAPI v2 document that a kustomization names says of types. Immutable.</summary>
internal sealed class OpenApiSchema
{
    private const string TypeExtension = "x-kubernetes-group-version-kind";
    private readonly Dictionary<GroupVersionKind, YamlNode> _byType = [];
    private readonly Dictionary<GroupVersionKind, bool> _clusterScoped = [];

    /// <summary>Reads a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="keepsBuiltIn">Whether Kubernetes' own definitions are known as well, and go first.</param>
    /// <exception cref="KustomizeException">It is not an OpenAPI document.</exception>
    public OpenApiSchema(YamlNode document, bool keepsBuiltIn)
    {
        KeepsBuiltIn = keepsBuiltIn;
        if (document is not MappingNode root)
        {
            throw Invalid($"An OpenAPI document must be a mapping, but this is a {document.KindName}.", document);
        }
        Definitions = Section(root, "definitions");
        foreach (MappingEntry definition in Definitions.Entries)
        {
            if (definition.Value is MappingNode schema && schema[TypeExtension] is SequenceNode types)
            {
                foreach (YamlNode type in types.Items)
                {
                    if (TryReadType(type, out GroupVersionKind found))
                    {
                        _byType[found] = schema;
                    }
                }
            }
        }
        ReadScopes(Section(root, "paths"));
    }

    /// <summary>No document: only Kubernetes' own definitions are known.</summary>
    public static OpenApiSchema BuiltInOnly { get; } = new(MappingNode.Empty, keepsBuiltIn: true);

    /// <summary>Whether Kubernetes' own definitions are known as well, and go first.</summary>
    public bool KeepsBuiltIn { get; }

    /// <summary>The definitions by name.</summary>
    public MappingNode Definitions { get; }

    /// <summary>The schema of a type, or null.</summary>
    /// <param name="type">The type.</param>
    public SchemaNode? ForResource(GroupVersionKind type) =>
        _byType.TryGetValue(type, out YamlNode? schema) ? OpenApiSchemaNode.Create(schema, this) : null;

    /// <summary>Whether the document's paths say that a type is not namespaced; null when they say nothing of it.</summary>
    /// <param name="type">The type.</param>
    public bool? IsClusterScoped(GroupVersionKind type) => _clusterScoped.TryGetValue(type, out bool scope) ? scope : null;

    // A type is namespaced when any path that gets it has a namespace in it.
    private void ReadScopes(MappingNode paths)
    {
        foreach (MappingEntry path in paths.Entries)
        {
            if (path.Value is MappingNode item && item["get"] is MappingNode get && TryReadType(get[TypeExtension], out GroupVersionKind type))
            {
                bool namespaced = path.Key.Value.Contains("namespaces/{namespace}", StringComparison.Ordinal);
                if (namespaced || !_clusterScoped.ContainsKey(type))
                {
                    _clusterScoped[type] = !namespaced;
                }
            }
        }
    }

    private static MappingNode Section(MappingNode root, string name) => root[name] switch
    {
        null or { IsNull: true } => MappingNode.Empty,
        MappingNode section => section,
        YamlNode other => throw Invalid($"The field {name} of an OpenAPI document must be a mapping, but is a {other.KindName}.", other),
    };

    private static bool TryReadType(YamlNode? node, out GroupVersionKind type)
    {
        type = default;
        if (node is not MappingNode { } mapping || mapping["version"] is not ScalarNode version || mapping["kind"] is not ScalarNode kind)
        {
            return false;
        }
        string group = mapping["group"] is ScalarNode { IsNull: false } given ? given.Value : "";
        type = new GroupVersionKind(group, version.Value, kind.Value);
        return true;
    }

    private static KustomizeException Invalid(string message, YamlNode node) =>
        new(DiagnosticIds.InvalidSchema, message, node.Position, "Name an OpenAPI v2 document in JSON or YAML, as `kustomize openapi fetch` writes it.");
}
