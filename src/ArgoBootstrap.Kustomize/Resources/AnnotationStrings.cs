using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>
/// Annotations as kustomize leaves them whenever it writes all of them, as it does to record an origin and at the end: they
/// are new nodes then, every value a string without a style of its own.
/// </summary>
internal static class AnnotationStrings
{
    private const string Field = "annotations";

    /// <summary>What kustomize takes an object's annotations for.</summary>
    /// <param name="annotations">The value of <c>metadata.annotations</c>; null when there is none.</param>
    /// <returns>The annotations; a list is keys and values in turn, and anything else holds nothing.</returns>
    /// <exception cref="KustomizeException">It is a list that cannot be read so.</exception>
    public static MappingNode Read(YamlNode? annotations)
    {
        if (annotations is not SequenceNode { Count: > 0 } list)
        {
            return annotations as MappingNode ?? MappingNode.Empty;
        }
        MappingNode read = MappingNode.Empty;
        for (int i = 0; i < list.Count; i += 2)
        {
            if (i + 1 == list.Count || list[i] is not ScalarNode { Value.Length: > 0 } key)
            {
                throw NotAMapping(list);
            }
            read = read.With(key.Value, list[i + 1]);
        }
        return read;
    }

    /// <summary>Refuses annotations to which none can be added.</summary>
    /// <param name="annotations">The value of <c>metadata.annotations</c>.</param>
    public static KustomizeException NotAMapping(YamlNode annotations) => new(
        DiagnosticIds.WrongType, $"'metadata.annotations' is a {annotations.KindName}, but annotations are keys and values.", annotations.Position, "Make it a mapping, or leave it out.");

    /// <summary>The annotations after they were written.</summary>
    /// <param name="annotations">The annotations.</param>
    /// <returns>The very same mapping when nothing changes.</returns>
    public static MappingNode Of(MappingNode annotations)
    {
        MappingEntry[]? entries = null;
        for (int i = 0; i < annotations.Count; i++)
        {
            MappingEntry entry = annotations.Entries[i];
            ScalarNode key = WithoutQuotes(entry.Key);
            ScalarNode value = Value(entry.Value);
            if (!ReferenceEquals(value, entry.Value) || !ReferenceEquals(key, entry.Key))
            {
                entries ??= annotations.Entries.ToArray();
                entries[i] = new MappingEntry(key, value);
            }
        }
        return Distinct(entries is null ? annotations : annotations.WithEntries(entries));
    }

    /// <summary>The annotations without those that come again: the last one counts.</summary>
    private static MappingNode Distinct(MappingNode annotations)
    {
        for (int i = 0; i < annotations.Count; i++)
        {
            if (annotations.IndexOf(annotations.Entries[i].Key.Value) != i)
            {
                return annotations.WithEntries([.. annotations.Entries.ToArray().Where((e, at) => annotations.IndexOf(e.Key.Value) == at)]);
            }
        }
        return annotations;
    }

    /// <summary>Metadata whose annotations stand there more than once, as writing the first of them leaves it: they are moved into the next.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <returns>The very same mapping when annotations stand there once.</returns>
    public static MappingNode Collapse(MappingNode metadata)
    {
        while (metadata.First(Field) is MappingNode { Count: > 0 } first && metadata.IndexOf(Field) is int last && !ReferenceEquals(metadata.Entries[last].Value, first))
        {
            MappingEntry[] rest = [.. metadata.Entries.ToArray().Where(e => !ReferenceEquals(e.Value, first))];
            int next = Array.FindIndex(rest, e => e.Key.Value == Field);
            MappingNode merged = Read(rest[next].Value);
            foreach (MappingEntry entry in Of(first).Entries)
            {
                merged = merged.With(entry.Key.Value, entry.Value);
            }
            rest[next] = rest[next] with { Value = merged };
            metadata = metadata.WithEntries(rest);
        }
        return metadata;
    }

    /// <summary>A key as kustomize writes it again: one that looks like a number is one then, and cannot be printed.</summary>
    /// <param name="key">The key.</param>
    public static ScalarNode WithoutQuotes(ScalarNode key)
    {
        string tag = key.Style == ScalarStyle.Plain ? key.Tag : ScalarResolver.Resolve(key.Value);
        return tag == key.Tag ? key : new ScalarNode(key.Value, tag, ScalarStyle.Plain, key.Position);
    }

    /// <summary>A value after it was written: text without a style of its own.</summary>
    /// <param name="value">The value.</param>
    public static ScalarNode Value(YamlNode value)
    {
        if (value is not ScalarNode { Tag: ScalarTags.String } scalar)
        {
            return new ScalarNode((value as ScalarNode)?.Value ?? "", ScalarTags.String, ScalarStyle.Plain, value.Position);
        }
        // The style of text on one line makes no difference.
        return scalar.Style != ScalarStyle.Plain && scalar.Value.Contains('\n', StringComparison.Ordinal)
            ? new ScalarNode(scalar.Value, scalar.Tag, ScalarStyle.Plain, scalar.Position)
            : scalar.AsShared(false);
    }
}
