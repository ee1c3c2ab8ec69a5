using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation;
using ArgoBootstrap.Kustomize.Transformation.FieldSpecs;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>
/// Repairs references to objects whose name or namespace changed during the build: every field that the configuration says
/// may hold a name is looked up among the earlier names, and gets the name that the object has now (kustomize:
/// <c>nameReference</c>).
/// </summary>
/// <param name="references">The fields, by the type of object that they name.</param>
public sealed class NameReferenceTransformer(IReadOnlyList<NameReference> references) : IResourceTransformer
{
    /// <inheritdoc/>
    public void Transform(ResourceMap resources)
    {
        if (references.Count == 0)
        {
            return;
        }
        var index = new ReferralIndex(resources);
        for (int i = 0; i < resources.Count; i++)
        {
            Resource resource = resources[i];
            NameReferencePlan? plan = NameReferencePlan.For(references, OriginalType(resource));
            if (plan is not null)
            {
                RequireVersion(resource);
                var repair = new NameReferenceRepair(index, resource);
                resources[i] = plan.IsSequential ? ApplyInOrder(repair, plan) : resource.WithNode((MappingNode)Walk(repair, resource.Node, plan.Root));
            }
        }
    }

    // kustomize compares the version's text with the version of the object's id, which is empty then.
    private static void RequireVersion(Resource resource)
    {
        if (resource.Node.First("apiVersion") is ScalarNode { IsNull: true, Value.Length: > 0 } version)
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidResource, $"The apiVersion of {resource.Id.Describe()} is null, so its references cannot be followed.", version.Position, "Write the version, or leave apiVersion out.");
        }
    }

    // The version and group that an object has now, with the kind that it was loaded with.
    private static GroupVersionKind OriginalType(Resource resource)
    {
        GroupVersionKind type = resource.Id.Type;
        return resource.PreviousIds.IsEmpty ? type : type with { Kind = resource.PreviousIds[0].Type.Kind };
    }

    private static Resource ApplyInOrder(NameReferenceRepair repair, NameReferencePlan plan)
    {
        foreach (NameReferenceField field in plan.Fields)
        {
            MappingNode node = FieldSpecFilter.Apply(repair.Referrer.Node, field.Spec with { CreateIfNotPresent = false }, value => repair.Apply(field, value));
            repair.Referrer = repair.Referrer.WithNode(node);
        }
        return repair.Referrer;
    }

    private static YamlNode Walk(NameReferenceRepair repair, YamlNode node, NameReferenceStep step)
    {
        if (step.Fields.Count > 0)
        {
            foreach (NameReferenceField field in step.Fields)
            {
                node = repair.Apply(field, node);
            }
            return node;
        }
        return node switch
        {
            MappingNode mapping => WalkMapping(repair, mapping, step),
            SequenceNode sequence => WalkSequence(repair, sequence, step),
            _ when node.IsNull => node,
            _ => throw FieldSpecFilter.NotAContainer(repair.Referrer.Node, step.AnyField.Spec, node),
        };
    }

    private static MappingNode WalkMapping(NameReferenceRepair repair, MappingNode mapping, NameReferenceStep step)
    {
        for (int i = 0; i < step.Next.Count; i++)
        {
            (FieldSpecSegment segment, NameReferenceStep next) = step.Next[i];
            if (!segment.IsKey)
            {
                throw FieldSpecFilter.NotAKey(repair.Referrer.Node, next.AnyField.Spec, segment);
            }
            int found = mapping.IndexOf(segment.Name);
            if (found >= 0)
            {
                YamlNode field = FieldSpecFilter.FillNull(mapping.Entries[found].Value, segment, FieldCreation.None);
                mapping = mapping.WithValueAt(found, Walk(repair, field, next));
            }
        }
        return mapping;
    }

    private static SequenceNode WalkSequence(NameReferenceRepair repair, SequenceNode sequence, NameReferenceStep step)
    {
        YamlNode[]? items = null;
        for (int i = 0; i < sequence.Count; i++)
        {
            YamlNode changed = Walk(repair, sequence[i], step);
            if (!ReferenceEquals(sequence[i], changed))
            {
                items ??= sequence.Items.ToArray();
                items[i] = changed;
            }
        }
        return items is null ? sequence : sequence.WithItems(items);
    }
}
