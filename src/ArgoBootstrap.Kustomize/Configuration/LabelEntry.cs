using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>An entry of <c>labels</c>.</summary>
/// <param name="Pairs">Labels, sorted by key.</param>
/// <param name="IncludeSelectors">Whether selectors get them as well.</param>
/// <param name="IncludeTemplates">Whether pod templates get them as well.</param>
/// <param name="Fields">Further fields that get them.</param>
/// <param name="Position">Where the entry is written.</param>
public sealed record LabelEntry(
    IReadOnlyList<KeyValuePair<string, string>> Pairs,
    bool IncludeSelectors,
    bool IncludeTemplates,
    IReadOnlyList<FieldSpec> Fields,
    SourcePosition Position);
