using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>
/// Annotations as kustomize leaves them whenever it writes all of them, as it does to record an origin and at the end: they
/// are new nodes then, every value a string without a style of its own.
/// </summary>
internal static class AnnotationStrings
{
    /// <summary>The annotations after they were written.</summary>
    /// <param name="annotations">The annotations.</param>
    /// <returns>The very same mapping when nothing changes.</returns>
    public static MappingNode Of(MappingNode annotations)
    {
        MappingEntry[]? entries = null;
        for (int i = 0; i < annotations.Count; i++)
        {
            MappingEntry entry = annotations.Entries[i];
            ScalarNode key = Key(entry.Key);
            YamlNode value = Value(entry.Value);
            if (!ReferenceEquals(value, entry.Value) || !ReferenceEquals(key, entry.Key))
            {
                entries ??= annotations.Entries.ToArray();
                entries[i] = new MappingEntry(key, value);
            }
        }
        return entries is null ? annotations : annotations.WithEntries(entries);
    }

    // Keys lose their quotes on the way: one that looks like a number is one then, and cannot be printed.
    private static ScalarNode Key(ScalarNode key)
    {
        string tag = key.Style == ScalarStyle.Plain ? key.Tag : ScalarResolver.Resolve(key.Value);
        return tag == key.Tag ? key : new ScalarNode(key.Value, tag, ScalarStyle.Plain, key.Position);
    }

    private static YamlNode Value(YamlNode value)
    {
        YamlNode text = ScalarEdit.AsString(value, (value as ScalarNode)?.Value ?? "");
        if (text is not ScalarNode scalar)
        {
            return text;
        }
        // The style of text on one line makes no difference.
        return scalar.Style != ScalarStyle.Plain && scalar.Value.Contains('\n', StringComparison.Ordinal)
            ? new ScalarNode(scalar.Value, scalar.Tag, ScalarStyle.Plain, scalar.Position)
            : scalar.AsShared(false);
    }
}
