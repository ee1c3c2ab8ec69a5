using ArgoBootstrap.Kustomize.Accumulation;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>
/// kustomize keeps what it remembers about an object in annotations of the object, where a JSON patch meets them: adding an
/// annotation to an object that has none succeeds because of them. Here they are put in for the time of a patch only.
/// </summary>
internal static class BuildAnnotations
{
    private const string Domain = "internal.config.kubernetes.io/";
    private const string OriginKey = "config.kubernetes.io/origin";
    private const string TransformationsKey = "alpha.config.kubernetes.io/transformations";
    private const string Enabled = "enabled";

    /// <summary>An object as kustomize sees it, with its own annotations in it; null where it has none.</summary>
    /// <param name="resource">The object.</param>
    public static MappingNode? View(Resource resource) => Of(resource) is { Count: > 0 } own ? With(resource.Node, own) : null;

    /// <summary>
    /// Changes an object's fields. Annotations are a field of it where kustomize keeps its own there, though nobody sees them.
    /// </summary>
    /// <param name="resource">The object.</param>
    /// <param name="change">The change, which adds to annotations or leaves them alone.</param>
    public static Resource ApplyWithRoom(Resource resource, Func<MappingNode, MappingNode> change)
    {
        if (Annotations(resource.Node) is not null || resource.Node["metadata"] is not MappingNode metadata || Of(resource).Count == 0)
        {
            return resource.WithNode(change(resource.Node));
        }
        MappingNode result = change(resource.Node.With("metadata", metadata.With("annotations", MappingNode.Empty)));
        return resource.WithNode(Annotations(result) is { Count: 0 } ? result.With("metadata", ((MappingNode)result["metadata"]!).Without("annotations")) : result);
    }

    /// <summary>Applies a change to an object as kustomize sees it, with its own annotations in it.</summary>
    /// <param name="resource">The object.</param>
    /// <param name="change">The change.</param>
    public static Resource Apply(Resource resource, Func<MappingNode, MappingNode> change)
    {
        List<MappingEntry> own = Of(resource);
        MappingNode result = change(own.Count == 0 ? resource.Node : With(resource.Node, own));
        // kustomize puts its own annotations back where a patch removed them, but those of buildMetadata are not its own.
        MappingNode left = Annotations(result) ?? MappingNode.Empty;
        Resource changed = resource.WithNode(Without(result, own));
        if (changed.Origin is not null && left[OriginKey] is null)
        {
            changed = changed.WithOrigin(null);
        }
        return !changed.Transformations.IsEmpty && left[TransformationsKey] is null ? changed.WithoutTransformations() : changed;
    }

    /// <summary>Applies a change after which kustomize does not put its own annotations back: an object that loses them is as new.</summary>
    /// <param name="resource">The object.</param>
    /// <param name="change">The change.</param>
    public static Resource ApplyBare(Resource resource, Func<MappingNode, MappingNode> change)
    {
        List<MappingEntry> own = Of(resource);
        if (own.Count == 0)
        {
            return resource.WithNode(change(resource.Node));
        }
        MappingNode result = change(With(resource.Node, own));
        if (Annotations(result) is not { } annotations || annotations[own[0].Key.Value] is null)
        {
            return ResourcePatching.Forget(resource, result);
        }
        foreach (MappingEntry entry in own)
        {
            annotations = annotations.Without(entry.Key.Value);
        }
        return resource.WithNode(result.With("metadata", ((MappingNode)result["metadata"]!).With("annotations", annotations)));
    }

    private static List<MappingEntry> Of(Resource resource)
    {
        var result = new List<MappingEntry>();
        Add("previousNames", string.Join(',', resource.PreviousIds.Select(id => id.Name)));
        Add("previousNamespaces", string.Join(',', resource.PreviousIds.Select(id => id.EffectiveNamespace)));
        Add("previousKinds", string.Join(',', resource.PreviousIds.Select(id => id.Type.Kind)));
        Add("prefixes", string.Join(',', resource.NamePrefixes));
        Add("suffixes", string.Join(',', resource.NameSuffixes));
        Add("generatorBehavior", resource.Behavior == GenerationBehavior.None ? "" : resource.Behavior.ToString().ToLowerInvariant());
        Add("needsHashSuffix", resource.NeedsHash ? Enabled : "");
        if (resource.Origin is { } origin)
        {
            result.Add(Entry(OriginKey, OriginText.Of(origin)));
        }
        if (!resource.Transformations.IsEmpty)
        {
            result.Add(Entry(TransformationsKey, OriginText.Of(resource.Transformations)));
        }
        return result;

        void Add(string name, string value)
        {
            if (value.Length > 0)
            {
                result.Add(Entry(Domain + name, value));
            }
        }

        static MappingEntry Entry(string key, string value) => new(ScalarNode.String(key), ScalarNode.String(value));
    }

    private static MappingNode? Annotations(MappingNode node) => (node["metadata"] as MappingNode)?["annotations"] as MappingNode;

    private static MappingNode With(MappingNode node, List<MappingEntry> own)
    {
        if (node["metadata"] is not MappingNode metadata)
        {
            return node;
        }
        MappingNode annotations = Annotations(node) ?? MappingNode.Empty;
        return node.With("metadata", metadata.With("annotations", annotations.WithEntries([.. annotations.Entries, .. own])));
    }

    /// <summary>Takes the annotations out again; those that stay are text, and where none stay, the field goes too.</summary>
    private static MappingNode Without(MappingNode node, List<MappingEntry> own)
    {
        if (node["metadata"] is not MappingNode metadata || metadata["annotations"] is not { } field)
        {
            return node;
        }
        MappingNode annotations = AnnotationStrings.Read(field);
        foreach (MappingEntry entry in own)
        {
            annotations = annotations.Without(entry.Key.Value);
        }
        if (annotations.Count == 0)
        {
            return node.With("metadata", metadata.Without("annotations"));
        }
        for (int i = 0; i < annotations.Count; i++)
        {
            if (annotations.Entries[i].Value is not ScalarNode { Tag: ScalarTags.String } value)
            {
                string text = (annotations.Entries[i].Value as ScalarNode)?.Value ?? "";
                annotations = annotations.WithValueAt(i, new ScalarNode(text, ScalarTags.String, ScalarStyle.DoubleQuoted, annotations.Entries[i].Value.Position));
            }
        }
        return node.With("metadata", metadata.With("annotations", annotations));
    }
}
