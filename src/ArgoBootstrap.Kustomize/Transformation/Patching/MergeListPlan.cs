using System.Collections.Immutable;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>Which items of two lists belong together: the values of their merge keys, those of the patch first.</summary>
internal sealed class MergeListPlan
{
    private readonly ImmutableArray<string> _keys;
    private readonly bool[] _inUse;

    private MergeListPlan(List<string[]> combinations, ImmutableArray<string> keys)
    {
        Combinations = combinations;
        _keys = keys;
        _inUse = new bool[keys.Length];
        foreach (string[] values in combinations)
        {
            for (int i = 0; i < values.Length; i++)
            {
                _inUse[i] |= values[i].Length > 0;
            }
        }
    }

    /// <summary>The values of the merge keys of each item that comes out; empty for a key that an item lacks.</summary>
    public IReadOnlyList<string[]> Combinations { get; }

    /// <summary>Reads the values off both lists.</summary>
    /// <param name="list">The list of the object.</param>
    /// <param name="patch">The list of the patch, or null.</param>
    /// <param name="keys">The merge keys; none for lists of scalars.</param>
    public static MergeListPlan Of(MergeDraft list, MergeDraft? patch, ImmutableArray<string> keys)
    {
        if (keys.IsEmpty)
        {
            keys = MergeListElements.ScalarKeys;
        }
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var combinations = new List<string[]>();
        MergeListElements.CollectValues(patch, keys, seen, combinations);
        MergeListElements.CollectValues(list, keys, seen, combinations);
        if (keys.Length > 1)
        {
            Complete(combinations);
        }
        return new MergeListPlan(combinations, keys);
    }

    /// <summary>The keys that any item has, with the values of one combination.</summary>
    /// <param name="combination">One of <see cref="Combinations"/>.</param>
    public (List<string> Keys, List<string> Values) KeysInUse(string[] combination)
    {
        var keys = new List<string>(_keys.Length);
        var values = new List<string>(_keys.Length);
        bool any = _inUse.Contains(true);
        for (int i = 0; i < _keys.Length; i++)
        {
            if (!any || _inUse[i])
            {
                keys.Add(_keys[i]);
                values.Add(combination[i]);
            }
        }
        return (keys, values);
    }

    /// <summary>The keys for which there is a value; all when there is none.</summary>
    /// <param name="keys">Keys.</param>
    /// <param name="values">The value of each.</param>
    public static (List<string> Keys, List<string> Values) KeysOf(List<string> keys, List<string> values)
    {
        if (!values.Contains("") || values.TrueForAll(value => value.Length == 0))
        {
            return (keys, values);
        }
        List<int> given = [.. Enumerable.Range(0, keys.Count).Where(i => values[i].Length > 0)];
        return ([.. given.Select(i => keys[i])], [.. given.Select(i => values[i])]);
    }

    /// <summary>
    /// Of two items that agree in one key, where one of them lacks the other key, both get all values: a port without a
    /// protocol is the port with that number.
    /// </summary>
    private static void Complete(List<string[]> combinations)
    {
        string[]? first = combinations.FirstOrDefault();
        if (first is null || combinations.TrueForAll(values => values.Select(value => value.Length == 0).SequenceEqual(first.Select(value => value.Length == 0))))
        {
            return;
        }
        for (int i = 0; i < combinations.Count; i++)
        {
            string[] mine = combinations[i];
            for (int j = 0; j < combinations.Count; j++)
            {
                if (Join(mine, combinations[j]) is { } joined)
                {
                    combinations[i] = joined;
                    combinations[j] = joined;
                }
            }
        }
    }

    private static string[]? Join(string[] one, string[] other)
    {
        bool common = false;
        string[] joined = new string[one.Length];
        for (int i = 0; i < one.Length; i++)
        {
            if (one[i] == other[i])
            {
                common = true;
            }
            else if (one[i].Length > 0 && other[i].Length > 0)
            {
                return null;
            }
            joined[i] = one[i].Length > 0 ? one[i] : other[i];
        }
        return common ? joined : null;
    }
}
