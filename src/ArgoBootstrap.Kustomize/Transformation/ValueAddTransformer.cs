using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation.FieldSpecs;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>kustomize's built-in <c>ValueAddTransformer</c>: writes one value to many fields, or into one segment of paths.</summary>
/// <param name="value">The value.</param>
/// <param name="targets">Where it goes.</param>
internal sealed class ValueAddTransformer(string value, IReadOnlyList<ValueAddTarget> targets) : IResourceTransformer
{
    /// <inheritdoc/>
    public void Transform(ResourceMap resources)
    {
        foreach (ValueAddTarget target in targets)
        {
            for (int i = 0; i < resources.Count; i++)
            {
                Resource resource = resources[i];
                if (target.Selector?.Matches(resource) == false)
                {
                    continue;
                }
                if (target.FieldPath == "metadata/namespace")
                {
                    var one = new ResourceMap([resource]);
                    new NamespaceTransformer(new(value, target.Position), []).Transform(one);
                    // Unlike the namespace field of a kustomization, this leaves no trace of the old id.
                    resources[i] = resource.WithNode(one[0].Node);
                    continue;
                }
                var field = new FieldSpec(GroupVersionKind.Any, target.FieldPath, CreateIfNotPresent: true);
                resources[i] = resource.WithNode(FieldSpecFilter.Apply(resource.Node, field, n => Change(n, target), FieldCreation.String));
            }
        }
    }

    private YamlNode Change(YamlNode node, ValueAddTarget target) => node is ScalarNode scalar
        ? scalar.WithText(target.FilePathPosition > 0 ? InsertPathPart(scalar.Value, target.FilePathPosition - 1) : value)
        : throw new KustomizeException(DiagnosticIds.WrongType, $"A value is to be set here, but this is a {node.KindName}.", node.Position, "Correct 'fieldPath' of the ValueAddTransformer.");

    /// <summary>Puts the value between the segments of a path.</summary>
    private string InsertPathPart(string path, int position)
    {
        bool isAbsolute = path.StartsWith('/');
        List<string> parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        if (path.Length == 0)
        {
            return value;
        }
        parts.Insert(Math.Min(position, parts.Count), value);
        return (isAbsolute ? "/" : "") + string.Join('/', parts);
    }
}

/// <summary>One target of a <see cref="ValueAddTransformer"/>.</summary>
/// <param name="Selector">The objects; null for all.</param>
/// <param name="FieldPath">The field, as in field specifications.</param>
/// <param name="FilePathPosition">0 to replace the field; otherwise the position, from 1, at which the value is put into the path that the field holds.</param>
/// <param name="Position">Where it is written.</param>
internal sealed record ValueAddTarget(TargetSelector? Selector, string FieldPath, int FilePathPosition, SourcePosition Position);
