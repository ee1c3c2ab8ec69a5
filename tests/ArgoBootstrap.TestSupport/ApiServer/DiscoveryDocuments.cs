using System.Text.Json.Nodes;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>What the server says about the types that it serves.</summary>
internal static class DiscoveryDocuments
{
    private static readonly string[] Verbs = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    /// <summary>Answers a discovery path; null when it is none, or the group is not there.</summary>
    public static JsonObject? For(string path, bool aggregated, IReadOnlyList<ServedType> types)
    {
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            ["api"] when aggregated => Aggregated(types.Where(t => t.Group.Length == 0)),
            ["apis"] when aggregated => Aggregated(types.Where(t => t.Group.Length > 0)),
            ["api"] => new JsonObject { ["kind"] = "APIVersions", ["versions"] = new JsonArray("v1") },
            ["apis"] => new JsonObject
            {
                ["kind"] = "APIGroupList", ["apiVersion"] = "v1",
                ["groups"] = List(types.Where(t => t.Group.Length > 0).GroupBy(t => t.Group).Select(g => new JsonObject
                {
                    ["name"] = g.Key,
                    ["versions"] = List(g.Select(t => t.Version).Distinct().Select(v => new JsonObject { ["groupVersion"] = $"{g.Key}/{v}", ["version"] = v })),
                    ["preferredVersion"] = new JsonObject { ["groupVersion"] = $"{g.Key}/{g.First().Version}", ["version"] = g.First().Version },
                })),
            },
            ["api", var version] => Resources(types, "", version),
            ["apis", var group, var version] => Resources(types, group, version),
            _ => null,
        };
    }

    private static JsonObject? Resources(IReadOnlyList<ServedType> types, string group, string version)
    {
        List<ServedType> all = [.. types.Where(t => t.Group == group && t.Version == version)];
        return all.Count == 0 ? null : new JsonObject
        {
            ["kind"] = "APIResourceList", ["groupVersion"] = all[0].ApiVersion,
            ["resources"] = List(all.SelectMany(t => t.HasStatus ? [Resource(t, ""), Resource(t, "/status")] : new[] { Resource(t, "") })),
        };
    }

    private static JsonObject Resource(ServedType type, string suffix) => new()
    {
        ["name"] = type.Plural + suffix, ["namespaced"] = type.IsNamespaced, ["kind"] = type.Kind,
        ["verbs"] = new JsonArray([.. Verbs.Select(v => JsonValue.Create(v))]),
    };

    private static JsonObject Aggregated(IEnumerable<ServedType> types) => new()
    {
        ["kind"] = "APIGroupDiscoveryList", ["apiVersion"] = "apidiscovery.k8s.io/v2", ["metadata"] = new JsonObject(),
        ["items"] = List(types.GroupBy(t => t.Group).Select(g => new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = g.Key },
            ["versions"] = List(g.GroupBy(t => t.Version).Select(v => new JsonObject
            {
                ["version"] = v.Key,
                ["freshness"] = "Current",
                ["resources"] = List(v.Select(t => new JsonObject
                {
                    ["resource"] = t.Plural,
                    ["responseKind"] = new JsonObject { ["group"] = t.Group, ["version"] = t.Version, ["kind"] = t.Kind },
                    ["scope"] = t.IsNamespaced ? "Namespaced" : "Cluster",
                    ["verbs"] = new JsonArray([.. Verbs.Select(x => JsonValue.Create(x))]),
                    ["subresources"] = t.HasStatus ? List([new JsonObject { ["subresource"] = "status", ["verbs"] = new JsonArray("get", "patch", "update") }]) : [],
                })),
            })),
        })),
    };

    private static JsonArray List(IEnumerable<JsonObject> items) => new([.. items]);
}
