namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>Which fields each built-in transformer changes: kustomize's defaults, with what <c>configurations</c> and <c>crds</c> add. Immutable.</summary>
public sealed record TransformerConfiguration
{
    /// <summary>Nothing.</summary>
    public static TransformerConfiguration Empty { get; } = new();

    /// <summary>Fields that <c>namePrefix</c> changes.</summary>
    public IReadOnlyList<FieldSpec> NamePrefix { get; init; } = [];

    /// <summary>Fields that <c>nameSuffix</c> changes.</summary>
    public IReadOnlyList<FieldSpec> NameSuffix { get; init; } = [];

    /// <summary>Fields that <c>namespace</c> changes.</summary>
    public IReadOnlyList<FieldSpec> Namespace { get; init; } = [];

    /// <summary>Fields that every entry of <c>labels</c> changes.</summary>
    public IReadOnlyList<FieldSpec> Labels { get; init; } = [];

    /// <summary>Fields that <c>labels</c> with <c>includeTemplates</c> changes.</summary>
    public IReadOnlyList<FieldSpec> TemplateLabels { get; init; } = [];

    /// <summary>Fields that <c>commonLabels</c>, and <c>labels</c> with <c>includeSelectors</c>, change.</summary>
    public IReadOnlyList<FieldSpec> CommonLabels { get; init; } = [];

    /// <summary>Fields that <c>commonAnnotations</c> changes.</summary>
    public IReadOnlyList<FieldSpec> CommonAnnotations { get; init; } = [];

    /// <summary>Fields that hold names of other objects.</summary>
    public IReadOnlyList<NameReference> NameReferences { get; init; } = [];

    /// <summary>Fields in which <c>$(VARIABLE)</c> is replaced.</summary>
    public IReadOnlyList<FieldSpec> VariableReferences { get; init; } = [];

    /// <summary>Fields that <c>images</c> changes, beside those of containers.</summary>
    public IReadOnlyList<FieldSpec> Images { get; init; } = [];

    /// <summary>Fields that <c>replicas</c> changes.</summary>
    public IReadOnlyList<FieldSpec> Replicas { get; init; } = [];
}
