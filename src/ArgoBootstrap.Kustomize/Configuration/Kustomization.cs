using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>
/// A kustomization file, decoded. Legacy fields are kept apart from the fields that replace them only where they act at
/// another time; <c>bases</c>, <c>imageTags</c>, <c>env</c> and <c>helmChartInflationGenerator</c> are already part of
/// <see cref="Resources"/>, <see cref="Images"/>, the generators' <c>envs</c> and <see cref="HelmCharts"/>.
/// </summary>
public sealed record Kustomization
{
    /// <summary>The kind of a kustomization that stands by itself.</summary>
    public const string KustomizationKind = "Kustomization";

    /// <summary>The kind of a kustomization that changes the one that names it.</summary>
    public const string ComponentKind = "Component";

    /// <summary>The file.</summary>
    public required SourceFile File { get; init; }

    /// <summary><see cref="KustomizationKind"/> or <see cref="ComponentKind"/>.</summary>
    public string Kind { get; init; } = KustomizationKind;

    /// <summary><c>openapi</c>: <c>path</c> or <c>version</c>.</summary>
    public IReadOnlyDictionary<string, Located<string>> OpenApi { get; init; } = new Dictionary<string, Located<string>>();

    /// <summary><c>namePrefix</c>; empty when there is none.</summary>
    public string NamePrefix { get; init; } = "";

    /// <summary><c>nameSuffix</c>; empty when there is none.</summary>
    public string NameSuffix { get; init; } = "";

    /// <summary><c>namespace</c>; empty when there is none.</summary>
    public Located<string> Namespace { get; init; } = new("", SourcePosition.None);

    /// <summary><c>commonLabels</c> (deprecated), sorted by key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> CommonLabels { get; init; } = [];

    /// <summary><c>labels</c>.</summary>
    public IReadOnlyList<LabelEntry> Labels { get; init; } = [];

    /// <summary><c>commonAnnotations</c>, sorted by key.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> CommonAnnotations { get; init; } = [];

    /// <summary><c>patchesStrategicMerge</c> (deprecated): paths or inline text.</summary>
    public IReadOnlyList<Located<string>> PatchesStrategicMerge { get; init; } = [];

    /// <summary><c>patchesJson6902</c> (deprecated).</summary>
    public IReadOnlyList<PatchEntry> PatchesJson6902 { get; init; } = [];

    /// <summary><c>patches</c>.</summary>
    public IReadOnlyList<PatchEntry> Patches { get; init; } = [];

    /// <summary><c>images</c>, then <c>imageTags</c>.</summary>
    public IReadOnlyList<ImageEntry> Images { get; init; } = [];

    /// <summary><c>replacements</c>: a sequence node, or null.</summary>
    public SequenceNode? Replacements { get; init; }

    /// <summary><c>replicas</c>.</summary>
    public IReadOnlyList<ReplicaEntry> Replicas { get; init; } = [];

    /// <summary><c>vars</c> (deprecated): a sequence node, or null.</summary>
    public SequenceNode? Vars { get; init; }

    /// <summary><c>sortOptions</c>, or null.</summary>
    public SortOptions? SortOptions { get; init; }

    /// <summary><c>resources</c>, then <c>bases</c>.</summary>
    public IReadOnlyList<Located<string>> Resources { get; init; } = [];

    /// <summary><c>components</c>.</summary>
    public IReadOnlyList<Located<string>> Components { get; init; } = [];

    /// <summary><c>crds</c>.</summary>
    public IReadOnlyList<Located<string>> Crds { get; init; } = [];

    /// <summary><c>configMapGenerator</c>.</summary>
    public IReadOnlyList<GeneratorEntry> ConfigMapGenerator { get; init; } = [];

    /// <summary><c>secretGenerator</c>.</summary>
    public IReadOnlyList<GeneratorEntry> SecretGenerator { get; init; } = [];

    /// <summary><c>helmGlobals</c>, or null.</summary>
    public HelmGlobals? HelmGlobals { get; init; }

    /// <summary><c>helmCharts</c>, then <c>helmChartInflationGenerator</c>.</summary>
    public IReadOnlyList<HelmChart> HelmCharts { get; init; } = [];

    /// <summary><c>generatorOptions</c>, or null.</summary>
    public GeneratorOptions? GeneratorOptions { get; init; }

    /// <summary><c>configurations</c>.</summary>
    public IReadOnlyList<Located<string>> Configurations { get; init; } = [];

    /// <summary><c>generators</c>: paths or inline text.</summary>
    public IReadOnlyList<Located<string>> Generators { get; init; } = [];

    /// <summary><c>transformers</c>: paths or inline text.</summary>
    public IReadOnlyList<Located<string>> Transformers { get; init; } = [];

    /// <summary><c>validators</c>: paths or inline text.</summary>
    public IReadOnlyList<Located<string>> Validators { get; init; } = [];

    /// <summary><c>buildMetadata</c>.</summary>
    public IReadOnlyList<string> BuildMetadata { get; init; } = [];

    /// <summary>Deprecated fields that the file uses, in the order in which kustomize warns of them.</summary>
    public IReadOnlyList<Located<string>> DeprecatedFields { get; init; } = [];

    /// <summary>What should be known about the file's text, although kustomize takes it.</summary>
    public IReadOnlyList<Diagnostic> Remarks { get; init; } = [];

    /// <summary>Where a second document begins, which kustomize passes over; null when there is none.</summary>
    public SourcePosition? IgnoredDocument { get; init; }
}
