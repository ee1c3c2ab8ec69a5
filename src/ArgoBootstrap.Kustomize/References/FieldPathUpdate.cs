using ArgoBootstrap.Kustomize.Expressions;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>What is put where a target field is missing.</summary>
internal enum MissingField
{
    /// <summary>Nothing.</summary>
    Stays,

    /// <summary>A scalar.</summary>
    BecomesScalar,

    /// <summary>A mapping.</summary>
    BecomesMapping,

    /// <summary>A sequence.</summary>
    BecomesSequence,
}

/// <summary>Changes every field that a <see cref="FieldPath"/> leads to, as targets of replacements do.</summary>
/// <param name="missing">What is put where a field is missing.</param>
/// <param name="set">Gives the new value of a field; a field that was just made is passed as <see cref="NewScalar"/>, or as an empty mapping or sequence.</param>
internal sealed class FieldPathUpdate(MissingField missing, Func<YamlNode, YamlNode> set)
{
    /// <summary>A scalar that was just made: it has neither text nor type.</summary>
    public static ScalarNode NewScalar { get; } = new("", "", ScalarStyle.Plain, SourcePosition.None);

    private int _count;

    /// <summary>Changes the fields.</summary>
    /// <param name="root">Where the path begins.</param>
    /// <param name="segments">The path.</param>
    /// <returns>The changed tree, and the number of fields that the path led to.</returns>
    /// <exception cref="FieldPathException">The path asks for a key of something that is not a mapping, or an item of something that is not a sequence.</exception>
    public (YamlNode Root, int Count) Apply(YamlNode root, ReadOnlySpan<FieldPathSegment> segments)
    {
        _count = 0;
        YamlNode changed = Visit(root, segments);
        return (changed, _count);
    }

    private YamlNode Visit(YamlNode node, ReadOnlySpan<FieldPathSegment> path)
    {
        if (path.IsEmpty)
        {
            _count++;
            return set(node);
        }
        return path[0].Kind switch
        {
            FieldPathSegmentKind.Index when path[0].Index >= 0 => VisitIndex(node, path),
            FieldPathSegmentKind.Invalid => throw new FieldPathException($"{path[0].Text} is not a selector; write [key=value]", node),
            FieldPathSegmentKind.Selector => VisitSelected(node, path),
            FieldPathSegmentKind.Every => VisitEvery(node, path),
            _ => VisitKey(node, path),
        };
    }

    private YamlNode VisitKey(YamlNode node, ReadOnlySpan<FieldPathSegment> path)
    {
        string key = path[0].Text;
        YamlNode? field = null;
        if (!node.IsNull)
        {
            if (node is not MappingNode mapping || key.Length == 0)
            {
                throw new FieldPathException(key.Length == 0 ? "a segment is empty" : $"{key} is looked for in a {node.KindName}", node);
            }
            field = mapping[key];
        }
        if (field is null)
        {
            if (missing == MissingField.Stays)
            {
                return node;
            }
            YamlNode made = Visit(Make(path), path[1..]);

            // kustomize adds the key to a null as well, where nothing shows it.
            return node is MappingNode parent ? parent.WithAppended(ScalarNode.Plain(key), made) : node;
        }
        if (field is ScalarNode scalar && path.Length > 1)
        {
            // The fields are looked for in a copy that is thrown away: that they are there is all that counts.
            Visit(StructuredText.Parse(scalar), path[1..]);
            return node;
        }
        return ((MappingNode)node).With(key, Visit(field, path[1..]));
    }

    private YamlNode VisitIndex(YamlNode node, ReadOnlySpan<FieldPathSegment> path)
    {
        int index = path[0].Index;
        SequenceNode? sequence = SequenceOf(node, path[0]);
        int count = sequence?.Count ?? 0;
        if (index == count && missing != MissingField.Stays)
        {
            YamlNode made = Visit(Make(path), path[1..]);
            return sequence is null ? node : sequence.WithItems([.. sequence.Items, made]);
        }
        if (index >= count)
        {
            throw new FieldPathException($"the index {index} is asked for where there are {count} items", node);
        }
        return sequence!.WithItemAt(index, Visit(sequence[index], path[1..]));
    }

    private YamlNode VisitEvery(YamlNode node, ReadOnlySpan<FieldPathSegment> path)
    {
        if (SequenceOf(node, path[0]) is not { } sequence)
        {
            return node;
        }
        YamlNode changed = sequence;
        for (int i = 0; i < sequence.Count; i++)
        {
            changed = ((SequenceNode)changed).WithItemAt(i, Visit(sequence[i], path[1..]));
        }
        return changed;
    }

    private YamlNode VisitSelected(YamlNode node, ReadOnlySpan<FieldPathSegment> path)
    {
        FieldPathSegment segment = path[0];
        SequenceNode? sequence = SequenceOf(node, segment);
        int before = _count;
        SequenceNode? changed = sequence;
        for (int i = 0; i < (sequence?.Count ?? 0); i++)
        {
            changed = changed!.WithItemAt(i, VisitIfSelected(sequence![i], segment, path));
        }
        if (_count > before || missing == MissingField.Stays)
        {
            return changed ?? node;
        }
        ScalarNode value = ScalarEdit.Untagged(segment.Value);
        YamlNode made = segment.Name.Length == 0 ? value : MappingNode.Create(new MappingEntry(ScalarNode.Plain(segment.Name), value));
        made = VisitIfSelected(made, segment, path);
        if (_count == before)
        {
            throw new FieldPathException($"an item for {segment.Text} cannot be made, because the new item would not fit it", node);
        }
        return changed is null ? node : changed.WithItems([.. changed.Items, made]);
    }

    // A plain item that fits is the field itself, whatever segments follow. As in kustomize, the expression is read only where there is an item.
    private YamlNode VisitIfSelected(YamlNode item, FieldPathSegment segment, ReadOnlySpan<FieldPathSegment> path)
    {
        GoExpression pattern = PatternOf(segment, item);
        if (segment.Name.Length == 0)
        {
            return pattern.IsMatch(StyledYaml.Write(item)) ? Visit(item, []) : item;
        }
        return item is MappingNode mapping && mapping[segment.Name] is { } compared && pattern.IsMatch(StyledYaml.Write(compared))
            ? Visit(item, path[1..])
            : item;
    }

    private static SequenceNode? SequenceOf(YamlNode node, FieldPathSegment segment) => node switch
    {
        SequenceNode sequence => sequence,
        _ when node.IsNull => null,
        _ => throw new FieldPathException($"{segment.Text} is looked for in a {node.KindName}", node),
    };

    private static GoExpression PatternOf(FieldPathSegment segment, YamlNode node)
    {
        try
        {
            return segment.Pattern;
        }
        catch (ExpressionException e)
        {
            throw new FieldPathException($"'{segment.Value}' in {segment.Text} is not a valid regular expression: {e.Message}", node);
        }
    }

    // What a segment leads to follows from the one after it; the last one leads to what is wanted.
    private YamlNode Make(ReadOnlySpan<FieldPathSegment> path)
    {
        MissingField wanted = missing;
        if (path.Length > 1 && path[1].Text.Length > 0)
        {
            bool isSequence = path[1].Kind is FieldPathSegmentKind.Selector or FieldPathSegmentKind.Invalid || path[1] is { Kind: FieldPathSegmentKind.Index, Index: >= 0 };
            wanted = isSequence ? MissingField.BecomesSequence : MissingField.BecomesMapping;
        }
        return wanted switch
        {
            MissingField.BecomesMapping => MappingNode.Empty,
            MissingField.BecomesSequence => SequenceNode.Create(),
            _ => NewScalar,
        };
    }
}
