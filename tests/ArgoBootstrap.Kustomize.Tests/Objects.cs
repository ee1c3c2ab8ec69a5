using System.Buffers;
using System.Text;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests;

/// <summary>Reads objects from YAML, and prints them as kustomize does.</summary>
internal static class Objects
{
    public static MappingNode Node(string yaml) => (MappingNode)Document(yaml);

    public static YamlNode Document(string yaml) =>
        YamlReader.ReadAll(Encoding.UTF8.GetBytes(yaml), new SourceFile("test.yaml")) is [var first, ..] ? first : ScalarNode.Null;

    public static ResourceMap Map(string yaml) => new(Read(yaml));

    public static IEnumerable<Resource> Read(string yaml) =>
        YamlReader.ReadResourceDocuments(Encoding.UTF8.GetBytes(yaml), new SourceFile("test.yaml")).Select(n => new Resource((MappingNode)n, KubernetesSchema.Default));

    /// <summary>An object that was renamed or moved, as prefixes and namespaces do it.</summary>
    public static Resource Renamed(this Resource resource, string name, string? ns = null)
    {
        var metadata = (MappingNode)resource.Node["metadata"]!;
        metadata = metadata.With("name", ScalarNode.String(name));
        metadata = ns is null ? metadata : metadata.With("namespace", ScalarNode.String(ns));
        return resource.WithStoredId().WithNode(resource.Node.With("metadata", metadata));
    }

    public static string Print(ResourceMap map) => string.Join("---\n", map.ToList().Select(r => Print(r.Node)));

    public static string Print(YamlNode node)
    {
        var output = new ArrayBufferWriter<byte>();
        CanonicalYamlWriter.Write(node, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The value at a path of keys and indexes, as text; empty when it is not there.</summary>
    public static string At(this Resource resource, string path)
    {
        YamlNode? node = resource.Node;
        foreach (string part in path.Split('/'))
        {
            node = node switch
            {
                MappingNode mapping => mapping[part],
                SequenceNode sequence => sequence[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)],
                _ => null,
            };
        }
        return node is null ? "" : Print(node).Trim();
    }
}
