using System.Text;

namespace ArgoBootstrap.Core.Prerequisites;

/// <summary>What a user may not do with one resource.</summary>
/// <param name="Group">API group; empty for the core group.</param>
/// <param name="Resource">The resource's plural.</param>
/// <param name="Namespace">Namespace; empty for the whole cluster.</param>
/// <param name="Verbs">The verbs that are missing.</param>
internal sealed record MissingPermission(string Group, string Resource, string Namespace, IReadOnlyList<string> Verbs)
{
    public override string ToString() => $"{string.Join(", ", Verbs)} {Resource}{(Group.Length > 0 ? "." + Group : "")} {(Namespace.Length > 0 ? $"in namespace {Namespace}" : "in the whole cluster")}";
}

/// <summary>Writes the role that grants what a user lacks, for a cluster administrator to apply.</summary>
internal static class PermissionGrant
{
    private const string Name = "argocd-bootstrap";
    private const string ServiceAccountPrefix = "system:serviceaccount:";

    /// <summary>The ClusterRole as YAML, and its binding where the user is known.</summary>
    /// <param name="missing">What is missing.</param>
    /// <param name="identity">The user, as the server names it; empty when it does not.</param>
    public static string Write(IEnumerable<MissingPermission> missing, string identity)
    {
        var text = new StringBuilder();
        text.Append("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: ").Append(Name).Append("\nrules:\n");
        foreach (IGrouping<(string Group, string Verbs), (string Group, string Resource, string Verbs)> rule in missing
            .GroupBy(p => (p.Group, p.Resource))
            .Select(g => (g.Key.Group, g.Key.Resource, Verbs: string.Join(", ", g.SelectMany(p => p.Verbs).Distinct())))
            .GroupBy(p => (p.Group, p.Verbs)))
        {
            text.Append("- apiGroups: [").Append(Quoted(rule.Key.Group)).Append("]\n  resources: [").AppendJoin(", ", rule.Select(r => r.Resource)).Append("]\n  verbs: [").Append(rule.Key.Verbs).Append("]\n");
        }
        if (identity.Length > 0)
        {
            text.Append("---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata:\n  name: ").Append(Name)
                .Append("\nroleRef:\n  apiGroup: rbac.authorization.k8s.io\n  kind: ClusterRole\n  name: ").Append(Name).Append("\nsubjects:\n").Append(Subject(identity));
        }
        return text.ToString();
    }

    private static string Subject(string identity) =>
        identity.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal) && identity[ServiceAccountPrefix.Length..].Split(':') is [var ns, var name]
            ? $"- kind: ServiceAccount\n  name: {Quoted(name)}\n  namespace: {Quoted(ns)}\n"
            : $"- apiGroup: rbac.authorization.k8s.io\n  kind: User\n  name: {Quoted(identity)}\n";

    private static string Quoted(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
