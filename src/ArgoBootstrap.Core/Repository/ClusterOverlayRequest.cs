namespace ArgoBootstrap.Core.Repository;

/// <summary>A cluster that is to be added to the repository.</summary>
/// <param name="Environment">The environment that it belongs to; it must exist.</param>
/// <param name="Name">Its name, an RFC 1123 label.</param>
/// <param name="IngressHost">The host under which its Argo CD is reached.</param>
public sealed record ClusterOverlayRequest(string Environment, string Name, string IngressHost)
{
    /// <summary>The application that the overlay is of.</summary>
    public string Application { get; init; } = GitOpsLayout.ArgoCDApplication;

    /// <summary>Whether an overlay that the cluster has is overwritten.</summary>
    public bool Force { get; init; }
}
