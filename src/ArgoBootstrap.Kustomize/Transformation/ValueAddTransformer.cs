using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Resources;
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
                if (target.Path.Text == "metadata/namespace")
                {
                    var one = new ResourceMap([resource]);
                    new NamespaceTransformer(new(value, target.Position), []).Transform(one);
                    // Unlike the namespace field of a kustomization, this leaves no trace of the old id.
                    resources[i] = resource.WithNode(one[0].Node);
                    continue;
                }
                resources[i] = resource.WithNode(Set(resource, target));
            }
        }
    }

    private MappingNode Set(Resource resource, ValueAddTarget target)
    {
        var shared = new SharedScalars();
        bool found = false;
        var setter = new FieldPathSetter(old =>
        {
            found = true;
            return shared.Set(old, Changed(old, target))!;
        });
        try
        {
            MappingNode node = shared.Spread((MappingNode)setter.Apply(resource.Node, target.Path.Segments));
            // There is no path then into which the value could go.
            return found || target.FilePathPosition == 0 ? node : throw new FieldPathException("there is no such field, which is to hold a path", resource.Node);
        }
        catch (FieldPathException e)
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidTransformer, $"The value cannot be added at {target.Path} of {resource.Id.Describe()}: {e.Message}.", target.Position,
                "Correct 'fieldPath' of the ValueAddTransformer: keys and items of lists, separated by slashes, that lead to a scalar.");
        }
    }

    private ScalarNode Changed(ScalarNode old, ValueAddTarget target) =>
        ScalarEdit.Untagged(target.FilePathPosition > 0 ? PathParts.Insert(old.Value, target.FilePathPosition - 1, value) : value, old.Style, old.Position);
}

/// <summary>One target of a <see cref="ValueAddTransformer"/>.</summary>
/// <param name="Selector">The objects; null for all.</param>
/// <param name="Path">The field: keys, and items of lists as in paths of replacements.</param>
/// <param name="FilePathPosition">0 to replace the field; otherwise the position, from 1, at which the value is put into the path that the field holds.</param>
/// <param name="Position">Where it is written.</param>
internal sealed record ValueAddTarget(TargetSelector? Selector, FieldPath Path, int FilePathPosition, SourcePosition Position);
