using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation;
using ArgoBootstrap.Kustomize.Transformation.Patching;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>Copies values between fields (kustomize: <c>replacements</c>), one replacement after the other, so that a later one sees what an earlier one wrote.</summary>
/// <param name="replacements">The replacements, in order.</param>
public sealed class ReplacementTransformer(IReadOnlyList<Replacement> replacements) : IResourceTransformer
{
    /// <inheritdoc/>
    public void Transform(ResourceMap resources)
    {
        foreach (Replacement replacement in replacements)
        {
            if ((replacement.Source is null && replacement.SourceValue is null) || replacement.Targets is null)
            {
                throw Invalid("A replacement has no source or no targets.", replacement.Position, "Give it a source (or a sourceValue) and at least one target.");
            }
            var value = ReplacementValue.Of(replacement, resources);
            foreach (ReplacementTarget target in replacement.Targets)
            {
                Apply(target, value, resources);
            }
        }
    }

    private static void Apply(ReplacementTarget target, ReplacementValue value, ResourceMap resources)
    {
        var matcher = new ReplacementMatcher(target);
        for (int i = 0; i < resources.Count; i++)
        {
            Resource resource = resources[i];
            if (matcher.Fits(resource))
            {
                foreach (FieldPath path in target.FieldPaths)
                {
                    if (target.Options is { Create: true } && value.IsWithin(i))
                    {
                        // The source holds what is made on the way to the field before it is copied there.
                        value.Follow(i, Make(resource, path, value.Node));
                    }
                    resource = Write(resource, path, value, target);
                    value.Follow(i, resource.Node);
                }
                resources[i] = resource;
            }
        }
    }

    private static MappingNode Make(Resource resource, FieldPath path, YamlNode value)
    {
        var update = new FieldPathUpdate(value is MappingNode ? MissingField.BecomesMapping : MissingField.BecomesSequence, field => field);
        try
        {
            return (MappingNode)update.Apply(resource.Node, path.Segments).Root;
        }
        catch (FieldPathException)
        {
            // Whoever writes says so.
            return resource.Node;
        }
    }

    private static Resource Write(Resource resource, FieldPath path, ReplacementValue value, ReplacementTarget target) =>
        // Whoever sets all annotations meets kustomize's own.
        path.Segments is [{ Name: "metadata" }] or [{ Name: "metadata" }, { Name: "annotations" }]
            ? BuildAnnotations.ApplyBare(resource, node => WriteField(resource, node, path, value.Bare, target))
            : resource.WithNode(WriteField(resource, resource.Node, path, value.Node, target));

    private static MappingNode WriteField(Resource resource, MappingNode node, FieldPath path, YamlNode value, ReplacementTarget target)
    {
        MissingField missing = target.Options is not { Create: true } ? MissingField.Stays : value switch
        {
            MappingNode => MissingField.BecomesMapping,
            SequenceNode => MissingField.BecomesSequence,
            _ => MissingField.BecomesScalar,
        };
        if (StructuredText.TryWrite(node, path, value, missing) is { } written)
        {
            return written;
        }
        var shared = new SharedScalars();
        var update = new FieldPathUpdate(missing, field => shared.Set(field, ReplacementValue.Merge(resource, field, value, path, target))!);
        try
        {
            (YamlNode changed, int count) = update.Apply(node, path.Segments);
            return count > 0 ? shared.Spread((MappingNode)changed) : throw NotFound(resource, path, target, "", node.Position);
        }
        catch (FieldPathException e)
        {
            throw NotFound(resource, path, target, $": {e.Message}", e.At.Position);
        }
    }

    private static KustomizeException NotFound(Resource resource, FieldPath path, ReplacementTarget target, string why, SourcePosition at)
    {
        bool creates = target.Options is { Create: true };
        string place = at.Line > 0 ? $" ({at})" : "";
        return Invalid(
            $"The target field {path} of {resource.Id.Describe()}{place} cannot be found{(creates ? " or created" : "")}{why}.",
            target.Position,
            creates ? "Correct the path." : "Correct the path or the selector, or set options.create.");
    }

    private static KustomizeException Invalid(string message, SourcePosition position, string remedy) =>
        new(DiagnosticIds.InvalidReplacement, message, position, remedy);
}
