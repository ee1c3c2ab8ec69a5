using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>
/// Sets the one scalar that a path leads to, and makes what is missing on the way, as kustomize's <c>ValueAddTransformer</c>
/// does: keys, and items that <c>[key=value]</c> selects. Places that are numbers, or <c>-</c>, are never made, and nothing
/// is put below a null.
/// </summary>
/// <param name="set">Gives the new scalar; a field that was just made is passed as a plain one without text.</param>
internal sealed class FieldPathSetter(Func<ScalarNode, YamlNode> set)
{
    /// <summary>Sets the scalar.</summary>
    /// <param name="root">Where the path begins.</param>
    /// <param name="segments">The path, without empty segments.</param>
    /// <returns>The changed tree. What was made on the way to a place that is not there stays.</returns>
    /// <exception cref="FieldPathException">The path asks for a key of something that is not a mapping, an item of something that is not a sequence, the last item of none, or does not end at a scalar.</exception>
    public YamlNode Apply(YamlNode root, ReadOnlySpan<FieldPathSegment> segments)
    {
        if (segments.IsEmpty)
        {
            return root is ScalarNode scalar ? set(scalar) : throw new FieldPathException($"the path ends at a {root.KindName}", root);
        }
        FieldPathSegment segment = segments[0];
        FieldPathLookup.Require(root, segment);
        return root switch
        {
            MappingNode mapping => VisitKey(mapping, segments),
            SequenceNode sequence => VisitItem(sequence, segments),
            _ => root,
        };
    }

    private MappingNode VisitKey(MappingNode mapping, ReadOnlySpan<FieldPathSegment> segments)
    {
        string key = segments[0].Name;
        int at = mapping.IndexOf(key);
        YamlNode field = at < 0 ? Make(segments) : mapping.Entries[at].Value;
        YamlNode changed = Apply(field, segments[1..]);
        return at < 0 ? mapping.With(key, changed) : mapping.WithValueAt(at, changed);
    }

    private SequenceNode VisitItem(SequenceNode sequence, ReadOnlySpan<FieldPathSegment> segments)
    {
        int at = FieldPathLookup.PlaceOf(sequence, segments[0]);
        if (at >= 0)
        {
            return sequence.WithItemAt(at, Apply(sequence[at], segments[1..]));
        }
        if (segments[0].Kind == FieldPathSegmentKind.Last)
        {
            throw new FieldPathException("the last item is asked for where there is none", sequence);
        }
        if (segments[0].Kind != FieldPathSegmentKind.Selector)
        {
            return sequence;
        }
        ScalarNode value = ScalarEdit.Untagged(segments[0].Value);
        YamlNode made = segments[0].Name.Length == 0 ? value : MappingNode.Empty.With(segments[0].Name, value);
        return sequence.WithItems([.. sequence.Items, Apply(made, segments[1..])]);
    }

    // What a key leads to follows from the segment after it.
    private static YamlNode Make(ReadOnlySpan<FieldPathSegment> segments) => segments.Length == 1
        ? ScalarEdit.Untagged("")
        : segments[1] is { Kind: FieldPathSegmentKind.Selector or FieldPathSegmentKind.Invalid } or { Kind: FieldPathSegmentKind.Index, Index: >= 0 }
            ? SequenceNode.Create()
            : MappingNode.Empty;
}
