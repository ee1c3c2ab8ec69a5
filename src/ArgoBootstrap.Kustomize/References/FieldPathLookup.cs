using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>Finds the one field that a <see cref="FieldPath"/> leads to, as sources of replacements and variables do.</summary>
internal static class FieldPathLookup
{
    /// <summary>Follows a path.</summary>
    /// <param name="root">Where it begins.</param>
    /// <param name="segments">The path; empty segments are skipped, selectors compare exactly and take the first item.</param>
    /// <returns>The field, which may be null; or nothing when there is none.</returns>
    /// <exception cref="FieldPathException">The path asks for a key of something that is not a mapping or an item of something that is not a sequence, or has a <c>*</c>.</exception>
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

    /// <summary>Refuses a segment that cannot be looked for in a node. Anything can be looked for in a null.</summary>
    /// <param name="node">The node.</param>
    /// <param name="segment">The segment.</param>
    /// <exception cref="FieldPathException">The segment is none that leads to one field, or the node is of another kind.</exception>
    public static void Require(YamlNode node, FieldPathSegment segment)
    {
        switch (segment.Kind)
        {
            case FieldPathSegmentKind.Every:
                throw new FieldPathException("a * can only be used in targets of replacements", node);
            case FieldPathSegmentKind.Invalid:
                throw new FieldPathException($"{segment.Text} is not a selector; write [key=value]", node);
            case FieldPathSegmentKind.Index when segment.Index < 0:
                throw new FieldPathException($"the index {segment.Text} is negative", node);
        }
        if (!node.IsNull && (segment.Kind == FieldPathSegmentKind.Key ? node is not MappingNode : node is not SequenceNode))
        {
            throw new FieldPathException($"{segment.Text} is looked for in a {node.KindName}", node);
        }
    }

    /// <summary>The place of the first item that a segment leads to, or -1.</summary>
    /// <param name="sequence">The items.</param>
    /// <param name="segment">A segment that leads to an item.</param>
    public static int PlaceOf(SequenceNode sequence, FieldPathSegment segment)
    {
        switch (segment.Kind)
        {
            case FieldPathSegmentKind.Last:
                return sequence.Count - 1;
            case FieldPathSegmentKind.Index:
                return segment.Index < sequence.Count ? segment.Index : -1;
        }
        for (int i = 0; i < sequence.Count; i++)
        {
            YamlNode? compared = segment.Name.Length == 0 ? sequence[i] : (sequence[i] as MappingNode)?[segment.Name];
            if (compared is not null && TextOf(compared) == segment.Value)
            {
                return i;
            }
        }
        return -1;
    }

    private static YamlNode? Step(YamlNode node, FieldPathSegment segment)
    {
        Require(node, segment);
        return node switch
        {
            MappingNode mapping => mapping[segment.Name.Trim()],
            SequenceNode sequence when PlaceOf(sequence, segment) is >= 0 and int place => sequence[place],
            _ => null,
        };
    }

    // Anything but a scalar has no text of its own.
    private static string TextOf(YamlNode node) => node is ScalarNode scalar ? scalar.Value : "";
}
