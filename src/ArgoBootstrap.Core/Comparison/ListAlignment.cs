using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Comparison;

/// <summary>Says which items of two lists belong together.</summary>
internal static class ListAlignment
{
    /// <summary>
    /// Fields that name an item among its siblings, the most telling one first: the merge keys of the Kubernetes API and what
    /// its lists of named things have. One counts where it tells all items of both lists apart.
    /// </summary>
    private static readonly string[] NamingFields =
        ["name", "mountPath", "devicePath", "key", "containerPort", "port", "ip", "host", "topologyKey", "type", "uid", "id", "path"];

    /// <summary>Two items that belong together, or one that is alone.</summary>
    /// <param name="Selector">What stands in brackets in the path: <c>name=server</c>, or the item's place.</param>
    /// <param name="Before">The item of the first list.</param>
    /// <param name="After">The item of the second list.</param>
    public readonly record struct Pair(string Selector, YamlNode? Before, YamlNode? After);

    /// <summary>The pairs of two lists: by name where their items have names, else by the longest common run of equal items.</summary>
    /// <param name="before">The first list.</param>
    /// <param name="after">The second list.</param>
    /// <param name="text">The text by which two items are equal.</param>
    public static IReadOnlyList<Pair> Of(SequenceNode before, SequenceNode after, Func<YamlNode, string> text)
    {
        foreach (string field in NamingFields)
        {
            if (Names(before, field) is { } old && Names(after, field) is { } fresh)
            {
                return ByName(field, old, fresh);
            }
        }

        return ByContent(before, after, text);
    }

    /// <summary>Names of a list's items in their order; null where the items have no names by which they could be told apart.</summary>
    public static IReadOnlyList<string>? NamesOf(SequenceNode list) =>
        NamingFields.Select(field => Names(list, field)).FirstOrDefault(names => names is not null)?.Keys.ToList();

    /// <summary>An item that is alone on either side has another name now, as a rule's host on another cluster: the two belong together.</summary>
    private static List<Pair> ByName(string field, Dictionary<string, YamlNode> before, Dictionary<string, YamlNode> after)
    {
        bool isRenamed = before.Keys.Count(name => !after.ContainsKey(name)) == 1 && after.Keys.Count(name => !before.ContainsKey(name)) == 1;
        string? renamed = isRenamed ? after.Keys.Single(name => !before.ContainsKey(name)) : null;
        List<Pair> pairs = [.. before.Select(item => new Pair($"{field}={item.Key}", item.Value, after.GetValueOrDefault(item.Key) ?? (renamed is null ? null : after[renamed])))];
        pairs.AddRange(after.Where(item => !before.ContainsKey(item.Key) && item.Key != renamed).Select(item => new Pair($"{field}={item.Key}", null, item.Value)));
        return pairs;
    }

    private static Dictionary<string, YamlNode>? Names(SequenceNode list, string field)
    {
        var names = new Dictionary<string, YamlNode>(list.Count, StringComparer.Ordinal);
        foreach (YamlNode item in list.Items)
        {
            if (item is not MappingNode mapping || mapping[field] is not ScalarNode { IsNull: false } name || !names.TryAdd(name.Value, item))
            {
                return null;
            }
        }

        return names;
    }

    private static IReadOnlyList<Pair> ByContent(SequenceNode before, SequenceNode after, Func<YamlNode, string> text)
    {
        List<Pair> pairs = [];
        foreach (SequenceDiff.Block block in SequenceDiff.Of(Texts(before), Texts(after)))
        {
            for (int i = 0; i < Math.Max(block.Deleted, block.Inserted); i++)
            {
                YamlNode? left = i < block.Deleted ? before[block.Before + i] : null;
                YamlNode? right = i < block.Inserted ? after[block.After + i] : null;
                int place = left is not null ? block.Before + i : block.After + i;
                pairs.Add(new Pair(place.ToString(System.Globalization.CultureInfo.InvariantCulture), left, right));
            }
        }

        return pairs;

        string[] Texts(SequenceNode list)
        {
            string[] texts = new string[list.Count];
            for (int i = 0; i < texts.Length; i++)
            {
                texts[i] = text(list[i]);
            }

            return texts;
        }
    }
}
