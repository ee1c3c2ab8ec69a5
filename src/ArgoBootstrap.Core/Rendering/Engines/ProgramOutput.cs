using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Rendering.Engines;

/// <summary>Reads the objects that <c>kustomize build</c> prints.</summary>
internal static class ProgramOutput
{
    /// <summary>A dash and the hash.</summary>
    private const int HashSuffixLength = 11;

    private static readonly YamlLimits Limits = YamlLimits.Default with { MaximumFileBytes = ProgramCommand.MaximumBytes };

    /// <summary>Reads the objects.</summary>
    /// <param name="printed">What was printed, in UTF-8.</param>
    /// <exception cref="KustomizeException">It is not YAML, or a document of it is not a Kubernetes object.</exception>
    public static IReadOnlyList<Resource> Read(ReadOnlyMemory<byte> printed) =>
        [.. YamlReader.ReadAll(printed.Span, SourceFile.Generated, Limits).Select(Read)];

    private static Resource Read(YamlNode document)
    {
        if (document is MappingNode mapping && new Resource(mapping, KubernetesSchema.Default) is { Kind.Length: > 0, ApiVersion.Length: > 0 } resource)
        {
            return HasHash(resource) ? WithoutHash(resource) : resource;
        }

        throw new KustomizeException(
            DiagnosticIds.InvalidResource, "A document has no 'apiVersion' or no 'kind'.", document.Position, "Let it print objects and nothing else.");
    }

    /// <summary>Whether the name ends in the hash of the content, which tells a generated object.</summary>
    private static bool HasHash(Resource resource)
    {
        if (resource is not { Kind: "ConfigMap" or "Secret", ApiVersion: "v1", Name.Length: > HashSuffixLength } || resource.Name[^HashSuffixLength] != '-')
        {
            return false;
        }

        try
        {
            return resource.Name.EndsWith(ContentHash.Of(resource), StringComparison.Ordinal);
        }
        catch (KustomizeException)
        {
            // Data of which no hash can be made was not hashed.
            return false;
        }
    }

    /// <summary>The object with the memory of its name before the hash, by which comparisons and rules know it again.</summary>
    private static Resource WithoutHash(Resource resource) =>
        new Resource(resource.Node, resource.Schema) { NeedsHash = true }.WithPreviousIds([resource.Id with { Name = resource.Name[..^HashSuffixLength] }]);
}
