using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Redaction;

/// <summary>Takes the values of fields that hold secrets out of a tree before it is shown.</summary>
internal static class SensitiveNodes
{
    private static readonly ScalarNode Masked = ScalarNode.String(SecretMasker.Mask);

    /// <summary>Whether a value tells a secret when its field is one: a text or a number does, a flag or nothing does not.</summary>
    public static bool IsTelling(YamlNode? value) => value is ScalarNode { Tag: not (ScalarTags.Boolean or ScalarTags.Null), Value.Length: > 0 };

    /// <summary>The name by which an item says what its <c>value</c> is.</summary>
    public static string NameOf(MappingNode mapping) => mapping["name"] is ScalarNode name ? name.Value : "";

    /// <summary>The same tree with its secrets masked.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="key">Its key; empty for an item of a list.</param>
    /// <param name="isSecret">Whether its field holds a secret.</param>
    public static YamlNode Mask(YamlNode node, string key, bool isSecret)
    {
        switch (node)
        {
            case MappingNode mapping:
                string name = NameOf(mapping);
                bool isAll = isSecret && SensitiveField.IsWholeSecret(key);
                return MappingNode.Create(mapping.Entries.ToArray().Select(e => new MappingEntry(e.Key, Mask(e.Value, e.Key.Value, isAll || SensitiveField.HoldsSecret(key, e.Key.Value, name)))));
            case SequenceNode sequence:
                return SequenceNode.Create(sequence.Items.ToArray().Select(i => Mask(i, "", isSecret && i is ScalarNode)));
            default:
                return isSecret && IsTelling(node) ? Masked : node;
        }
    }
}
