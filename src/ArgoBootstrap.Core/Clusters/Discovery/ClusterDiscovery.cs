using System.Collections.Concurrent;
using System.Collections.Frozen;
using ArgoBootstrap.Core.Clusters.Access;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Core.Clusters.Discovery;

/// <summary>The types that a server serves, read when they are first needed and again when one is not known. Used by many threads at once.</summary>
public sealed class ClusterDiscovery
{
    private readonly ClusterConnection _connection;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ConcurrentDictionary<GroupVersionKind, Func<CancellationToken, Task>> _coming = new();
    private volatile Snapshot? _snapshot;

    /// <summary>Makes a discovery that has read nothing yet.</summary>
    /// <param name="connection">The cluster.</param>
    public ClusterDiscovery(ClusterConnection connection) => _connection = connection;

    /// <summary>Every type that the server serves.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ClusterException">The server cannot be reached, or refuses.</exception>
    public async Task<IReadOnlyList<ApiResource>> GetAllAsync(CancellationToken cancellationToken = default) =>
        (_snapshot ?? await RefreshAsync(null, cancellationToken).ConfigureAwait(false)).All;

    /// <summary>How the server serves a type; asks it again when the type is not known.</summary>
    /// <param name="type">The type.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when the server does not serve it.</returns>
    /// <exception cref="ClusterException">The server cannot be reached, or refuses.</exception>
    public async Task<ApiResource?> FindAsync(GroupVersionKind type, CancellationToken cancellationToken = default)
    {
        Snapshot? before = _snapshot;
        if (before is not null && before.ByType.TryGetValue(type, out ApiResource? known))
        {
            return known;
        }
        await AwaitAsync(t => t == type, cancellationToken).ConfigureAwait(false);
        Snapshot now = await RefreshAsync(before, cancellationToken).ConfigureAwait(false);
        return now.ByType.GetValueOrDefault(type);
    }

    /// <summary>How the server serves a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ClusterException">The server does not serve it (<see cref="ClusterErrorIds.KindUnknown"/>), cannot be reached, or refuses.</exception>
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
    /// <exception cref="ClusterException">The server cannot be reached, or refuses.</exception>
    public async Task<ApiResource?> FindPreferredAsync(string group, string kind, CancellationToken cancellationToken = default)
    {
        Snapshot? before = _snapshot;
        if (Find(before) is { } known)
        {
            return known;
        }
        await AwaitAsync(t => t.Group == group && t.Kind == kind, cancellationToken).ConfigureAwait(false);
        return Find(await RefreshAsync(before, cancellationToken).ConfigureAwait(false));

        ApiResource? Find(Snapshot? snapshot) => snapshot?.All.FirstOrDefault(r => r.Type.Group == group && r.Type.Kind == kind);
    }

    /// <summary>Forgets what was read, so that the next question is asked of the server.</summary>
    public void Invalidate() => _snapshot = null;

    /// <summary>Tells of a type that the server is about to serve: who asks for it waits until it does, and nobody else.</summary>
    /// <param name="type">The type.</param>
    /// <param name="wait">Waits until it is served.</param>
    internal void Expect(GroupVersionKind type, Func<CancellationToken, Task> wait) => _coming[type] = wait;

    private async Task AwaitAsync(Func<GroupVersionKind, bool> which, CancellationToken cancellationToken)
    {
        foreach ((GroupVersionKind type, Func<CancellationToken, Task> wait) in _coming.Where(c => which(c.Key)))
        {
            await wait(cancellationToken).ConfigureAwait(false);
            _coming.TryRemove(type, out _);
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
