using System.Collections.Immutable;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>
/// What kustomize's merge does to parts of an object that the patch does not name: nearly always nothing. It drops keys
/// without a value (<c>key:</c>, not <c>key: null</c>), makes the items of merged lists unique, and quotes strings whose
/// text says something else.
/// </summary>
internal static class UntouchedTree
{
    /// <summary>Whether a part that the patch does not name comes out of the merge as it is.</summary>
    /// <param name="node">The part.</param>
    /// <param name="known">Its schema, or null.</param>
    /// <param name="schema">Schemas of types, for objects within the part.</param>
    public static bool StaysAsIs(YamlNode node, SchemaNode? known, KubernetesSchema schema)
    {
        switch (node)
        {
            case MappingNode mapping:
                known ??= TypeOf(mapping, schema);
                foreach (MappingEntry entry in mapping.Entries)
                {
                    if (entry.Key.Value.Length == 0 || !StaysAsValue(entry.Value) || !StaysAsIs(entry.Value, entry.Key.Schema is { } comment ? schema.FromComment(comment) : known?.Field(entry.Key.Value), schema))
                    {
                        return false;
                    }
                }
                return true;
            case SequenceNode sequence when known is { MergesItems: true }:
                return StaysAsList(sequence, known, schema);
            default:
                return !node.IsNull;
        }
    }

    /// <summary>The schema of an object's own type, when the node is an object.</summary>
    /// <param name="node">The node.</param>
    /// <param name="schema">Schemas of types.</param>
    public static SchemaNode? TypeOf(YamlNode? node, KubernetesSchema schema) =>
        node is MappingNode mapping
            && mapping["kind"] is ScalarNode { IsNull: false, Value.Length: > 0 } kind
            && mapping["apiVersion"] is ScalarNode { IsNull: false, Value.Length: > 0 } version
            ? schema.ForResource(GroupVersionKind.Parse(version.Value, kind.Value))
            : null;

    private static bool StaysAsValue(YamlNode value) => value is not ScalarNode scalar
        || (!Yaml11.IsUnquotedAmbiguity(scalar) && (scalar.Tag != ScalarTags.Null || scalar.Value.Length > 0));

    private static bool StaysAsList(SequenceNode sequence, SchemaNode known, KubernetesSchema schema)
    {
        HashSet<string>? seen = sequence.Count > 1 ? new HashSet<string>(sequence.Count, StringComparer.Ordinal) : null;
        SchemaNode? elements = known.Elements;
        bool[]? used = null;
        foreach (YamlNode item in sequence.Items)
        {
            string? identity = known.MergeKeys.IsEmpty ? (item as ScalarNode)?.Value : Identity(item, known.MergeKeys, ref used);
            if (identity is null || item.IsNull || seen?.Add(identity) == false || !StaysAsIs(item, elements, schema))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The values of an item's merge keys; null unless it has the same keys as the items before it, and any at all.</summary>
    private static string? Identity(YamlNode item, ImmutableArray<string> keys, ref bool[]? used)
    {
        if (item is not MappingNode mapping)
        {
            return null;
        }
        bool first = used is null;
        used ??= new bool[keys.Length];
        string? identity = null;
        for (int i = 0; i < keys.Length; i++)
        {
            string value = mapping[keys[i]] is ScalarNode { IsNull: false } scalar ? scalar.Value : "";
            if (first)
            {
                used[i] = value.Length > 0;
            }
            if (used[i] != value.Length > 0)
            {
                return null;
            }
            identity = value.Length == 0 ? identity : identity is null ? value : $"{identity}\0{value}";
        }
        return identity;
    }
}
