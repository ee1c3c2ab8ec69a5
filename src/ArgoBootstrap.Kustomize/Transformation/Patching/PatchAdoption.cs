using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>
/// Fits a patch to an object that was chosen by a target. kustomize gives its copy of the patch the object's apiVersion and
/// writes its labels and annotations again, values as text, so that a null in them removes nothing, but becomes the text
/// <c>null</c>, and keys without quotes, so that <c>"12"</c> becomes a number, which no key can be.
/// </summary>
internal static class PatchAdoption
{
    /// <summary>The patch for an object.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="target">The object.</param>
    public static MappingNode For(Resource patch, Resource target)
    {
        MappingNode node = patch.Node;
        if (target.ApiVersion.Length == 0)
        {
            node = node.Without("apiVersion");
        }
        else if (patch.ApiVersion != target.ApiVersion)
        {
            node = node.With("apiVersion", target.Node["apiVersion"]!);
        }
        if (node["metadata"] is MappingNode metadata)
        {
            node = node.With("metadata", AsText(AsText(metadata, "labels"), "annotations"));
        }
        return node;
    }

    private static MappingNode AsText(MappingNode metadata, string field)
    {
        if (metadata[field] is not { } value)
        {
            return metadata;
        }
        if (value is not MappingNode { Count: > 0 } map)
        {
            return metadata.Without(field);
        }
        var entries = new MappingEntry[map.Count];
        for (int i = 0; i < map.Count; i++)
        {
            MappingEntry entry = map.Entries[i];
            YamlNode text = entry.Value is ScalarNode { Tag: ScalarTags.String }
                ? AnnotationStrings.Value(entry.Value)
                : new ScalarNode((entry.Value as ScalarNode)?.Value ?? "", ScalarTags.String, ScalarStyle.DoubleQuoted, entry.Value.Position);
            entries[i] = new MappingEntry(AnnotationStrings.WithoutQuotes(entry.Key), text);
        }
        return metadata.With(field, map.WithEntries(entries));
    }
}
