using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Works out the order in which the entries of a mapping are printed, and refuses keys that cannot be.</summary>
internal static class CanonicalKeyOrder
{
    /// <summary>The places of the entries in natural order of their keys.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <exception cref="KustomizeException">A key that is not a string, or is there twice.</exception>
    internal static int[] Of(MappingNode mapping)
    {
        ReadOnlySpan<MappingEntry> entries = mapping.Entries;
        var keys = new string[entries.Length];
        int[] order = new int[entries.Length];
        bool sorted = true;
        for (int i = 0; i < entries.Length; i++)
        {
            ScalarNode key = entries[i].Key;
            if (key.Tag is not (ScalarTags.String or ScalarTags.Merge))
            {
                throw NotAString(key);
            }
            keys[i] = key.Value;
            order[i] = i;
            sorted = sorted && (i == 0 || NaturalKeyComparer.Instance.Compare(keys[i - 1], keys[i]) < 0);
        }
        if (sorted)
        {
            return order;
        }
        Array.Sort(keys, order, NaturalKeyComparer.Instance);
        for (int i = 1; i < keys.Length; i++)
        {
            if (keys[i] == keys[i - 1])
            {
                throw Twice(keys[i], entries[order[i]].Key, entries[order[i - 1]].Key);
            }
        }
        return order;
    }

    private static KustomizeException NotAString(ScalarNode key) => new(
        DiagnosticIds.InvalidKey,
        $"The mapping key `{key.Value}` is not a string ({key.Tag}).",
        key.Position,
        $"Put the key in quotes: \"{key.Value}\".");

    private static KustomizeException Twice(string text, ScalarNode one, ScalarNode other)
    {
        bool swap = one.Position.Line < other.Position.Line || (one.Position.Line == other.Position.Line && one.Position.Column < other.Position.Column);
        ScalarNode first = swap ? one : other;
        ScalarNode second = swap ? other : one;
        return new KustomizeException(
            DiagnosticIds.DuplicateKey,
            $"The mapping key \"{text}\" is there twice; the first is at {first.Position}.",
            second.Position,
            "Remove one of the two.");
    }
}
