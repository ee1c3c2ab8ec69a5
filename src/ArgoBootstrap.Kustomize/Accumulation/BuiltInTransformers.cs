using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Transformation;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>kustomize's built-in transformers, configured by a kustomization's fields or by objects of their own.</summary>
/// <param name="loader">Reads files.</param>
/// <param name="schema">The schema in force.</param>
/// <param name="warnings">Receives warnings.</param>
internal sealed class BuiltInTransformers(RootLoader loader, KubernetesSchema schema, List<Diagnostic> warnings)
{
    private static readonly FieldSpec MetadataLabels = new(GroupVersionKind.Any, "metadata/labels", CreateIfNotPresent: true);

    /// <summary>The transformers that a kustomization's fields configure, in kustomize's order.</summary>
    /// <param name="k">The kustomization.</param>
    /// <param name="configuration">Which fields they change.</param>
    /// <returns>kustomize's name of each transformer, with the transformer.</returns>
    /// <exception cref="KustomizeException">A transformer's configuration cannot be used.</exception>
    public IEnumerable<(string Kind, IResourceTransformer Transformer)> Of(Kustomization k, TransformerConfiguration configuration)
    {
        var patches = new PatchLoader(loader, schema);
        if (k.PatchesStrategicMerge.Count > 0)
        {
            yield return ("PatchStrategicMergeTransformer", patches.StrategicMerge(k.PatchesStrategicMerge, k.File));
        }
        foreach (PatchEntry patch in k.Patches)
        {
            yield return ("PatchTransformer", patches.Patch(patch));
        }
        if (k.Namespace.Value.Length > 0)
        {
            yield return ("NamespaceTransformer", new NamespaceTransformer(k.Namespace, configuration.Namespace));
        }
        if (k.NamePrefix.Length > 0)
        {
            yield return ("PrefixTransformer", new NameAffixTransformer(k.NamePrefix, isPrefix: true, configuration.NamePrefix));
        }
        if (k.NameSuffix.Length > 0)
        {
            yield return ("SuffixTransformer", new NameAffixTransformer(k.NameSuffix, isPrefix: false, configuration.NameSuffix));
        }
        foreach (LabelEntry label in k.Labels)
        {
            yield return ("LabelTransformer", new KeyValueTransformer(label.Pairs, LabelFields(label, configuration)));
        }
        if (k.Labels.Count > 0 || k.CommonLabels.Count > 0)
        {
            // Even without commonLabels: kustomize records this transformer wherever there are labels.
            yield return ("LabelTransformer", new KeyValueTransformer(k.CommonLabels, configuration.CommonLabels));
        }
        if (k.CommonAnnotations.Count > 0)
        {
            yield return ("AnnotationsTransformer", new KeyValueTransformer(k.CommonAnnotations, configuration.CommonAnnotations));
        }
        foreach (PatchEntry patch in k.PatchesJson6902)
        {
            yield return ("PatchJson6902Transformer", patches.Json6902(patch));
        }
        foreach (ReplicaEntry replica in k.Replicas)
        {
            yield return ("ReplicaCountTransformer", new ReplicaTransformer(replica, configuration.Replicas));
        }
        foreach (ImageEntry image in k.Images)
        {
            yield return ("ImageTagTransformer", new ImageTransformer(image, configuration.Images));
        }
        if (k.Replacements is { Count: > 0 } replacements)
        {
            yield return ("ReplacementTransformer", new ReplacementTransformer(new ReplacementLoader(loader, warnings).Load(replacements)));
        }
    }

    /// <summary>The transformer that an object configures.</summary>
    /// <param name="configuration">The object.</param>
    /// <exception cref="KustomizeException">It configures no built-in transformer, or its configuration cannot be used.</exception>
    public IResourceTransformer Of(Resource configuration) => new TransformerConfigurationObject(configuration, loader, schema, warnings).Transformer();

    private static IReadOnlyList<FieldSpec> LabelFields(LabelEntry label, TransformerConfiguration configuration)
    {
        IReadOnlyList<FieldSpec> fields = Merge(label.Fields, configuration.Labels);
        if (label.IncludeSelectors)
        {
            return Merge(fields, configuration.CommonLabels);
        }
        if (label.IncludeTemplates)
        {
            fields = Merge(fields, configuration.TemplateLabels);
        }
        return Merge(fields, [MetadataLabels]);

        IReadOnlyList<FieldSpec> Merge(IReadOnlyList<FieldSpec> first, IReadOnlyList<FieldSpec> second) =>
            TransformerConfigurationMerger.Fields(first, second, "labels", label.Position);
    }
}
