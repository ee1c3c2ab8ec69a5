using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

/// <summary>Everything that is on a cluster, to compare one state with another.</summary>
internal static class ClusterState
{
    // What a server renews by itself, and the lock that comes and goes.
    private static readonly string[] Restless = ["Lease", "Event", "APIService", "FlowSchema", "PriorityLevelConfiguration", "ComponentStatus", "IPAddress"];

    // What differs between two clusters that were set up in the same way.
    private static readonly string[] Individual = ["resourceVersion", "uid", "creationTimestamp", "generation", "managedFields", "selfLink"];

    /// <summary>Every object by its path.</summary>
    public static async Task<SortedDictionary<string, JsonObject>> ReadAsync(TestCluster cluster)
    {
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        var all = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        IReadOnlyList<ApiResource> types = await session.Discovery.GetAllAsync();
        foreach (ApiResource type in types.Where(t => t.Supports("list") && !Restless.Contains(t.Type.Kind)).DistinctBy(t => (t.Type.Group, t.Plural)))
        {
            ApiResponse? list = await session.Connection.FindAsync(ApiRequest.Get(type.CollectionPath(), type.Plural));
            foreach (JsonObject item in ((JsonArray?)list?.Json["items"] ?? []).OfType<JsonObject>())
            {
                all[type.ObjectPath((string)item["metadata"]!["name"]!, (string?)item["metadata"]!["namespace"] ?? "")] = item;
            }
        }
        return all;
    }

    /// <summary>The paths of all objects of a kind.</summary>
    public static async Task<IReadOnlyList<string>> ReadAllAsync(TestCluster cluster, string kind)
    {
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        ApiResource type = (await session.Discovery.GetAllAsync()).First(t => t.Type.Kind == kind);
        ApiResponse list = await session.Connection.SendAsync(ApiRequest.Get(type.CollectionPath(), type.Plural));
        return [.. ((JsonArray)list.Json["items"]!).Select(i => type.ObjectPath((string)i!["metadata"]!["name"]!, (string?)i["metadata"]!["namespace"] ?? ""))];
    }

    /// <summary>Where two states differ, for messages that say it.</summary>
    public static IEnumerable<string> Differences(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Keys.Union(after.Keys).Where(k => before.GetValueOrDefault(k) != after.GetValueOrDefault(k))
            .Select(k => $"{k}: {before.GetValueOrDefault(k) ?? "(not there)"} -> {after.GetValueOrDefault(k) ?? "(not there)"}");

    /// <summary>Every object's content, without what no two clusters have in common: identities, versions, times, addresses, who owns what, and status.</summary>
    public static async Task<SortedDictionary<string, string>> ContentAsync(TestCluster cluster)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, JsonObject item) in await ReadAsync(cluster))
        {
            // The server's own certificates and address.
            if (path.StartsWith("/api/v1/namespaces/kube-system/configmaps/", StringComparison.Ordinal) || path.Contains("/namespaces/default/", StringComparison.Ordinal))
            {
                continue;
            }
            var content = (JsonObject)item.DeepClone();
            content.Remove("status");
            (content["spec"] as JsonObject)?.Remove("clusterIP");
            (content["spec"] as JsonObject)?.Remove("clusterIPs");
            foreach (string field in Individual)
            {
                ((JsonObject)content["metadata"]!).Remove(field);
            }
            all[path] = content.ToJsonString();
        }
        return all;
    }

    /// <summary>Who owns what on every object, without times.</summary>
    public static async Task<SortedDictionary<string, string>> OwnersAsync(TestCluster cluster)
    {
        var all = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string path, JsonObject item) in await ReadAsync(cluster))
        {
            IEnumerable<JsonObject> entries = ((JsonArray?)item["metadata"]!["managedFields"] ?? []).OfType<JsonObject>().Where(e => ((string?)e["manager"])?.StartsWith("argobootstrap", StringComparison.Ordinal) ?? false);
            all[path] = string.Join('\n', entries.Select(e => $"{e["manager"]} {e["operation"]} {e["fieldsV1"]?.ToJsonString()}").Order(StringComparer.Ordinal));
        }
        return all;
    }
}
