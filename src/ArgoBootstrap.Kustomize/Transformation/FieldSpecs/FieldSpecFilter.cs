using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.FieldSpecs;

/// <summary>
/// Changes the values that a <see cref="FieldSpec"/> leads to. The path names keys; sequences on the way are entered
/// item by item without a segment of their own. Trees are immutable: a changed tree shares every untouched node with the
/// old one, and the very same tree comes back when nothing changed.
/// </summary>
public static class FieldSpecFilter
{
    /// <summary>Applies every field spec that fits a type, in order.</summary>
    /// <param name="root">The object.</param>
    /// <param name="type">The object's type.</param>
    /// <param name="specs">The fields.</param>
    /// <param name="change">Gives a field's new value; the same node for no change. Null values are passed too.</param>
    /// <param name="creation">What to put where a field is missing whose spec says to create it.</param>
    /// <exception cref="KustomizeException">A path leads through a scalar, or is not a path of keys.</exception>
    public static MappingNode Apply(MappingNode root, GroupVersionKind type, IReadOnlyList<FieldSpec> specs, Func<YamlNode, YamlNode> change, FieldCreation creation = FieldCreation.None)
    {
        for (int i = 0; i < specs.Count; i++)
        {
            FieldSpec spec = specs[i];
            if (type.IsSelectedBy(spec.Type))
            {
                root = Apply(root, spec, change, creation);
            }
        }
        return root;
    }

    /// <summary>Applies one field spec, whatever its <see cref="FieldSpec.Type"/>.</summary>
    /// <param name="root">The object.</param>
    /// <param name="spec">The field.</param>
    /// <param name="change">Gives the field's new value; the same node for no change. Null values are passed too.</param>
    /// <param name="creation">What to put where the field is missing, if its spec says to create it.</param>
    /// <exception cref="KustomizeException">The path leads through a scalar, or is not a path of keys.</exception>
    public static MappingNode Apply(MappingNode root, FieldSpec spec, Func<YamlNode, YamlNode> change, FieldCreation creation = FieldCreation.None)
    {
        var walk = new Walk(root, spec, change, spec.CreateIfNotPresent ? creation : FieldCreation.None);
        var changed = (MappingNode)walk.Visit(root, 0);
        return walk.Shared?.Spread(changed) ?? changed;
    }

    /// <summary>The field that a segment names, after a null that the path or the creation says to be something else was made that.</summary>
    /// <param name="field">The value found.</param>
    /// <param name="segment">The segment that led to it.</param>
    /// <param name="creation">What the segment creates.</param>
    internal static YamlNode FillNull(YamlNode field, FieldSpecSegment segment, FieldCreation creation)
    {
        if (field is not ScalarNode { IsNull: true } scalar)
        {
            return field;
        }
        return (segment.IsSequence ? FieldCreation.Sequence : creation) switch
        {
            FieldCreation.String => new ScalarNode(scalar.Value, ScalarTags.String, scalar.Style, scalar.Position),
            FieldCreation.Integer => new ScalarNode(scalar.Value, ScalarTags.Integer, scalar.Style, scalar.Position),
            FieldCreation.Mapping => new MappingNode([], scalar.Position),
            FieldCreation.Sequence => new SequenceNode([], scalar.Position),
            _ => field,
        };
    }

    /// <summary>The error for a path that leads through a node that has no fields.</summary>
    internal static KustomizeException NotAContainer(MappingNode root, FieldSpec spec, YamlNode node) => spec.IsConfigured ? new(
        DiagnosticIds.InvalidTransformer,
        $"The path {spec.Path} leads through a {node.KindName} of {Describe(root)} ({node.Position}) where a mapping or a sequence is expected.",
        spec.Position,
        "Correct the path, or leave out what does not have such a field with 'group', 'version' and 'kind'.") : new(
        DiagnosticIds.WrongType,
        $"The path {spec.Path} of {Describe(root)} leads through a {node.KindName} where a mapping or a sequence is expected.",
        node.Position,
        "Give the field the type that the path expects, or correct the path in the transformer configuration.");

    /// <summary>The error for a path with a step that is not the name of a key.</summary>
    internal static KustomizeException NotAKey(MappingNode root, FieldSpec spec, FieldSpecSegment segment) => new(
        DiagnosticIds.InvalidTransformer,
        $"The path {spec.Path}, which applies to {Describe(root)}, has the segment \"{segment.Name}\", which is not the name of a field.",
        spec.IsConfigured ? spec.Position : root.Position,
        "Write field names separated by slashes; lists on the way need no segment of their own, and a slash in a name is written \\/.");

    private static string Describe(MappingNode root)
    {
        string kind = root["kind"] is ScalarNode k ? k.Value : "the object";
        return root["metadata"] is MappingNode metadata && metadata["name"] is ScalarNode name ? $"{kind} {name.Value}" : kind;
    }

    private struct Walk(MappingNode root, FieldSpec spec, Func<YamlNode, YamlNode> change, FieldCreation creation)
    {
        private readonly FieldSpecSegment[] _segments = spec.Segments;

        /// <summary>Scalars that stand in other places of the object too, where they change as well; null as long as there are none.</summary>
        public SharedScalars? Shared { get; private set; }

        public YamlNode Visit(YamlNode node, int at)
        {
            if (at == _segments.Length)
            {
                return Change(node);
            }
            switch (node)
            {
                case MappingNode mapping:
                    return VisitMapping(mapping, at);
                case SequenceNode sequence:
                    return VisitSequence(sequence, at);
                default:
                    return node.IsNull ? node : throw NotAContainer(root, spec, node);
            }
        }

        private YamlNode Change(YamlNode node)
        {
            YamlNode changed = change(node);
            return node is ScalarNode { IsShared: true } && !ReferenceEquals(node, changed) ? (Shared ??= new SharedScalars()).Set(node, changed)! : changed;
        }

        private YamlNode VisitMapping(MappingNode mapping, int at)
        {
            FieldSpecSegment segment = _segments[at];
            if (!segment.IsKey)
            {
                throw NotAKey(root, spec, segment);
            }
            FieldCreation made = segment.IsSequence || creation == FieldCreation.None
                ? FieldCreation.None
                : at == _segments.Length - 1 ? creation : FieldCreation.Mapping;
            int found = mapping.IndexOf(segment.Name);
            if (found >= 0)
            {
                YamlNode field = FillNull(mapping.Entries[found].Value, segment, made);
                return mapping.WithValueAt(found, Visit(field, at + 1));
            }
            if (made == FieldCreation.None)
            {
                return mapping;
            }
            return mapping.WithAppended(ScalarNode.Plain(segment.Name), Visit(Make(made), at + 1));
        }

        private YamlNode VisitSequence(SequenceNode sequence, int at)
        {
            YamlNode[]? items = null;
            for (int i = 0; i < sequence.Count; i++)
            {
                YamlNode item = sequence[i];
                YamlNode changed = Visit(item, at);
                if (!ReferenceEquals(item, changed))
                {
                    items ??= sequence.Items.ToArray();
                    items[i] = changed;
                }
            }
            return items is null ? sequence : sequence.WithItems(items);
        }

        private static YamlNode Make(FieldCreation creation) => creation switch
        {
            FieldCreation.Mapping => MappingNode.Empty,
            FieldCreation.Sequence => SequenceNode.Create(),
            FieldCreation.Integer => new ScalarNode("", ScalarTags.Integer, ScalarStyle.Plain, SourcePosition.None),
            _ => ScalarNode.String(""),
        };
    }
}
