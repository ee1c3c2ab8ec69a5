using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation.FieldSpecs;
using ArgoBootstrap.Kustomize.Transformation.Patching;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>Sets keys of mappings: <c>labels</c>, <c>commonLabels</c> and <c>commonAnnotations</c>.</summary>
/// <param name="pairs">Keys and values, sorted by key.</param>
/// <param name="fields">The mappings.</param>
internal sealed class KeyValueTransformer(IReadOnlyList<KeyValuePair<string, string>> pairs, IReadOnlyList<FieldSpec> fields) : ResourceTransformer
{
    // kustomize sets one key in all fields, then the next one. That makes a difference only where a field is the value of a key.
    private readonly bool _setsKeysInTurn = pairs.Count > 1 && fields.Any(field => IsValueOfKey(field, fields, pairs));

    private readonly bool _needsAnnotations = fields.Any(field => !field.CreateIfNotPresent && field.Segments is [{ Name: "metadata" }, { Name: "annotations" }]);

    /// <inheritdoc/>
    public override void Transform(ResourceMap resources)
    {
        if (pairs.Count > 0)
        {
            base.Transform(resources);
        }
    }

    /// <inheritdoc/>
    protected override Resource Transform(Resource resource) =>
        _needsAnnotations ? BuildAnnotations.ApplyWithRoom(resource, node => Transform(node, resource.Id.Type)) : resource.WithNode(Transform(resource.Node, resource.Id.Type));

    private MappingNode Transform(MappingNode node, GroupVersionKind type)
    {
        var shared = new SharedScalars();
        var values = new ScalarNode?[pairs.Count];
        int count = _setsKeysInTurn ? 1 : pairs.Count;
        for (int i = 0; i < pairs.Count; i += count)
        {
            int first = i;
            node = FieldSpecFilter.Apply(node, type, fields, field => Set(field, first, count, values, shared), FieldCreation.Mapping);
        }
        return shared.Spread(node);
    }

    private static bool IsValueOfKey(FieldSpec field, IReadOnlyList<FieldSpec> fields, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        FieldSpecSegment[] path = field.Segments;
        for (int i = 1; i < path.Length; i++)
        {
            string name = path[i].Name;
            int length = i;
            if (pairs.Any(pair => pair.Key == name) && fields.Any(outer => outer.Segments.AsSpan().SequenceEqual(path.AsSpan(0, length))))
            {
                return true;
            }
        }
        return false;
    }

    private YamlNode Set(YamlNode node, int first, int count, ScalarNode?[] values, SharedScalars shared)
    {
        if (node.IsNull)
        {
            // kustomize adds the keys to the null, where nothing shows them.
            return node;
        }
        if (node is not MappingNode mapping)
        {
            throw new KustomizeException(
                DiagnosticIds.WrongType, $"Labels or annotations are to be set here, but this is a {node.KindName}.", node.Position, "Make it a mapping, or leave it out.");
        }
        for (int i = first; i < first + count; i++)
        {
            (string key, string value) = pairs[i];
            if (key.Length == 0)
            {
                throw new KustomizeException(DiagnosticIds.InvalidKey, "A label or annotation with an empty key cannot be set.", node.Position, "Give the label or annotation a key.");
            }
            if (mapping[key] is YamlNode old)
            {
                mapping = mapping.With(key, shared.Set(old, ScalarEdit.AsString(old, value))!);
                Restyle(ref values[i], value, (old as ScalarNode)?.Style ?? ScalarStyle.Plain, shared);
            }
            else
            {
                ScalarStyle style = values[i] is { Style: not ScalarStyle.Plain } styled ? styled.Style : ScalarEdit.NewString(value).Style;
                mapping = mapping.With(key, Restyle(ref values[i], value, style, shared));
            }
        }
        return mapping;
    }

    /// <summary>
    /// Sets the style of the one scalar that stands wherever a key was added. What is set in the place of another value takes
    /// over that one's style, and kustomize uses the same scalar for that: so all places get the style.
    /// </summary>
    private static ScalarNode Restyle(ref ScalarNode? scalar, string text, ScalarStyle style, SharedScalars shared)
    {
        if (scalar?.Style != style)
        {
            ScalarNode styled = new ScalarNode(text, ScalarTags.String, style, SourcePosition.None).AsShared(true);
            scalar = (ScalarNode)shared.Set(scalar, styled)!;
        }
        return scalar;
    }
}
