using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>Tells which connections lead to one cluster, whatever their contexts are called.</summary>
public static class ClusterPlaces
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// A text for each connection, the same for those that lead to one cluster: they name one server, or their kube-system
    /// namespaces are the same object. Servers are asked only where their addresses all differ.
    /// </summary>
    /// <param name="connections">The connections.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<string>> FindAsync(IReadOnlyList<ClusterConnectionOptions> connections, CancellationToken cancellationToken = default)
    {
        string[] servers = await Task.WhenAll(connections.Select(c => ServerAsync(c, cancellationToken))).ConfigureAwait(false);
        if (servers.Distinct(StringComparer.Ordinal).Count() < 2)
        {
            return servers;
        }
        // Who does not answer in time is told by its own run.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        Dictionary<string, string> identities = [];
        string[] distinct = [.. servers.Distinct(StringComparer.Ordinal)];
        string?[] found = await Task.WhenAll(distinct.Select(s => IdentityAsync(connections[Array.IndexOf(servers, s)], patience.Token))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        for (int i = 0; i < distinct.Length; i++)
        {
            identities[distinct[i]] = found[i] is { Length: > 0 } uid ? distinct[Array.FindIndex(found, f => f == uid)] : distinct[i];
        }
        return [.. servers.Select(s => identities[s])];
    }

    private static async Task<string> ServerAsync(ClusterConnectionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using TargetCluster cluster = await TargetCluster.OpenAsync(options, cancellationToken).ConfigureAwait(false);
            return cluster.Connection.Server;
        }
        catch (OperationException)
        {
            return $"{options.KubeConfigPath}\n{options.Context}";
        }
    }

    private static async Task<string?> IdentityAsync(ClusterConnectionOptions options, CancellationToken cancellationToken)
    {
        try
        {
            using TargetCluster cluster = await TargetCluster.OpenAsync(options, cancellationToken).ConfigureAwait(false);
            ApiResponse answer = await cluster.Connection.TrySendAsync(ApiRequest.Get("/api/v1/namespaces/kube-system", "namespace kube-system"), cancellationToken).ConfigureAwait(false);
            return answer.IsSuccess ? answer.Json.At("metadata", "uid").Text() : null;
        }
        catch (Exception e) when (e is OperationException or OperationCanceledException)
        {
            return null;
        }
    }
}
