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
        _changes ??= [];
        // Where it was set before, it is what it was set to.
        ScalarNode current = _changes.Find(c => ReferenceEquals(c.Old, shared)).New ?? shared;
        if (current.Value == scalar.Value && current.Tag == scalar.Tag && current.Style == scalar.Style)
        {
            return current;
        }
        ScalarNode result = scalar.AsShared(true);
        for (int i = 0; i < _changes.Count; i++)
        {
            _changes[i] = ReferenceEquals(_changes[i].New, current) ? (_changes[i].Old, result) : _changes[i];
        }
        _changes.Add((current, result));
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
