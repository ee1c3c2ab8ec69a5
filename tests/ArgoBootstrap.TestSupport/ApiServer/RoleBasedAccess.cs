using System.Text.Json.Nodes;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>Decides by the Roles and bindings that the server holds, as RBAC does.</summary>
internal sealed class RoleBasedAccess(ObjectStore store)
{
    private static readonly ServedType Roles = Find("Role");
    private static readonly ServedType ClusterRoles = Find("ClusterRole");
    private static readonly ServedType RoleBindings = Find("RoleBinding");
    private static readonly ServedType ClusterRoleBindings = Find("ClusterRoleBinding");

    public bool Allows(ApiUser user, string verb, string group, string resource, string ns, string name) =>
        user.Groups.Contains("system:masters") || RulesOf(user, ns).Any(r => Fits(r["verbs"], verb) && Fits(r["apiGroups"], group) && Fits(r["resources"], resource) && FitsName(r["resourceNames"], name));

    public IReadOnlyList<JsonObject> RulesOf(ApiUser user, string ns)
    {
        if (user.Groups.Contains("system:masters"))
        {
            return [new JsonObject { ["verbs"] = new JsonArray("*"), ["apiGroups"] = new JsonArray("*"), ["resources"] = new JsonArray("*") }];
        }
        var rules = new List<JsonObject>();
        foreach (JsonObject binding in store.List(ClusterRoleBindings, "").Where(b => Binds(b, user)))
        {
            rules.AddRange(RulesOf(binding, ""));
        }
        if (ns.Length > 0)
        {
            foreach (JsonObject binding in store.List(RoleBindings, ns).Where(b => Binds(b, user)))
            {
                rules.AddRange(RulesOf(binding, ns));
            }
        }
        return rules;
    }

    private IEnumerable<JsonObject> RulesOf(JsonObject binding, string ns)
    {
        string name = (string?)binding["roleRef"]?["name"] ?? "";
        JsonObject? role = (string?)binding["roleRef"]?["kind"] == "Role" ? store.Get(Roles, ns, name) : store.Get(ClusterRoles, "", name);
        return (role?["rules"] as JsonArray)?.OfType<JsonObject>() ?? [];
    }

    private static bool Binds(JsonObject binding, ApiUser user) => (binding["subjects"] as JsonArray)?.OfType<JsonObject>().Any(s => (string?)s["kind"] switch
    {
        "User" => (string?)s["name"] == user.Name,
        "Group" => user.Groups.Contains((string?)s["name"] ?? ""),
        "ServiceAccount" => user.Name == $"system:serviceaccount:{s["namespace"]}:{s["name"]}",
        _ => false,
    }) ?? false;

    private static bool Fits(JsonNode? values, string value) => (values as JsonArray)?.Any(v => (string?)v == "*" || (string?)v == value) ?? false;

    private static bool FitsName(JsonNode? values, string name) => values is not JsonArray { Count: > 0 } names || names.Any(v => (string?)v == name);

    private static ServedType Find(string kind) => TypeTable.BuiltIn.First(t => t.Kind == kind);
}
