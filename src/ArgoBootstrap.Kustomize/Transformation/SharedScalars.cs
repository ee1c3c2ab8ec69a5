using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>
/// Sets shared scalars of an object everywhere. kustomize puts one and the same node into every field to which a label or
/// annotation goes, and later changes to one of them (another label, a strategic merge patch, a replacement, a variable)
/// are made in place: a label that an overlay changes in <c>metadata.labels</c> alone changes in selectors as well.
/// </summary>
internal sealed class SharedScalars
{
    private List<(ScalarNode Old, ScalarNode New)>? _changes;

    /// <summary>Notes that a scalar was set; nothing unless it is shared.</summary>
    /// <param name="old">What it was.</param>
    /// <param name="value">What it is now.</param>
    /// <returns>What is to stand in its place.</returns>
    public YamlNode? Set(YamlNode? old, YamlNode? value)
    {
        if (old is not ScalarNode { IsShared: true } shared || value is not ScalarNode scalar || ReferenceEquals(old, value))
        {
            return value;
        }
        ScalarNode result = scalar.AsShared(true);
        _changes ??= [];
        _changes.RemoveAll(c => ReferenceEquals(c.Old, shared));
        _changes.Add((shared, result));
        return result;
    }

    /// <summary>The object with every place of the scalars that were set changed alike.</summary>
    /// <param name="root">The object.</param>
    public MappingNode Spread(MappingNode root) => _changes is null ? root : (MappingNode)Replace(root);

    private YamlNode Replace(YamlNode node)
    {
        switch (node)
        {
            case MappingNode mapping:
                for (int i = 0; i < mapping.Count; i++)
                {
                    mapping = mapping.WithValueAt(i, Replace(mapping.Entries[i].Value));
                }
                return mapping;
            case SequenceNode sequence:
                for (int i = 0; i < sequence.Count; i++)
                {
                    sequence = sequence.WithItemAt(i, Replace(sequence[i]));
                }
                return sequence;
            default:
                if (node is ScalarNode { IsShared: true })
                {
                    foreach ((ScalarNode old, ScalarNode value) in _changes!)
                    {
                        if (ReferenceEquals(old, node))
                        {
                            return value;
                        }
                    }
                }
                return node;
        }
    }
}
