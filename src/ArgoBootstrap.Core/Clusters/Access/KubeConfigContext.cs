using k8s.KubeConfigModels;

namespace ArgoBootstrap.Core.Clusters.Access;

/// <summary>One context of a kubeconfig with what it refers to. Relative paths have been resolved against the file that holds them.</summary>
internal sealed record KubeConfigContext
{
    public required string Name { get; init; }

    public required string ClusterName { get; init; }

    public required string UserName { get; init; }

    public required string Namespace { get; init; }

    public required ClusterEndpoint Cluster { get; init; }

    public required UserCredentials User { get; init; }

    public string ProxyUrl { get; init; } = "";

    public string TokenFile { get; init; } = "";

    /// <summary>Folder of the file that holds the user: relative plugin paths start here.</summary>
    public string UserFolder { get; init; } = "";
}
