using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Yaml.Writing;

/// <summary>Works out the order in which the entries of a mapping are printed, and refuses keys that cannot be.</summary>
internal static class CanonicalKeyOrder
{
    /// <summary>The mapping of a whole document as it can be printed: there, and only there, keys of other types count as their text.</summary>
    /// <param name="mapping">The mapping.</param>
    internal static MappingNode OfDocument(MappingNode mapping)
    {
        if (mapping.CanonicalOrder is not null || !mapping.Entries.ToArray().Any(e => !IsString(e.Key)))
        {
            return mapping;
        }
        return mapping.WithEntries([.. mapping.Entries.ToArray().Where(e => !IsLost(e.Key)).Select(e => IsString(e.Key) ? e : new MappingEntry(AsText(e.Key), e.Value))]);
    }

    // A null that a transformer made a key cannot be text, and is dropped.
    private static bool IsLost(ScalarNode key) =>
        key is { IsNull: true, Position.Line: 0 } && !IsString(key) && ScalarValue.Of(key).Kind == ScalarValueKind.Null;

    private static ScalarNode AsText(ScalarNode key)
    {
        // Whether the text fits the tag is found out on the way.
        ScalarValue value = ScalarValue.Of(key);
        if (value.Kind == ScalarValueKind.Null)
        {
            // kustomize doubles such a key while it reads the object, and cannot print it.
            throw NotAString(key);
        }
        string text = key.Tag == ScalarTags.Binary ? value.Text! : key.Value;
        return new ScalarNode(text, ScalarTags.String, key.Style, key.Position);
    }

    /// <summary>The places of the entries in natural order of their keys.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <exception cref="KustomizeException">A key that is not a string, or occurs twice.</exception>
    internal static int[] Of(MappingNode mapping)
    {
        ReadOnlySpan<MappingEntry> entries = mapping.Entries;
        var keys = new string[entries.Length];
        int[] order = new int[entries.Length];
        bool sorted = true;
        for (int i = 0; i < entries.Length; i++)
        {
            ScalarNode key = entries[i].Key;
            if (!IsString(key))
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

    /// <summary>Whether a key can be printed. A missing key is printed as an empty string on the way.</summary>
    private static bool IsString(ScalarNode key) =>
        key.Tag is ScalarTags.String or ScalarTags.Merge || (key is { Tag: ScalarTags.Null, Value: "", HasExplicitTag: false });

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
            $"Duplicate mapping key \"{text}\"; the first is at {first.Position}.",
            second.Position,
            "Remove one of the two.");
    }
}
