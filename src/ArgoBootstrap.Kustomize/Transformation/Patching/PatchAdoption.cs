using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>
/// Fits a patch to an object that was chosen by a target. kustomize gives its copy of the patch the object's apiVersion and
/// writes its labels and annotations anew as text, so a null in them removes nothing, but becomes the text <c>null</c>.
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
        MappingNode text = map;
        for (int i = 0; i < map.Count; i++)
        {
            YamlNode entry = map.Entries[i].Value;
            if (entry is not ScalarNode { Tag: ScalarTags.String })
            {
                text = text.WithValueAt(i, new ScalarNode((entry as ScalarNode)?.Value ?? "", ScalarTags.String, ScalarStyle.DoubleQuoted, entry.Position));
            }
        }
        return metadata.With(field, text);
    }
}
