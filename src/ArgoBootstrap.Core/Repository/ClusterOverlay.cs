namespace ArgoBootstrap.Core.Repository;

/// <summary>An overlay of the repository: what an environment or one of its clusters gets of an application.</summary>
/// <param name="Environment">The environment.</param>
/// <param name="Cluster">The cluster, or <see langword="null"/> for the overlay that all clusters of the environment share.</param>
/// <param name="Application">The application, such as <c>argocd</c>: the last segment of the path.</param>
/// <param name="Path">The absolute path of the folder that holds the kustomization file.</param>
/// <param name="RelativePath">The path from the repository's root with forward slashes, as an Argo CD Application names it.</param>
/// <param name="RepositoryRoot">The absolute path of the repository's root.</param>
public sealed record ClusterOverlay(
    string Environment, string? Cluster, string Application, string Path, string RelativePath, string RepositoryRoot)
{
    /// <summary>
    /// The host that the overlay's own file sets (<c>INGRESS_HOST</c> of its <c>cluster-config</c> or
    /// <c>environment-config</c>), or <see langword="null"/> where it sets none.
    /// </summary>
    public string? IngressHost { get; init; }

    /// <summary>What the overlay is for.</summary>
    public required OverlayKind Kind { get; init; }

    /// <inheritdoc/>
    public override string ToString() => RelativePath;
}
