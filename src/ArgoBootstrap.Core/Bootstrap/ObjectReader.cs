using System.Text.Json.Nodes;
using ArgoBootstrap.Core.Clusters.Access;
using ArgoBootstrap.Core.Clusters.Discovery;
using ArgoBootstrap.Core.Clusters.Waiting;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>Reads live objects without minding kinds that the server does not serve.</summary>
internal sealed class ObjectReader(ClusterConnection connection, ClusterDiscovery discovery)
{
    private const int PageSize = 500;

    /// <summary>An object, or null when it, or its kind, is not there.</summary>
    public async Task<JsonObject?> FindAsync(string group, string kind, string name, string ns, CancellationToken cancellationToken)
    {
        if (await discovery.FindPreferredAsync(group, kind, cancellationToken).ConfigureAwait(false) is not { } resource)
        {
            return null;
        }
        ApiResponse? found = await connection.FindAsync(ApiRequest.Get(resource.ObjectPath(name, ns), $"{kind} {name}"), cancellationToken).ConfigureAwait(false);
        return found?.Json;
    }

    /// <summary>All objects of a kind; none when the server does not serve it.</summary>
    /// <param name="group">API group.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="ns">Namespace; empty for all.</param>
    /// <param name="labelSelector">Label selector; empty for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(string group, string kind, string ns, string labelSelector, CancellationToken cancellationToken)
    {
        if (await discovery.FindPreferredAsync(group, kind, cancellationToken).ConfigureAwait(false) is not { } resource)
        {
            return [];
        }
        var all = new List<JsonObject>();
        string more = "";
        do
        {
            string query = $"?limit={PageSize}" + (labelSelector.Length > 0 ? $"&labelSelector={Uri.EscapeDataString(labelSelector)}" : "") + (more.Length > 0 ? $"&continue={Uri.EscapeDataString(more)}" : "");
            ApiResponse answer = await connection.SendAsync(ApiRequest.Get(resource.CollectionPath(ns) + query, $"list of {resource.Plural}"), cancellationToken).ConfigureAwait(false);
            foreach (JsonObject item in (answer.Json["items"] as JsonArray ?? []).OfType<JsonObject>())
            {
                // Items of a list do not name their type.
                item["apiVersion"] = resource.Type.ApiVersion;
                item["kind"] = kind;
                all.Add(item);
            }
            more = answer.Json.At("metadata", "continue").Text();
        }
        while (more.Length > 0);
        return all;
    }

    /// <summary>How the server serves a kind in the version that it prefers.</summary>
    public Task<ApiResource?> TypeAsync(GroupVersionKind type, CancellationToken cancellationToken) => discovery.FindPreferredAsync(type.Group, type.Kind, cancellationToken);
}
