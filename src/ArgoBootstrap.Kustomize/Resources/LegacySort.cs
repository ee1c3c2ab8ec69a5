namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>
/// kustomize's legacy order of objects (<c>sortOptions.order: legacy</c>, <c>--reorder legacy</c>): by the rank of the kind,
/// then by <c>group_version_kind</c>, then by namespace and name; texts are compared byte by byte.
/// </summary>
public static class LegacySort
{
    /// <summary>Sorts objects.</summary>
    /// <param name="resources">The objects; sorted in place.</param>
    /// <param name="order">Ranks of kinds; kustomize's own unless given.</param>
    public static void Sort(ResourceMap resources, LegacyKindOrder? order = null)
    {
        order ??= LegacyKindOrder.Default;
        var keys = new Key[resources.Count];
        var sorted = new Resource[resources.Count];
        for (int i = 0; i < sorted.Length; i++)
        {
            Resource resource = resources[i];
            GroupVersionKind type = resource.Id.Type;
            string ns = resource.Namespace.Length > 0 ? resource.Namespace : "~X";
            keys[i] = new Key(order.RankOf(type.Kind), type, LegacyKindOrder.SortText(type), $"{ns}|{(resource.Name.Length > 0 ? resource.Name : "~N")}", i);
            sorted[i] = resource;
        }
        Array.Sort(keys, sorted);
        resources.Reset(sorted);
    }

    // The place keeps the order of objects that are otherwise equal.
    private readonly record struct Key(int Rank, GroupVersionKind Type, string TypeText, string NameText, int Place) : IComparable<Key>
    {
        public int CompareTo(Key other)
        {
            int order;
            if (Type == other.Type)
            {
                order = Ordinals.CompareUtf8(NameText, other.NameText);
            }
            else if (Rank != other.Rank)
            {
                order = Rank.CompareTo(other.Rank);
            }
            else
            {
                order = Ordinals.CompareUtf8(TypeText, other.TypeText);

                // Custom kinds that are called Namespace come after the core one, which "~" would otherwise put last.
                if (Type.Kind == "Namespace" && other.Type.Kind == "Namespace" && (Type.Group.Length == 0 || other.Type.Group.Length == 0))
                {
                    order = -order;
                }
            }
            return order != 0 ? order : Place.CompareTo(other.Place);
        }
    }
}
