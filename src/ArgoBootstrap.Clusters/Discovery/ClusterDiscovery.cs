using System.Collections.Frozen;
using System.Diagnostics;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Discovery;

/// <summary>The types that a server serves, read when they are first needed and again when one is not known. Used by many threads at once.</summary>
public sealed class ClusterDiscovery
{
    private readonly ClusterConnection _connection;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Snapshot? _snapshot;

    /// <summary>Makes a discovery that has read nothing yet.</summary>
    /// <param name="connection">The cluster.</param>
    public ClusterDiscovery(ClusterConnection connection) => _connection = connection;

    /// <summary>Every type that the server serves.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">The server cannot be reached, or refuses.</exception>
    public async Task<IReadOnlyList<ApiResource>> GetAllAsync(CancellationToken cancellationToken = default) =>
        (_snapshot ?? await RefreshAsync(null, cancellationToken).ConfigureAwait(false)).All;

    /// <summary>How the server serves a type; asks it again when the type is not known.</summary>
    /// <param name="type">The type.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when the server does not serve it.</returns>
    /// <exception cref="OperationException">The server cannot be reached, or refuses.</exception>
    public async Task<ApiResource?> FindAsync(GroupVersionKind type, CancellationToken cancellationToken = default)
    {
        Snapshot? before = _snapshot;
        if (before is not null && before.ByType.TryGetValue(type, out ApiResource? known))
        {
            return known;
        }
        Snapshot now = await RefreshAsync(before, cancellationToken).ConfigureAwait(false);
        return now.ByType.GetValueOrDefault(type);
    }

    /// <summary>How the server serves a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">The server does not serve it (<see cref="ClusterErrorIds.KindUnknown"/>), cannot be reached, or refuses.</exception>
    public async Task<ApiResource> GetAsync(GroupVersionKind type, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(type, cancellationToken).ConfigureAwait(false) is { } found)
        {
            return found;
        }
        string[] others = [.. _snapshot!.All.Where(r => r.Type.Kind == type.Kind && r.Type.Group == type.Group).Select(r => r.Type.ApiVersion)];
        throw _connection.Errors.Make(
            ClusterErrorIds.KindUnknown,
            $"The server {_connection.Server} does not serve {type.Kind} of {type.ApiVersion}.",
            others.Length > 0
                ? $"It serves {string.Join(", ", others)}: change apiVersion in the overlay."
                : "Install the CustomResourceDefinition or the API service that brings this kind, or take the object out of the overlay.");
    }

    /// <summary>The type of a kind in the version that the server prefers.</summary>
    /// <param name="group">API group; empty for the core group.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when the server does not serve it.</returns>
    /// <exception cref="OperationException">The server cannot be reached, or refuses.</exception>
    public async Task<ApiResource?> FindPreferredAsync(string group, string kind, CancellationToken cancellationToken = default)
    {
        Snapshot? before = _snapshot;
        if (Find(before) is { } known)
        {
            return known;
        }
        return Find(await RefreshAsync(before, cancellationToken).ConfigureAwait(false));

        ApiResource? Find(Snapshot? snapshot) => snapshot?.All.FirstOrDefault(r => r.Type.Group == group && r.Type.Kind == kind);
    }

    /// <summary>Forgets what was read, so that the next question is asked of the server.</summary>
    public void Invalidate() => _snapshot = null;

    /// <summary>Waits until the server lists types that it is about to serve. Asks nothing when they are known.</summary>
    /// <typeparam name="T">What names a type.</typeparam>
    /// <param name="wanted">The types.</param>
    /// <param name="nameOf">What names a type that is served.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Those that are not served in time.</returns>
    /// <exception cref="OperationException">The server cannot be reached, or refuses.</exception>
    internal async Task<IReadOnlyList<T>> WaitAsync<T>(IReadOnlyCollection<T> wanted, Func<ApiResource, T> nameOf, TimeSpan timeout, CancellationToken cancellationToken)
    {
        timeout = _connection.Deadline.Limit(timeout);
        long started = Stopwatch.GetTimestamp();
        Snapshot? snapshot = _snapshot;
        for (int delay = 0; ; delay = Math.Clamp(delay * 2, 50, 250))
        {
            T[] missing = snapshot is null ? [.. wanted] : [.. wanted.Except(snapshot.All.Select(nameOf))];
            if (missing.Length == 0 || (delay > 0 && Stopwatch.GetElapsedTime(started) > timeout))
            {
                return missing;
            }
            try
            {
                await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
                snapshot = await RefreshAsync(snapshot, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (_connection.Deadline.IsSaidBy(e))
            {
                // Which types are missing says more than which request had no time left.
                return missing;
            }
        }
    }

    private async Task<Snapshot> RefreshAsync(Snapshot? known, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Many objects of the same unknown kind ask at once: the first one's answer serves them all.
            if (_snapshot is { } other && !ReferenceEquals(other, known))
            {
                return other;
            }
            IReadOnlyList<ApiResource> all = await DiscoveryReader.ReadAsync(_connection, cancellationToken).ConfigureAwait(false);
            var byType = new Dictionary<GroupVersionKind, ApiResource>(all.Count);
            foreach (ApiResource resource in all)
            {
                byType.TryAdd(resource.Type, resource);
            }
            var snapshot = new Snapshot(all, byType.ToFrozenDictionary());
            _snapshot = snapshot;
            return snapshot;
        }
        finally
        {
            _gate.Release();
        }
    }

    private sealed record Snapshot(IReadOnlyList<ApiResource> All, FrozenDictionary<GroupVersionKind, ApiResource> ByType);
}
