namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary><c>generatorOptions</c>, or the <c>options</c> of one generator.</summary>
/// <param name="Labels">Labels of what is generated.</param>
/// <param name="Annotations">Annotations of what is generated.</param>
/// <param name="DisableNameSuffixHash">Whether the name gets no hash.</param>
/// <param name="Immutable">Whether the object is immutable.</param>
public sealed record GeneratorOptions(
    IReadOnlyList<KeyValuePair<string, string>> Labels,
    IReadOnlyList<KeyValuePair<string, string>> Annotations,
    bool DisableNameSuffixHash,
    bool Immutable)
{
    /// <summary>The options of one generator under those of the whole file: its own labels win, and what either switches on is on.</summary>
    /// <param name="local">The generator's own, or null.</param>
    /// <param name="global">The file's, or null.</param>
    public static GeneratorOptions? Merge(GeneratorOptions? local, GeneratorOptions? global)
    {
        if (local is null || global is null)
        {
            return local ?? global;
        }
        return new GeneratorOptions(
            Union(local.Labels, global.Labels),
            Union(local.Annotations, global.Annotations),
            local.DisableNameSuffixHash || global.DisableNameSuffixHash,
            local.Immutable || global.Immutable);
    }

    private static List<KeyValuePair<string, string>> Union(
        IReadOnlyList<KeyValuePair<string, string>> first, IReadOnlyList<KeyValuePair<string, string>> second) =>
        [.. first.Concat(second).DistinctBy(p => p.Key).OrderBy(p => p.Key, StringComparer.Ordinal)];
}
