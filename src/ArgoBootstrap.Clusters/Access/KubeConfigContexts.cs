using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>The contexts that can be chosen.</summary>
public static class KubeConfigContexts
{
    /// <summary>The names of the contexts of a kubeconfig, in the order of its files.</summary>
    /// <param name="kubeConfigPath">A file that must exist; empty to look where kubectl looks.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>None where there is no kubeconfig.</returns>
    /// <exception cref="OperationException"><see cref="ClusterErrorIds.KubeConfigNotFound"/> or <see cref="ClusterErrorIds.KubeConfigInvalid"/>.</exception>
    public static async Task<IReadOnlyList<string>> ListAsync(string kubeConfigPath = "", CancellationToken cancellationToken = default) =>
        await KubeConfig.LoadAsync(kubeConfigPath, cancellationToken).ConfigureAwait(false) is { } config ? [.. config.ContextNames] : [];

    /// <summary>The name of the context that a connection would use, without asking the cluster or running anything.</summary>
    /// <param name="options">Which cluster.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Empty where there is no kubeconfig, it cannot be read, or it has no current context.</returns>
    public static async Task<string> FindCurrentAsync(ClusterConnectionOptions options, CancellationToken cancellationToken = default)
    {
        if (options.Context.Length > 0)
        {
            return options.Context;
        }
        try
        {
            return (await KubeConfig.LoadAsync(options.KubeConfigPath, cancellationToken).ConfigureAwait(false))?.CurrentContext ?? "";
        }
        catch (OperationException)
        {
            // Using the cluster tells what is wrong with the file.
            return "";
        }
    }
}
