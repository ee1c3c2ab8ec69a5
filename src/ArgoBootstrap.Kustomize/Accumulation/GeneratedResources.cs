using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>Puts generated objects among the others: new, in place of one that is there, or merged into it.</summary>
internal static class GeneratedResources
{
    /// <summary>Takes a generated object in, as its behavior says.</summary>
    /// <param name="resources">The objects so far.</param>
    /// <param name="generated">The generated object.</param>
    /// <param name="position">Where it is configured.</param>
    /// <exception cref="KustomizeException">The behavior does not fit what is there.</exception>
    public static void Absorb(ResourceMap resources, Resource generated, SourcePosition position)
    {
        IReadOnlyList<int> places = resources.IndexesOfAny(generated.Id);
        bool needsTarget = generated.Behavior is GenerationBehavior.Merge or GenerationBehavior.Replace;
        switch (places.Count)
        {
            case 0 when needsTarget:
                throw new KustomizeException(
                    DiagnosticIds.TargetNotFound,
                    $"The generator's behavior is {generated.Behavior.ToString().ToLowerInvariant()}, but there is no {generated.Id.Describe()} yet.",
                    position,
                    "Correct name and namespace, or use behavior create." + ResourceSuggestion.Sentence(resources.ToList(), generated.Id));
            case 0:
                resources.TryAppend(generated);
                break;
            case 1 when needsTarget:
                Resource old = resources[places[0]];
                resources[places[0]] = Resource.InPlaceOf(old, InPlaceOf(old, generated), old.NeedsHash && generated.NeedsHash)
                    .WithOrigin(generated.Behavior == GenerationBehavior.Merge && old.Origin is not null ? old.Origin : generated.Origin ?? old.Origin);
                break;
            case 1:
                throw new KustomizeException(
                    DiagnosticIds.DuplicateResource,
                    $"The generated {generated.Id.Describe()} is there already, at {resources[places[0]].Node.Position}.",
                    position,
                    "Give it another name, or say behavior: merge or behavior: replace.");
            default:
                throw new KustomizeException(
                    DiagnosticIds.AmbiguousTarget,
                    $"The generated {generated.Id.Describe()} fits {places.Count} objects: {string.Join(", ", places.Select(p => resources[p].Id.Describe()))}.",
                    position,
                    "Give it the namespace of the one that is meant.");
        }
    }

    private static MappingNode InPlaceOf(Resource old, Resource generated)
    {
        MappingNode node = generated.Node;
        node = WithStringMap(node, "labels", Union(Map(old.Node["metadata"], "labels"), Map(node["metadata"], "labels")));
        node = WithStringMap(node, "annotations", Union(Map(old.Node["metadata"], "annotations"), Map(node["metadata"], "annotations")));
        var metadata = (MappingNode)node["metadata"]!;
        metadata = metadata.With("name", Metadata(old, "name") ?? ScalarNode.String(old.Name));
        metadata = Metadata(old, "namespace") is YamlNode ns ? metadata.With("namespace", ns) : metadata.Without("namespace");
        node = node.With("metadata", metadata);
        if (generated.Behavior == GenerationBehavior.Merge)
        {
            node = WithData(node, "data", Union(Map(old.Node, "data"), Map(node, "data")));
            node = WithData(node, "binaryData", Union(Map(old.Node, "binaryData"), Map(node, "binaryData")));
        }
        return node;
    }

    private static YamlNode? Metadata(Resource resource, string field) =>
        resource.Node["metadata"] is MappingNode metadata && metadata[field] is ScalarNode { IsNull: false } scalar ? scalar : null;

    private static SortedDictionary<string, YamlNode> Map(YamlNode? parent, string field)
    {
        var result = new SortedDictionary<string, YamlNode>(StringComparer.Ordinal);
        if (parent is MappingNode mapping && mapping[field] is MappingNode map)
        {
            foreach (MappingEntry entry in map.Entries)
            {
                string text = entry.Value is ScalarNode { IsNull: false } scalar ? scalar.Value : "";
                result[entry.Key.Value] = new ScalarNode(text, ScalarTags.String, ScalarStyle.Plain, entry.Value.Position);
            }
        }
        return result;
    }

    private static SortedDictionary<string, YamlNode> Union(SortedDictionary<string, YamlNode> under, SortedDictionary<string, YamlNode> over)
    {
        foreach ((string key, YamlNode value) in over)
        {
            under[key] = value;
        }
        return under;
    }

    private static MappingNode WithStringMap(MappingNode node, string field, SortedDictionary<string, YamlNode> map)
    {
        var metadata = node["metadata"] as MappingNode ?? MappingNode.Empty;
        return node.With("metadata", WithData(metadata, field, map));
    }

    private static MappingNode WithData(MappingNode node, string field, SortedDictionary<string, YamlNode> map) => map.Count == 0
        ? node.Without(field)
        : node.With(field, MappingNode.Create(map.Select(p => new MappingEntry(ScalarNode.Plain(p.Key), p.Value))));
}
