using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>Merges transformer configurations as kustomize does. A list to which nothing is added stays the very same list.</summary>
public static class TransformerConfigurationMerger
{
    /// <summary>Adds what one configuration says to another.</summary>
    /// <param name="first">What is there.</param>
    /// <param name="second">What is added. A field that is there already, for the same or a narrower type, is left out.</param>
    /// <param name="position">Where the second one comes from, for the message.</param>
    /// <returns>The merged configuration, its lists in kustomize's order of types.</returns>
    /// <exception cref="KustomizeException">Both name the same field, and differ in whether it is created.</exception>
    public static TransformerConfiguration Merge(TransformerConfiguration first, TransformerConfiguration second, SourcePosition position)
    {
        if (ReferenceEquals(first, second) || ReferenceEquals(second, TransformerConfiguration.Empty))
        {
            return first;
        }
        if (ReferenceEquals(first, TransformerConfiguration.Empty) && ReferenceEquals(second, DefaultTransformerConfiguration.Instance))
        {
            return second;
        }
        return new TransformerConfiguration
        {
            NamePrefix = Fields(first.NamePrefix, second.NamePrefix, "namePrefix", position),
            NameSuffix = Fields(first.NameSuffix, second.NameSuffix, "nameSuffix", position),
            Namespace = Fields(first.Namespace, second.Namespace, "namespace", position),
            Labels = Fields(first.Labels, second.Labels, "labels", position),
            TemplateLabels = Fields(first.TemplateLabels, second.TemplateLabels, "templateLabels", position),
            CommonLabels = Fields(first.CommonLabels, second.CommonLabels, "commonLabels", position),
            CommonAnnotations = Fields(first.CommonAnnotations, second.CommonAnnotations, "commonAnnotations", position),
            NameReferences = References(first.NameReferences, second.NameReferences, position),
            VariableReferences = Fields(first.VariableReferences, second.VariableReferences, "varReference", position),
            Images = Fields(first.Images, second.Images, "images", position),
            Replicas = Fields(first.Replicas, second.Replicas, "replicas", position),
        };
    }

    /// <summary>Adds fields to a list, leaving out those that are there.</summary>
    /// <param name="first">What is there.</param>
    /// <param name="second">What is added.</param>
    /// <param name="list">What the configuration calls the list.</param>
    /// <param name="position">Where the second list comes from.</param>
    internal static IReadOnlyList<FieldSpec> Fields(IReadOnlyList<FieldSpec> first, IReadOnlyList<FieldSpec> second, string list, SourcePosition position)
    {
        List<FieldSpec>? merged = Append(first, second, list, position);
        return merged is null ? first : GroupVersionKindOrder.SortFields([.. merged]);
    }

    private static List<FieldSpec>? Append(IReadOnlyList<FieldSpec> first, IReadOnlyList<FieldSpec> second, string list, SourcePosition position)
    {
        if (ReferenceEquals(first, second))
        {
            return null;
        }
        List<FieldSpec>? merged = null;
        foreach (FieldSpec added in second)
        {
            FieldSpec? there = Find(merged ?? first, added);
            if (there is null)
            {
                merged ??= [.. first];
                merged.Add(added);
            }
            else if (there.CreateIfNotPresent != added.CreateIfNotPresent)
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidTransformer,
                    $"The {list} configuration names {added.Path} of {added.Type} with create: {Word(added)}, but create: {Word(there)} is set for it (of {there.Type}) already.",
                    position,
                    $"Give the field the same create in both places, or leave it out of the {list} list.");
            }
        }
        return merged;
    }

    private static FieldSpec? Find(IReadOnlyList<FieldSpec> list, FieldSpec added)
    {
        for (int i = 0; i < list.Count; i++)
        {
            FieldSpec spec = list[i];
            if (spec.Path == added.Path && spec.Type.IsSelectedBy(added.Type))
            {
                return spec;
            }
        }
        return null;
    }

    private static IReadOnlyList<NameReference> References(IReadOnlyList<NameReference> first, IReadOnlyList<NameReference> second, SourcePosition position)
    {
        if (ReferenceEquals(first, second) || second.Count == 0)
        {
            return first;
        }
        List<NameReference> merged = [.. first];
        bool changed = false;
        foreach (NameReference added in second)
        {
            bool found = false;
            for (int i = 0; i < merged.Count; i++)
            {
                if (merged[i].Target == added.Target)
                {
                    found = true;
                    if (Append(merged[i].Referrers, added.Referrers, "nameReference", position) is { } referrers)
                    {
                        merged[i] = new NameReference(added.Target, referrers);
                        changed = true;
                    }
                }
            }
            if (!found)
            {
                merged.Add(added);
                changed = true;
            }
        }
        return changed ? GroupVersionKindOrder.SortReferences([.. merged]) : first;
    }

    private static string Word(FieldSpec spec) => spec.CreateIfNotPresent ? "true" : "false";
}
