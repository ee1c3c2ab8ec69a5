using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Installers;

/// <summary>A manifest that was read.</summary>
/// <param name="Source">Where it came from.</param>
/// <param name="Sha256">The SHA-256 of its bytes, in hexadecimal: what to pin.</param>
/// <param name="Objects">Its objects, in its order.</param>
public sealed record Manifest(string Source, string Sha256, IReadOnlyList<ClusterObject> Objects)
{
    internal static Manifest Parse(byte[] content, string source, string sha256)
    {
        try
        {
            ClusterObject[] objects = [.. YamlReader.ReadAll(content, new SourceFile(source)).OfType<MappingNode>().SelectMany(Items).Select(ResourceJson.ToClusterObject)];
            return objects.Length > 0
                ? new Manifest(source, sha256, objects)
                : throw new OperationException(ErrorIds.ManifestUnavailable, $"The manifest {source} holds no objects.", "Name the manifest of a release.");
        }
        catch (KustomizeException e)
        {
            throw new OperationException(ErrorIds.ManifestUnavailable, $"The manifest {source} is not YAML: {e.Message}", "Name the manifest of a release, not a page about it.", e);
        }
    }

    private static IEnumerable<MappingNode> Items(MappingNode document) =>
        document["kind"] is ScalarNode { Value: "List" } && document["items"] is SequenceNode list ? list.Items.ToArray().OfType<MappingNode>() : [document];
}
