namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>Where an object or a transformer came from, as <c>buildMetadata: [originAnnotations]</c> records it.</summary>
public sealed record Origin
{
    /// <summary>Path of the file, relative to the root that is built or to the repository.</summary>
    public string Path { get; init; } = "";

    /// <summary>Clone URL, for a remote base.</summary>
    public string Repo { get; init; } = "";

    /// <summary>Branch, tag or commit, for a remote base.</summary>
    public string Ref { get; init; } = "";

    /// <summary>Kustomization file in which a generator or transformer is configured.</summary>
    public string ConfiguredIn { get; init; } = "";

    /// <summary>The generator or transformer that made the object: <c>apiVersion</c>, <c>kind</c>, <c>name</c>, <c>namespace</c>.</summary>
    public (string ApiVersion, string Kind, string Name, string Namespace)? ConfiguredBy { get; init; }
}
