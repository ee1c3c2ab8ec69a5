using System.Collections.Immutable;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>Finds, sets and removes items of lists by the values of their merge keys, with the rules and oddities of kyaml's functions.</summary>
internal static class MergeListElements
{
    /// <summary>The keys of a list of scalars, whose items are their own key.</summary>
    public static ImmutableArray<string> ScalarKeys { get; } = [""];

    /// <summary>The first item that has the values, or null.</summary>
    /// <param name="list">The list, or null for none.</param>
    /// <param name="keys">Merge keys.</param>
    /// <param name="values">The value of each key.</param>
    public static MergeDraft? Find(MergeDraft? list, IReadOnlyList<string> keys, IReadOnlyList<string> values)
    {
        if (list is not { IsSequence: true })
        {
            return null;
        }
        foreach (MergeDraft item in list.Items)
        {
            if (keys[0].Length == 0)
            {
                if (item.Text == values[0])
                {
                    return item;
                }
            }
            else if (item.IsMapping && Has(item, keys, values))
            {
                return item;
            }
        }
        return null;
    }

    /// <summary>
    /// Puts an item in the place of every item that has the values, or at the end when there is none; removes those items
    /// when there is no new one. Null and empty items are dropped on the way.
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="element">The item, or null to remove.</param>
    /// <param name="keys">Merge keys.</param>
    /// <param name="values">The value of each key; an empty value stands for any, and no values for dropping everything else.</param>
    public static void Set(MergeDraft list, MergeDraft? element, IReadOnlyList<string> keys, IReadOnlyList<string> values)
    {
        List<MergeDraft> items = list.Items;
        bool forMappings = keys[0].Length > 0 && values.Count > 0 && values[0].Length > 0;
        bool found = false;
        int kept = 0;
        for (int i = 0; i < items.Count; i++)
        {
            MergeDraft item = items[i];
            if (item.IsNull || item.IsEmptyMapping)
            {
                continue;
            }
            if ((!item.IsMapping && forMappings) || !Matches(item, keys, values))
            {
                if (values.Count > 0)
                {
                    items[kept++] = item;
                }
                continue;
            }
            found = true;
            if (element is not null)
            {
                items[kept++] = element;
            }
        }
        items.RemoveRange(kept, items.Count - kept);
        if (!found && element is { IsNull: false })
        {
            items.Add(element);
        }
    }

    /// <summary>Appends the items of a list to another one, each in the place of the item that has the same keys, if any.</summary>
    /// <param name="target">The list that grows.</param>
    /// <param name="source">The list whose items are appended.</param>
    /// <param name="keys">Merge keys.</param>
    public static void Append(MergeDraft target, MergeDraft source, IReadOnlyList<string> keys)
    {
        foreach (MergeDraft item in source.Items.ToArray())
        {
            if (keys[0].Length == 0)
            {
                Set(target, item, ScalarKeys, [item.Text]);
                continue;
            }
            var values = new List<string>(keys.Count);
            foreach (string key in keys)
            {
                if (item.IsNull || RequireMapping(item)[key] is not { } value)
                {
                    target.Items.Add(item);
                }
                else
                {
                    values.Add(value.Text);
                }
            }
            if (keys.Count > 1)
            {
                Set(target, null, keys, values);
            }
            Set(target, item, keys, values);
        }
    }

    /// <summary>The values of the merge keys of each item, each combination once, in order.</summary>
    /// <param name="list">The list, or null for none.</param>
    /// <param name="keys">Merge keys.</param>
    /// <param name="seen">The combinations met so far.</param>
    /// <param name="result">Receives them.</param>
    public static void CollectValues(MergeDraft? list, ImmutableArray<string> keys, HashSet<string> seen, List<string[]> result)
    {
        if (list is null)
        {
            return;
        }
        foreach (MergeDraft item in list.Items)
        {
            string[] values = keys[0].Length == 0
                ? [item.Text]
                : [.. keys.Select(key => item[key] is { IsNullOrEmpty: false } value ? value.Text : "")];
            if (seen.Add(string.Join('\0', values)))
            {
                result.Add(values);
            }
        }
    }

    private static bool Has(MergeDraft item, IReadOnlyList<string> keys, IReadOnlyList<string> values)
    {
        for (int i = 0; i < keys.Count; i++)
        {
            if (item[keys[i]] is not { } value || value.Text != values[i])
            {
                return false;
            }
        }
        return true;
    }

    private static bool Matches(MergeDraft item, IReadOnlyList<string> keys, IReadOnlyList<string> values)
    {
        bool matched = false;
        for (int i = 0; i < keys.Count; i++)
        {
            if (i < values.Count)
            {
                matched = MatchesKey(item, keys[i], values[i]);
            }
            if (!matched)
            {
                return false;
            }
        }
        return true;
    }

    private static bool MatchesKey(MergeDraft item, string key, string value)
    {
        if (key.Length > 0)
        {
            return RequireMapping(item)[key] is { } found && (value.Length == 0 || found.Text == value);
        }
        return item.Scalar is { } scalar
            ? scalar.Value == value
            : throw new KustomizeException(
                DiagnosticIds.InvalidPatch,
                $"A {item.KindName} stands in a list of scalars that is merged.",
                item.Position,
                "Write scalars in this list.");
    }

    private static MergeDraft RequireMapping(MergeDraft item) => item.IsMapping
        ? item
        : throw new KustomizeException(
            DiagnosticIds.InvalidPatch,
            $"A {item.KindName} stands in a list whose items are merged by a key.",
            item.Position,
            "Write mappings in this list, each with its merge key.");
}
