using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>What happens once, at the end of a build: hashes, repaired references, variables, order, final metadata.</summary>
internal static class RootFinisher
{
    private const string LocalConfig = "config.kubernetes.io/local-config";
    private const string ManagedByLabel = "app.kubernetes.io/managed-by";

    /// <summary>kustomize's version as it stands in the label that <c>buildMetadata: [managedByLabel]</c> sets.</summary>
    private const string ManagedByValue = "kustomize-v5.8.1";

    private static readonly FieldSpec[] LabelField = [new(GroupVersionKind.Any, "metadata/labels", CreateIfNotPresent: true)];

    /// <summary>Finishes a build.</summary>
    /// <param name="layer">What the root came to.</param>
    /// <param name="root">The root's kustomization file.</param>
    /// <param name="options">What the kustomization does not say: the order, and whether objects are labelled.</param>
    /// <param name="warnings">Receives warnings.</param>
    /// <param name="keys">Explains keys that cannot be printed.</param>
    /// <exception cref="KustomizeException">References or variables cannot be resolved.</exception>
    public static IReadOnlyList<Resource> Finish(Layer layer, Kustomization root, KustomizeOptions options, List<Diagnostic> warnings, MadeKeys keys)
    {
        var resources = new ResourceMap(layer.Resources);
        new HashTransformer(keys.Explain).Transform(resources);
        new NameReferenceTransformer(layer.Configuration.NameReferences).Transform(resources);
        ReplaceVariables(layer, resources, warnings);
        RequireIdentities(resources);
        resources.RemoveAll(IsLocal);
        RequireDistinctIds(resources);
        Order(resources, root.SortOptions, options.Reorder);
        if (options.EnableManagedByLabel || root.BuildMetadata.Contains("managedByLabel"))
        {
            new KeyValueTransformer([new(ManagedByLabel, ManagedByValue)], LabelField).Transform(resources);
        }
        bool withOrigin = root.BuildMetadata.Contains("originAnnotations");
        bool withTransformations = root.BuildMetadata.Contains("transformerAnnotations");
        return [.. resources.ToList().Select(r => MetadataFinalizer.Finish(r, withOrigin, withTransformations))];
    }

    private static void ReplaceVariables(Layer layer, ResourceMap resources, List<Diagnostic> warnings)
    {
        if (layer.Variables.Count == 0)
        {
            return;
        }
        var transformer = new VariableTransformer(layer.Variables, layer.Configuration.VariableReferences);
        transformer.Transform(resources);
        foreach (Variable unused in transformer.Unused)
        {
            warnings.Add(new Diagnostic(
                DiagnosticIds.InvalidVariable, DiagnosticSeverity.Warning, $"The variable {unused.Name} is defined, but nothing that is built here uses $({unused.Name}).", unused.Position,
                "Remove it unless another overlay uses it, or add the field that does to varReference."));
        }
    }

    private static void Order(ResourceMap resources, SortOptions? options, Reorder reorder)
    {
        if (options is null)
        {
            if (reorder == Reorder.Legacy)
            {
                LegacySort.Sort(resources);
            }
            return;
        }
        switch (options.Order)
        {
            case "legacy":
                LegacySort.Sort(resources, options.OrderFirst is null && options.OrderLast is null ? null : new LegacyKindOrder(options.OrderFirst ?? [], options.OrderLast ?? []));
                break;
            case "fifo" when options.OrderFirst is null && options.OrderLast is null:
                break;
            case "fifo":
                throw new KustomizeException(
                    DiagnosticIds.InvalidValue, "'legacySortOptions' does not go with the order fifo.", options.Position, "Remove it, or use the order legacy.");
            default:
                throw new KustomizeException(
                    DiagnosticIds.InvalidValue, $"The order '{options.Order}' of 'sortOptions' is unknown.", options.Position,
                    "It must be legacy or fifo." + NameSuggestion.Sentence(options.Order, ["legacy", "fifo"]));
        }
    }

    /// <summary>A patch may have removed what the file had.</summary>
    private static void RequireIdentities(ResourceMap resources)
    {
        foreach (Resource resource in resources.Resources)
        {
            string? missing = resource.Kind.Length == 0 ? "kind" : resource.Name.Length == 0 && !resource.Kind.EndsWith("List", StringComparison.Ordinal) ? "metadata.name" : null;
            if (missing is not null)
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidResource, $"What was {resource.OriginalId.Describe()} has no '{missing}' any more.", resource.Node.Position,
                    "Correct the patch or replacement that removes it.");
            }
        }
    }

    /// <summary>A replacement may have given two objects the same name. kustomize crashes then.</summary>
    private static void RequireDistinctIds(ResourceMap resources)
    {
        if (resources.FindTwins() is var (one, other))
        {
            throw new KustomizeException(
                DiagnosticIds.DuplicateResource, $"Two objects are {other.Id.Describe()} in the end; the other one is at {one.Node.Position}.", other.Node.Position,
                "Correct the replacement or transformer that gives both the same name.");
        }
    }

    /// <summary>Objects that are an input of the build and nothing else.</summary>
    private static bool IsLocal(Resource resource) =>
        resource.Node["metadata"] is MappingNode metadata
        && metadata["annotations"] is MappingNode annotations
        && annotations[LocalConfig] is ScalarNode { Value: not "false" };
}
