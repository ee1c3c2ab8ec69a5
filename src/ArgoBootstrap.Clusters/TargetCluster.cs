using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters;

/// <summary>One cluster that is set up: its connection, and everything that is done through it.</summary>
public sealed class TargetCluster : IDisposable
{
    private TargetCluster(ClusterConnectionOptions options, ClusterConnection connection)
    {
        Options = options;
        Connection = connection;
        Discovery = new ClusterDiscovery(connection);
        Applier = new ClusterApplier(connection, Discovery);
        Waiter = new ClusterWaiter(connection, Discovery);
        Deleter = new ClusterDeleter(connection, Discovery);
        Reader = new ObjectReader(connection, Discovery);
    }

    /// <summary>Which cluster it is, as it was asked for; programs such as <c>helm</c> get the same kubeconfig and context.</summary>
    public ClusterConnectionOptions Options { get; }

    /// <summary>The connection.</summary>
    public ClusterConnection Connection { get; }

    /// <summary>The types that the server serves.</summary>
    public ClusterDiscovery Discovery { get; }

    /// <summary>Applies objects.</summary>
    public ClusterApplier Applier { get; }

    /// <summary>Waits for objects.</summary>
    public ClusterWaiter Waiter { get; }

    /// <summary>Deletes objects.</summary>
    public ClusterDeleter Deleter { get; }

    internal ObjectReader Reader { get; }

    /// <summary>Finds out which cluster is meant. Reads the kubeconfig; sends nothing yet.</summary>
    /// <param name="options">Which cluster.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">There is no usable kubeconfig or no such context.</exception>
    public static async Task<TargetCluster> OpenAsync(ClusterConnectionOptions options, CancellationToken cancellationToken = default) =>
        new(options, await ClusterConnection.OpenAsync(options, cancellationToken).ConfigureAwait(false));

    /// <summary>Works on a cluster. Where that fails, <see cref="OperationException.Changed"/> says whether something was changed before.</summary>
    /// <typeparam name="T">What the work comes to.</typeparam>
    /// <param name="options">Which cluster.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">There is no usable kubeconfig or no such context, or what the work throws.</exception>
    public static async Task<T> UseAsync<T>(ClusterConnectionOptions options, Func<TargetCluster, Task<T>> work, CancellationToken cancellationToken = default)
    {
        using TargetCluster cluster = await OpenAsync(options, cancellationToken).ConfigureAwait(false);
        try
        {
            return await work(cluster).ConfigureAwait(false);
        }
        catch (OperationException exception)
        {
            exception.Changed |= cluster.Connection.Changes.Value > 0;
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Connection.Dispose();
}
