using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Objects;

/// <summary>The namespaces that can be chosen.</summary>
public static class ClusterNamespaces
{
    /// <summary>The names of a cluster's namespaces.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">The server cannot be reached, or the user may not list them.</exception>
    public static async Task<IReadOnlyList<string>> ListAsync(TargetCluster cluster, CancellationToken cancellationToken = default) =>
        [.. (await cluster.Reader.ListAsync("", "Namespace", "", "", cancellationToken).ConfigureAwait(false)).Select(n => n.At("metadata", "name").Text())];
}
