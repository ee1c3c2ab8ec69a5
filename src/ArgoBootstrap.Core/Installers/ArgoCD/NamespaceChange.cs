using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Core.Installers.ArgoCD;

/// <summary>
/// Moves a manifest into another namespace. Argo CD's leaves the namespace of its objects open, but its ClusterRoleBindings name
/// service accounts in <c>argocd</c>: without following they would give rights to accounts that are not there.
/// </summary>
internal static class NamespaceChange
{
    /// <summary>The objects in another namespace.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="from">The namespace that the manifest is made for.</param>
    /// <param name="to">The namespace to use.</param>
    public static IReadOnlyList<ClusterObject> Apply(IReadOnlyList<ClusterObject> objects, string from, string to) =>
        from == to ? objects : [.. objects.Select(o => Move(o, from, to))];

    private static ClusterObject Move(ClusterObject item, string from, string to)
    {
        bool isNamespace = item.Reference is { Type: { Group: "", Kind: "Namespace" } } && item.Reference.Name == from;
        bool isBinding = item.Reference.Type is { Group: "rbac.authorization.k8s.io", Kind: "ClusterRoleBinding" or "RoleBinding" };
        if (!isNamespace && item.Reference.Namespace != from && !isBinding)
        {
            return item;
        }
        var content = (JsonObject)item.Content.DeepClone();
        if (isNamespace)
        {
            content["metadata"]!["name"] = to;
        }
        if (item.Reference.Namespace == from)
        {
            content["metadata"]!["namespace"] = to;
        }
        foreach (JsonObject subject in (content["subjects"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (subject["kind"].Text() == "ServiceAccount" && subject["namespace"].Text() == from)
            {
                subject["namespace"] = to;
            }
        }
        return ClusterObject.FromJson(content);
    }
}
