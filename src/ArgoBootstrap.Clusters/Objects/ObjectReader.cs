using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Objects;

/// <summary>
/// Reads live objects without minding kinds that do not exist. Whether one does, its CustomResourceDefinition decides when
/// discovery does not know it: a server takes seconds to list a kind, and who takes its objects for absent may do harm.
/// </summary>
internal sealed class ObjectReader(ClusterConnection connection, ClusterDiscovery discovery)
{
    private const int PageSize = 500;

    private readonly DefinedKinds _definitions = new(connection, discovery);

    /// <summary>An object, or null when it, or its kind, is not there.</summary>
    public async Task<JsonObject?> FindAsync(string group, string kind, string name, string ns, CancellationToken cancellationToken)
    {
        if (await FindTypeAsync(group, kind, cancellationToken).ConfigureAwait(false) is not { } resource)
        {
            return null;
        }
        ApiResponse? found = await connection.FindAsync(ApiRequest.Get(resource.ObjectPath(name, ns), $"{kind} {name}"), cancellationToken).ConfigureAwait(false);
        return found?.Json;
    }

    /// <summary>All objects of a kind; none when the kind does not exist.</summary>
    /// <param name="group">API group.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="ns">Namespace; empty for all.</param>
    /// <param name="labelSelector">Label selector; empty for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string group, string kind, string ns, string labelSelector, CancellationToken cancellationToken)
    {
        if (await FindTypeAsync(group, kind, cancellationToken).ConfigureAwait(false) is not { } resource)
        {
            return [];
        }
        var all = new List<JsonObject>();
        string more = "";
        bool looked = false;
        while (true)
        {
            string query = $"?limit={PageSize}" + (labelSelector.Length > 0 ? $"&labelSelector={Uri.EscapeDataString(labelSelector)}" : "") + (more.Length > 0 ? $"&continue={Uri.EscapeDataString(more)}" : "");
            ApiRequest request = ApiRequest.Get(resource.CollectionPath(ns) + query, $"list of {resource.Plural}");
            ApiResponse answer = await connection.TrySendAsync(request, cancellationToken).ConfigureAwait(false);
            if (answer.StatusCode == 404 && !looked)
            {
                // What discovery said is old: the kind is gone, or is served in another version.
                looked = true;
                discovery.Invalidate();
                if (await FindTypeAsync(group, kind, cancellationToken).ConfigureAwait(false) is not { } current)
                {
                    return all;
                }
                resource = current;
                continue;
            }
            if (!answer.IsSuccess)
            {
                throw connection.Errors.FromResponse(request, answer);
            }
            foreach (JsonObject item in (answer.Json["items"] as JsonArray ?? []).OfType<JsonObject>())
            {
                // Items of a list do not name their type.
                item["apiVersion"] = resource.Type.ApiVersion;
                item["kind"] = kind;
                all.Add(item);
            }
            more = answer.Json.At("metadata", "continue").Text();
            if (more.Length == 0)
            {
                return all;
            }
        }
    }

    /// <summary>How the server serves a kind in the version that it prefers.</summary>
    public Task<ApiResource?> TypeAsync(GroupVersionKind type, CancellationToken cancellationToken) => discovery.FindPreferredAsync(type.Group, type.Kind, cancellationToken);

    private async Task<ApiResource?> FindTypeAsync(string group, string kind, CancellationToken cancellationToken) =>
        await discovery.FindPreferredAsync(group, kind, cancellationToken).ConfigureAwait(false)
            ?? (await _definitions.WaitIfDefinedAsync(group, kind, cancellationToken).ConfigureAwait(false) ? await discovery.FindPreferredAsync(group, kind, cancellationToken).ConfigureAwait(false) : null);
}
