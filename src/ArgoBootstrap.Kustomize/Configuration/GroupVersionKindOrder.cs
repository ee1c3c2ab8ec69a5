using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>The order in which kustomize keeps entries of a transformer configuration: by the rank of the kind, then by <c>group_version_kind</c>.</summary>
internal static class GroupVersionKindOrder
{
    /// <summary>Sorts field specs by their types; those of one type keep their order.</summary>
    /// <param name="specs">The specs; sorted in place.</param>
    public static FieldSpec[] SortFields(FieldSpec[] specs) => Sort(specs, static s => s.Type);

    /// <summary>Sorts name references by their targets; those of one target keep their order.</summary>
    /// <param name="references">The references; sorted in place.</param>
    public static NameReference[] SortReferences(NameReference[] references) => Sort(references, static r => r.Target);

    // Lists are short and mostly in order, and every new process sorts the built-in ones: an insertion sort needs no
    // generic code over value types, which would have to be compiled first.
    private static T[] Sort<T>(T[] items, Func<T, GroupVersionKind> typeOf)
        where T : class
    {
        var ranks = new int[items.Length];
        var texts = new string[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            T item = items[i];
            GroupVersionKind type = typeOf(item);
            int rank = LegacyKindOrder.Default.RankOf(type.Kind);
            string text = LegacyKindOrder.SortText(type);
            int at = i;
            while (at > 0 && (ranks[at - 1] > rank || (ranks[at - 1] == rank && string.CompareOrdinal(texts[at - 1], text) > 0)))
            {
                (items[at], ranks[at], texts[at]) = (items[at - 1], ranks[at - 1], texts[at - 1]);
                at--;
            }
            (items[at], ranks[at], texts[at]) = (item, rank, text);
        }
        return items;
    }
}
