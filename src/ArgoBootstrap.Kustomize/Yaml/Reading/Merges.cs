using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>Merge keys (<c>&lt;&lt;: *defaults</c>), expanded as kyaml does while it reads: explicit keys win, of several mappings the first.</summary>
internal static class Merges
{
    private const string MergeKey = "<<";

    /// <summary>Whether there is anything to expand, or to drop.</summary>
    /// <param name="entries">What was written.</param>
    /// <param name="inQuotes">Whether a key in quotes counts.</param>
    internal static bool HasMergeKey(MappingEntry[] entries, bool inQuotes)
    {
        foreach (MappingEntry entry in entries)
        {
            if (entry.Key.Value == MergeKey && (inQuotes || entry.Key.Tag == ScalarTags.Merge))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// A mapping whose key <c>&lt;&lt;</c> no file holds: a patch, a replacement or another transformer created it. kustomize writes
    /// it without quotes, and it is a merge key when that text is read again.
    /// </summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="inQuotes">Whether a key in quotes counts, since what is written next has none.</param>
    /// <returns>The very same mapping where there is no such key.</returns>
    /// <exception cref="KustomizeException">The key holds no mappings.</exception>
    internal static MappingNode ExpandCreated(MappingNode mapping, bool inQuotes = false)
    {
        ReadOnlySpan<MappingEntry> entries = mapping.Entries;
        for (int i = 0; i < entries.Length; i++)
        {
            ScalarNode key = entries[i].Key;
            if (key.Value == MergeKey && (inQuotes || key.Style == ScalarStyle.Plain))
            {
                MappingEntry[] merged = entries.ToArray();
                merged[i] = new MappingEntry(new ScalarNode(MergeKey, ScalarTags.Merge, ScalarStyle.Plain, key.Position), Expanded(entries[i].Value));
                return mapping.WithEntries(Expand(merged, static _ => { }));
            }
        }
        return mapping;

        // What is merged can have such a key itself.
        YamlNode Expanded(YamlNode value) => value switch
        {
            MappingNode source => ExpandCreated(source, inQuotes),
            SequenceNode sources => sources.WithItems([.. sources.Items.ToArray().Select(Expanded)]),
            _ => value,
        };
    }

    /// <summary>The entries of a mapping, without its merge key and with what that brings.</summary>
    /// <param name="entries">What was written.</param>
    /// <param name="counted">Told of every entry that a merge brings.</param>
    /// <param name="inOrder">Whether what it brings replaces the keys before it.</param>
    /// <exception cref="KustomizeException">The merge key does not refer to mappings, or occurs twice.</exception>
    internal static MappingEntry[] Expand(MappingEntry[] entries, Action<ScalarNode> counted, bool inOrder = false)
    {
        int merge = -1;
        for (int i = 0; i < entries.Length; i++)
        {
            ScalarNode key = entries[i].Key;
            if (key.Tag != ScalarTags.Merge)
            {
                continue;
            }
            if (merge >= 0)
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidYaml,
                    $"Duplicate merge key <<; the first is at {entries[merge].Key.Position}.",
                    key.Position,
                    "Use one merge key with a list: <<: [*a, *b].");
            }
            merge = i;
        }
        var result = new List<MappingEntry>(entries);
        // Where it reads objects, kyaml drops the first key << whatever it is, a quoted one too.
        result.RemoveAt(inOrder ? merge : result.FindIndex(e => e.Key.Value == MergeKey));
        if (merge >= 0)
        {
            var places = new Dictionary<string, int>(StringComparer.Ordinal);
            int own = result.Count;
            for (int i = 0; i < own; i++)
            {
                places[result[i].Key.Value] = i;
            }
            foreach (MappingNode source in Sources(entries[merge].Value).Reverse())
            {
                foreach (MappingEntry entry in source.Entries)
                {
                    counted(entry.Key);
                    if (!places.TryGetValue(entry.Key.Value, out int at))
                    {
                        places[entry.Key.Value] = result.Count;
                        result.Add(entry);
                    }
                    else if (at >= own || (inOrder && at < merge))
                    {
                        result[at] = entry;
                    }
                }
            }
        }
        return [.. result];
    }

    /// <summary>The error of a key that is a mapping or sequence.</summary>
    /// <param name="key">The key.</param>
    internal static KustomizeException NotAScalar(YamlNode key) => new(
        DiagnosticIds.InvalidKey,
        $"A {key.KindName} cannot be the key of a mapping.",
        key.Position,
        "Put text that begins with `{` or `[` in quotes.");

    private static IEnumerable<MappingNode> Sources(YamlNode value) => value switch
    {
        MappingNode mapping => [mapping],
        SequenceNode sequence => sequence.Items.ToArray().Select(item => item as MappingNode ?? throw NotAMapping(item)),
        _ => throw NotAMapping(value),
    };

    private static KustomizeException NotAMapping(YamlNode value) => new(
        DiagnosticIds.InvalidYaml,
        $"The merge key << needs a mapping or a list of mappings, not a {value.KindName}.",
        value.Position,
        "Let it refer to the anchor of a mapping.");
}
