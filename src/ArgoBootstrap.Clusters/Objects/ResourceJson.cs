using System.Buffers;
using System.Text.Json.Nodes;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Clusters.Objects;

/// <summary>Turns rendered objects into what an API server takes.</summary>
public static class ResourceJson
{
    /// <summary>The object that a rendered resource stands for.</summary>
    /// <param name="resource">The resource.</param>
    /// <exception cref="OperationException">It has no <c>apiVersion</c>, <c>kind</c> or name.</exception>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">A key occurs twice, or a value has no form in JSON.</exception>
    public static ClusterObject ToClusterObject(Resource resource) => ToClusterObject(resource.Node);

    /// <summary>The object that a YAML tree stands for.</summary>
    /// <param name="node">The tree.</param>
    /// <exception cref="OperationException">It has no <c>apiVersion</c>, <c>kind</c> or name.</exception>
    /// <exception cref="Kustomize.Diagnostics.KustomizeException">A key occurs twice, or a value has no form in JSON.</exception>
    public static ClusterObject ToClusterObject(MappingNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        CanonicalJsonWriter.Write(node, buffer);
        return ClusterObject.Parse(buffer.WrittenMemory);
    }

    /// <summary>The JSON of any YAML tree.</summary>
    internal static JsonNode ToJson(MappingNode node)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        CanonicalJsonWriter.Write(node, buffer);
        return JsonNode.Parse(buffer.WrittenSpan)!;
    }
}
