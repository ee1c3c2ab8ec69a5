using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Transformation.Patching;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>Reads the Kubernetes objects of a file: several documents, and lists of objects, which are unwrapped.</summary>
public static class ResourceReader
{
    private const string ListSuffix = "List";
    private const string Refusal = "The members of a list cannot be taken out of an object";

    /// <summary>Reads the objects of a text.</summary>
    /// <param name="text">The text, in UTF-8.</param>
    /// <param name="file">What messages call the text.</param>
    /// <param name="schema">The schema in force.</param>
    /// <param name="limits">Bounds on what is accepted.</param>
    /// <returns>The objects in the order in which kustomize takes them: the members of a list come after everything else in the file.</returns>
    /// <exception cref="KustomizeException">The text is not YAML, or holds something that is not a Kubernetes object.</exception>
    public static IReadOnlyList<Resource> Read(ReadOnlySpan<byte> text, SourceFile file, KubernetesSchema schema, YamlLimits? limits = null) =>
        FromDocuments(YamlReader.ReadResourceDocuments(text, file, limits), schema);

    /// <summary>Takes documents as Kubernetes objects.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="schema">The schema in force.</param>
    /// <exception cref="KustomizeException">A document is not a Kubernetes object.</exception>
    public static IReadOnlyList<Resource> FromDocuments(IReadOnlyList<YamlNode> documents, KubernetesSchema schema)
    {
        var queue = new Queue<YamlNode>();
        foreach (YamlNode document in Unwrap(documents))
        {
            queue.Enqueue(document);
        }
        var bag = new DiagnosticBag();
        var result = new List<Resource>();
        while (queue.TryDequeue(out YamlNode? node))
        {
            if (IsEmpty(node))
            {
                continue;
            }
            if (Check(node, bag) is not MappingNode mapping)
            {
                continue;
            }
            Resource resource = BuildNotes.TakeFrom(new Resource(mapping, schema));
            if (!resource.Kind.EndsWith(ListSuffix, StringComparison.Ordinal) || !mapping.TryGet("items", out YamlNode? items))
            {
                result.Add(resource);
            }
            else if (items is SequenceNode members)
            {
                foreach (YamlNode member in ((SequenceNode)JsonForm.RoundTrip(members, Refusal, quotes: true)).Items)
                {
                    queue.Enqueue(member);
                }
            }
            else if (!items.IsNull)
            {
                bag.Error(DiagnosticIds.WrongType, $"'items' of a {resource.Kind} must be a list, but is a {items.KindName}.", items.Position, "Make it a list of objects.");
            }
        }
        bag.ThrowIfAny();
        return result;
    }

    /// <summary>A lone List or ResourceList stands for its items, whose own names and kinds are checked like those of any other.</summary>
    private static IEnumerable<YamlNode> Unwrap(IReadOnlyList<YamlNode> documents) =>
        documents is [MappingNode only]
        && only["kind"] is ScalarNode { Value: "List" or "ResourceList" }
        && (only["items"] is not null || only["functionConfig"] is not null)
            && only["items"] is not MappingNode { Count: > 0 }
            ? only["items"] is SequenceNode items ? items.Items.ToArray() : []
            : documents;

    private static MappingNode? Check(YamlNode node, DiagnosticBag bag)
    {
        if (node is not MappingNode mapping)
        {
            bool isPatch = node is SequenceNode { Count: > 0 } list && list[0] is MappingNode first && first["op"] is not null;
            bag.Error(
                DiagnosticIds.InvalidResource, $"A Kubernetes object must be a mapping, but this is a {(node is SequenceNode ? "list" : node.KindName)}.", node.Position,
                isPatch ? "This is a JSON patch: name it as 'path' of an entry of 'patches', with its object under 'target'." : "Write an object with apiVersion, kind and metadata.");
            return null;
        }
        var resource = new Resource(mapping, KubernetesSchema.Default);
        if (resource.Kind.Length == 0)
        {
            string hint = mapping["resources"] is not null || mapping["patches"] is not null ? " If it is a kustomization, name its folder instead of the file."
                : mapping["apiVersion"] is null && mapping["metadata"] is null ? " Values of a chart belong under 'helmCharts', as 'valuesFile'."
                : "";
            bag.Error(DiagnosticIds.InvalidResource, "This object has no 'kind'.", node.Position, "Add apiVersion and kind." + hint);
            return null;
        }
        if (resource.Name.Length == 0 && !resource.Kind.EndsWith(ListSuffix, StringComparison.Ordinal))
        {
            bag.Error(DiagnosticIds.InvalidResource, $"This {resource.Kind} has no 'metadata.name'.", node.Position, "Give it a name.");
            return null;
        }
        return mapping;
    }

    private static bool IsEmpty(YamlNode node) =>
        node.IsNull || node is MappingNode { Count: 0 } or SequenceNode { Count: 0 } or ScalarNode { Value.Length: 0 };
}
