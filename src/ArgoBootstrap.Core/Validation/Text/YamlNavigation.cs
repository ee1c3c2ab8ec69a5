using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation;

/// <summary>Looks into rendered objects without minding what is not there.</summary>
internal static class YamlNavigation
{
    /// <summary>The value of a key, or <see langword="null"/> where the node is not a mapping or has no such key.</summary>
    public static YamlNode? Child(this YamlNode? node, string key) => (node as MappingNode)?[key];

    /// <summary>The scalar under a key, or <see langword="null"/> where there is none, or a null.</summary>
    public static ScalarNode? Scalar(this YamlNode? node, string key) => node.Child(key) is ScalarNode { IsNull: false } scalar ? scalar : null;

    /// <summary>The items of a sequence; none where the node is not a sequence.</summary>
    public static YamlNode[] Items(this YamlNode? node) => node is SequenceNode sequence ? sequence.Items.ToArray() : [];

    /// <summary>The entries of a mapping; none where the node is not a mapping.</summary>
    public static MappingEntry[] Entries(this YamlNode? node) => node is MappingNode mapping ? mapping.Entries.ToArray() : [];

    /// <summary>Every scalar value below a node, in order.</summary>
    public static IEnumerable<ScalarNode> Scalars(this YamlNode? node)
    {
        Stack<YamlNode> open = new();
        if (node is not null)
        {
            open.Push(node);
        }

        while (open.TryPop(out YamlNode? next))
        {
            switch (next)
            {
                case ScalarNode scalar:
                    yield return scalar;
                    break;
                case SequenceNode sequence:
                    for (int i = sequence.Count - 1; i >= 0; i--)
                    {
                        open.Push(sequence[i]);
                    }

                    break;
                case MappingNode mapping:
                    for (int i = mapping.Count - 1; i >= 0; i--)
                    {
                        open.Push(mapping.Entries[i].Value);
                    }

                    break;
            }
        }
    }
}
