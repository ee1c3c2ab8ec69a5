namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>The fields that kustomize 5.8 knows.</summary>
public static class KustomizationFields
{
    private static readonly string[] All =
    [
        "apiVersion", "kind", "metadata", "openapi", "namePrefix", "nameSuffix", "namespace", "commonLabels", "labels", "commonAnnotations",
        "patchesStrategicMerge", "patchesJson6902", "patches", "images", "imageTags", "replacements", "replicas", "vars", "sortOptions",
        "resources", "components", "crds", "bases", "configMapGenerator", "secretGenerator", "helmGlobals", "helmCharts",
        "helmChartInflationGenerator", "generatorOptions", "configurations", "generators", "transformers", "validators", "buildMetadata",
    ];

    /// <summary>Names of the fields of a kustomization file.</summary>
    public static ReadOnlySpan<string> Names => All;

    /// <summary>Names that a kustomization file may have, in the order in which they are looked for.</summary>
    public static IReadOnlyList<string> FileNames { get; } = ["kustomization.yaml", "kustomization.yml", "Kustomization"];
}
