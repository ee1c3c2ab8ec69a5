namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>
/// The items of a list by the values of their merge keys. There is one only for lists in which every item has a value for
/// every key in use and no two have the same: then finding, replacing and removing by values needs no search, and the
/// time of a merge grows with the number of items and not with its square.
/// </summary>
internal sealed class MergeListIndex
{
    private readonly Dictionary<string, MergeDraft> _items;

    private MergeListIndex(Dictionary<string, MergeDraft> items) => _items = items;

    /// <summary>Indexes a list.</summary>
    /// <param name="list">The list, or null for none.</param>
    /// <param name="keys">The merge keys in use; one empty key for a list of scalars.</param>
    /// <returns>Null when the list is not as regular as it must be.</returns>
    public static MergeListIndex? Of(MergeDraft? list, IReadOnlyList<string> keys)
    {
        if (list is not { IsSequence: true })
        {
            return new MergeListIndex([]);
        }
        var items = new Dictionary<string, MergeDraft>(list.Items.Count, StringComparer.Ordinal);
        foreach (MergeDraft item in list.Items)
        {
            if (Identity(item, keys) is not { } identity || !items.TryAdd(identity, item))
            {
                return null;
            }
        }
        return new MergeListIndex(items);
    }

    /// <summary>The item with some values, or null.</summary>
    /// <param name="identity">The values, joined by <see cref="Join"/>.</param>
    public MergeDraft? Find(string identity) => _items.GetValueOrDefault(identity);

    /// <summary>The values of an item's keys; null when one is missing, empty, or no scalar.</summary>
    /// <param name="item">The item.</param>
    /// <param name="keys">Merge keys.</param>
    public static string? Identity(MergeDraft item, IReadOnlyList<string> keys)
    {
        if (keys[0].Length == 0)
        {
            return item is { Scalar: not null, IsNull: false, Text.Length: > 0 } ? item.Text : null;
        }
        if (!item.IsMapping)
        {
            return null;
        }
        string[] values = new string[keys.Count];
        for (int i = 0; i < values.Length; i++)
        {
            if (item[keys[i]] is not { Scalar: not null, IsNull: false, Text.Length: > 0 } value)
            {
                return null;
            }
            values[i] = value.Text;
        }
        return Join(values);
    }

    /// <summary>Values as one text.</summary>
    /// <param name="values">The values.</param>
    public static string Join(IReadOnlyList<string> values) => values.Count == 1 ? values[0] : string.Join('\0', values);
}
