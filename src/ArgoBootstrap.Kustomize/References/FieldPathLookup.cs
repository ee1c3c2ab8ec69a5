using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>Finds the one field that a <see cref="FieldPath"/> leads to, as sources of replacements and variables do.</summary>
internal static class FieldPathLookup
{
    /// <summary>Follows a path.</summary>
    /// <param name="root">Where it begins.</param>
    /// <param name="segments">The path; empty segments are skipped, selectors compare exactly and take the first item.</param>
    /// <returns>The field, which may be null; or nothing when there is none.</returns>
    /// <exception cref="FieldPathException">The path asks for a key of something that is no mapping or an item of something that is no sequence, or has a <c>*</c>.</exception>
    public static YamlNode? Find(YamlNode root, ReadOnlySpan<FieldPathSegment> segments)
    {
        YamlNode? node = root;
        foreach (FieldPathSegment segment in segments)
        {
            if (segment.Text.AsSpan().IsWhiteSpace())
            {
                continue;
            }
            node = Step(node, segment);
            if (node is null)
            {
                return null;
            }
        }
        return node;
    }

    private static YamlNode? Step(YamlNode node, FieldPathSegment segment)
    {
        switch (segment.Kind)
        {
            case FieldPathSegmentKind.Every:
                throw new FieldPathException("a * can only be used in targets", node);
            case FieldPathSegmentKind.Invalid:
                throw new FieldPathException($"{segment.Text} is no selector; write [key=value]", node);
            case FieldPathSegmentKind.Index when segment.Index < 0:
                throw new FieldPathException($"the index {segment.Text} is negative", node);
        }
        if (node.IsNull)
        {
            return null;
        }
        if (segment.Kind == FieldPathSegmentKind.Key)
        {
            return node is MappingNode mapping
                ? mapping[segment.Name.Trim()]
                : throw new FieldPathException($"{segment.Text} is looked for in a {node.KindName}", node);
        }
        if (node is not SequenceNode sequence)
        {
            throw new FieldPathException($"{segment.Text} is looked for in a {node.KindName}", node);
        }
        return segment.Kind switch
        {
            FieldPathSegmentKind.Last => sequence.Count > 0 ? sequence[sequence.Count - 1] : null,
            FieldPathSegmentKind.Index => segment.Index < sequence.Count ? sequence[segment.Index] : null,
            _ => Select(sequence, segment),
        };
    }

    private static YamlNode? Select(SequenceNode sequence, FieldPathSegment segment)
    {
        foreach (YamlNode item in sequence.Items)
        {
            YamlNode? compared = segment.Name.Length == 0 ? item : (item as MappingNode)?[segment.Name];
            if (compared is not null && TextOf(compared) == segment.Value)
            {
                return item;
            }
        }
        return null;
    }

    // Anything but a scalar has no text of its own.
    private static string TextOf(YamlNode node) => node is ScalarNode scalar ? scalar.Value : "";
}
