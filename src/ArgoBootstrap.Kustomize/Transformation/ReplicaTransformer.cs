using System.Globalization;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation.FieldSpecs;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>Sets the number of replicas of the workloads with a name: <c>replicas</c>.</summary>
/// <param name="entry">Name and number.</param>
/// <param name="fields">The fields that hold a number of replicas.</param>
internal sealed class ReplicaTransformer(ReplicaEntry entry, IReadOnlyList<FieldSpec> fields) : IResourceTransformer
{
    /// <inheritdoc/>
    public void Transform(ResourceMap resources)
    {
        bool found = false;
        string text = entry.Count.ToString(CultureInfo.InvariantCulture);
        var count = new ScalarNode(text, ScalarTags.Integer, ScalarStyle.Plain, entry.Position);
        for (int i = 0; i < resources.Count; i++)
        {
            Resource resource = resources[i];
            foreach (FieldSpec field in fields)
            {
                if (!HasName(resource, field.Type))
                {
                    continue;
                }
                found = true;
                // A path may lead through a current type that the field specification does not fit: a renamed kind.
                if (resource.Id.Type.IsSelectedBy(field.Type))
                {
                    resource = resource.WithNode(FieldSpecFilter.Apply(resource.Node, field, Set, FieldCreation.Integer));
                }
            }
            resources[i] = resource;
        }
        if (!found)
        {
            throw new KustomizeException(
                DiagnosticIds.TargetNotFound,
                $"'replicas' names '{entry.Name}', but no {string.Join(", ", fields.Select(f => f.Type.Kind).Distinct())} has that name.",
                entry.Position,
                "Correct the name." + NameSuggestion.Sentence(entry.Name, Names(resources)));
        }

        // Quotes that are there stay.
        YamlNode Set(YamlNode node) => node is ScalarNode scalar
            ? scalar.Style == ScalarStyle.Plain ? count : new ScalarNode(text, ScalarTags.String, scalar.Style, entry.Position)
            : throw new KustomizeException(DiagnosticIds.WrongType, $"A number of replicas is to be set here, but this is a {node.KindName}.", node.Position, "Make it a number.");
    }

    private bool HasName(Resource resource, GroupVersionKind type)
    {
        if (Fits(resource.Id))
        {
            return true;
        }
        foreach (ResourceId id in resource.PreviousIds)
        {
            if (Fits(id))
            {
                return true;
            }
        }
        return false;

        bool Fits(ResourceId id) => id.Name == entry.Name && id.Type.IsSelectedBy(type);
    }

    private List<string> Names(ResourceMap resources) =>
        [.. resources.ToList().Where(r => fields.Any(f => r.Id.Type.IsSelectedBy(f.Type))).Select(r => r.OriginalId.Name)];
}
