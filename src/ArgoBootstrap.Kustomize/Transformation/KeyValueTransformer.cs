using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation.FieldSpecs;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>Sets keys of mappings: <c>labels</c>, <c>commonLabels</c> and <c>commonAnnotations</c>.</summary>
/// <param name="pairs">Keys and values, sorted by key.</param>
/// <param name="fields">The mappings.</param>
internal sealed class KeyValueTransformer(IReadOnlyList<KeyValuePair<string, string>> pairs, IReadOnlyList<FieldSpec> fields) : ResourceTransformer
{
    /// <inheritdoc/>
    public override void Transform(ResourceMap resources)
    {
        if (pairs.Count > 0)
        {
            base.Transform(resources);
        }
    }

    /// <inheritdoc/>
    protected override Resource Transform(Resource resource)
    {
        var shared = new SharedScalars();
        var values = new ScalarNode?[pairs.Count];
        MappingNode node = FieldSpecFilter.Apply(resource.Node, resource.Id.Type, fields, field => SetAll(field, values, shared), FieldCreation.Mapping);
        return resource.WithNode(shared.Spread(node));
    }

    private YamlNode SetAll(YamlNode node, ScalarNode?[] values, SharedScalars shared)
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
        for (int i = 0; i < values.Length; i++)
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
