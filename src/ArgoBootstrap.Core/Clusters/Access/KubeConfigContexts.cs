namespace ArgoBootstrap.Core.Clusters.Access;

/// <summary>The contexts that can be chosen.</summary>
public static class KubeConfigContexts
{
    /// <summary>The names of the contexts of a kubeconfig, in the order of its files.</summary>
    /// <param name="kubeConfigPath">A file that must exist; empty to look where kubectl looks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>None where there is no kubeconfig.</returns>
    /// <exception cref="ClusterException"><see cref="ClusterErrorIds.KubeConfigNotFound"/> or <see cref="ClusterErrorIds.KubeConfigInvalid"/>.</exception>
    public static async Task<IReadOnlyList<string>> ListAsync(string kubeConfigPath = "", CancellationToken cancellationToken = default) =>
        await KubeConfig.LoadAsync(kubeConfigPath, cancellationToken).ConfigureAwait(false) is { } config ? [.. config.ContextNames] : [];
}
