using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Schema;

/// <summary>What a build knows of types: which are not namespaced, and how their lists merge. Immutable.</summary>
public sealed class KubernetesSchema
{
    private readonly OpenApiSchema? _custom;
    private readonly bool _builtIn;

    private KubernetesSchema(OpenApiSchema? custom, bool builtIn)
    {
        _custom = custom;
        _builtIn = builtIn;
    }

    /// <summary>The schema that kustomize 5.8 embeds: Kubernetes 1.21.</summary>
    public static KubernetesSchema Default { get; } = new(null, true);

    /// <summary>The schema that a kustomization names by its version (<c>openapi.version</c>).</summary>
    /// <param name="version">The version; empty for the default one.</param>
    /// <param name="position">Where it is named.</param>
    /// <exception cref="KustomizeException">There is no such schema.</exception>
    public static KubernetesSchema FromVersion(string version, SourcePosition position) =>
        version is "" or BuiltInSchema.Version
            ? Default
            : throw new KustomizeException(
                DiagnosticIds.InvalidSchema,
                $"There is no built-in OpenAPI schema of version '{version}'.",
                position,
                $"Use {BuiltInSchema.Version}, the one that there is, or name a file with openapi.path.");

    /// <summary>
    /// The schema of an OpenAPI v2 document that a kustomization names (<c>openapi.path</c>). kustomize uses it instead of
    /// the built-in one, so types that it leaves out are merged as unknown types are; only the scope of built-in types stays.
    /// </summary>
    /// <param name="document">The document, read from JSON or YAML.</param>
    /// <param name="keepBuiltIn">
    /// Whether the built-in schema is used as well and goes first. So it is where a base names the document after resources
    /// of another one have been read (kyaml: a parse that was put off).
    /// </param>
    /// <exception cref="KustomizeException">It is not an OpenAPI document.</exception>
    public static KubernetesSchema FromOpenApi(YamlNode document, bool keepBuiltIn = false) => new(new OpenApiSchema(document, keepBuiltIn), keepBuiltIn);

    /// <summary>Whether a type is known to be not namespaced. Unknown types count as namespaced.</summary>
    /// <param name="type">The type.</param>
    public bool IsClusterScoped(GroupVersionKind type) => BuiltInScopes.IsClusterScoped(type) ?? _custom?.IsClusterScoped(type) ?? false;

    /// <summary>The schema of a type, or null when the type is unknown.</summary>
    /// <param name="type">The type.</param>
    public SchemaNode? ForResource(GroupVersionKind type)
    {
        // kustomize's own types are known whatever the schema.
        bool asked = _builtIn || type.Group == "kustomize.config.k8s.io";
        return (asked ? BuiltInSchema.ForResource(type) : null) ?? _custom?.ForResource(type);
    }

    /// <summary>The schema that a comment beside a key gives (kyaml: fieldmeta).</summary>
    /// <param name="schema">The comment's JSON.</param>
    internal SchemaNode? FromComment(MappingNode schema) => OpenApiSchemaNode.Create(schema, _custom ?? OpenApiSchema.BuiltInOnly);
}
