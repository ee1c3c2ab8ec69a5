namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>
/// Ranks of kinds for kustomize's legacy order: what others depend on comes first, webhooks that could block the rest
/// come last, and everything else stands between (kustomize: <c>sortOptions.legacySortOptions</c>).
/// </summary>
public sealed class LegacyKindOrder
{
    private readonly Dictionary<string, int> _ranks;

    /// <summary>Makes an order.</summary>
    /// <param name="first">Kinds that come before all others, in order.</param>
    /// <param name="last">Kinds that come after all others, in order. A kind that is in both lists counts as one of these.</param>
    public LegacyKindOrder(IReadOnlyList<string> first, IReadOnlyList<string> last)
    {
        _ranks = new Dictionary<string, int>(first.Count + last.Count, StringComparer.Ordinal);
        for (int i = 0; i < first.Count; i++)
        {
            _ranks[first[i]] = i - first.Count;
        }
        for (int i = 0; i < last.Count; i++)
        {
            _ranks[last[i]] = i + 1;
        }
    }

    /// <summary>kustomize's built-in order.</summary>
    public static LegacyKindOrder Default { get; } = new(
        [
            "Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount", "PodSecurityPolicy", "Role", "ClusterRole",
            "RoleBinding", "ClusterRoleBinding", "ConfigMap", "Secret", "Endpoints", "Service", "LimitRange", "PriorityClass", "PersistentVolume",
            "PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob", "PodDisruptionBudget",
        ],
        ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]);

    /// <summary>The rank of a kind: negative for the first ones, 0 for those that are not named, positive for the last ones.</summary>
    /// <param name="kind">The kind.</param>
    public int RankOf(string kind) => _ranks.GetValueOrDefault(kind);

    /// <summary>What types of the same rank are compared by, byte by byte. The core group sorts after named ones.</summary>
    /// <param name="type">The type.</param>
    internal static string SortText(GroupVersionKind type) =>
        $"{(type.Group.Length > 0 ? type.Group : "~G")}_{(type.Version.Length > 0 ? type.Version : "~V")}_{(type.Kind.Length > 0 ? type.Kind : "~K")}";
}
