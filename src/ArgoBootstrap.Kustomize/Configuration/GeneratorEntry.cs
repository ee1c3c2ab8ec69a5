using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>An entry of <c>configMapGenerator</c> or <c>secretGenerator</c>.</summary>
/// <param name="Name">Name before prefix, suffix and hash.</param>
/// <param name="Position">Where the entry is written.</param>
public sealed record GeneratorEntry(string Name, SourcePosition Position)
{
    /// <summary>Namespace; empty when there is none.</summary>
    public string Namespace { get; init; } = "";

    /// <summary><c>create</c>, <c>replace</c>, <c>merge</c> or empty.</summary>
    public string Behavior { get; init; } = "";

    /// <summary>For a Secret, its type; empty for <c>Opaque</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary><c>literals</c>: <c>key=value</c>.</summary>
    public IReadOnlyList<Located<string>> Literals { get; init; } = [];

    /// <summary><c>files</c>: <c>[key=]path</c>.</summary>
    public IReadOnlyList<Located<string>> Files { get; init; } = [];

    /// <summary><c>envs</c>, then <c>env</c>: paths of files with a <c>key=value</c> on each line.</summary>
    public IReadOnlyList<Located<string>> Envs { get; init; } = [];

    /// <summary><c>options</c>, or null.</summary>
    public GeneratorOptions? Options { get; init; }
}
