using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>The order in which kustomize keeps entries of a transformer configuration: by the rank of the kind, then by <c>group_version_kind</c>.</summary>
internal sealed class GroupVersionKindOrder : IComparer<GroupVersionKind>
{
    /// <summary>The one instance.</summary>
    public static GroupVersionKindOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(GroupVersionKind x, GroupVersionKind y)
    {
        int byRank = LegacyKindOrder.Default.RankOf(x.Kind).CompareTo(LegacyKindOrder.Default.RankOf(y.Kind));
        return byRank != 0 || x == y ? byRank : string.CompareOrdinal(LegacyKindOrder.SortText(x), LegacyKindOrder.SortText(y));
    }
}
