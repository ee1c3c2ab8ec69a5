using System.Text.Json.Nodes;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Clusters.Objects;
using ArgoBootstrap.Core.Comparison;

namespace ArgoBootstrap.Core.Clusters.Applying;

/// <summary>Compares two states of an object, field by field. What the server keeps for itself is left out, and the data of Secrets never show.</summary>
internal static class ObjectDiff
{
    private const int LongestValue = 400;

    private static readonly HashSet<string> ServerFields = new(StringComparer.Ordinal)
    {
        "metadata.managedFields", "metadata.resourceVersion", "metadata.generation", "metadata.creationTimestamp", "metadata.uid", "metadata.selfLink", "status",
    };

    public static IReadOnlyList<FieldChange> Compare(JsonObject? before, JsonObject? after, SecretMasker masker)
    {
        var changes = new List<FieldChange>();
        bool isSecret = (string?)(after ?? before)?["kind"] == "Secret";
        Walk(before, after, "", changes, path => isSecret && (FieldPath.IsWithin(path, "data") || FieldPath.IsWithin(path, "stringData")), masker);
        return changes;
    }

    private static void Walk(JsonNode? before, JsonNode? after, string path, List<FieldChange> changes, Func<string, bool> isHidden, SecretMasker masker)
    {
        if (ServerFields.Contains(path) || JsonNode.DeepEquals(before, after))
        {
            return;
        }
        if (before is JsonObject or null && after is JsonObject or null && !(before is null && after is null) && !IsWholeValue(before, after, path))
        {
            var left = before as JsonObject;
            var right = after as JsonObject;
            foreach (string key in Keys(left, right))
            {
                Walk(left?[key], right?[key], FieldPath.Join(path, key), changes, isHidden, masker);
            }
            return;
        }
        if (before is JsonArray oldItems && after is JsonArray newItems)
        {
            WalkLists(oldItems, newItems, path, changes, isHidden, masker);
            return;
        }
        changes.Add(new FieldChange(path, Text(before), Text(after)));

        string? Text(JsonNode? node)
        {
            if (node is null)
            {
                return null;
            }
            if (isHidden(path))
            {
                return SecretMasker.Mask;
            }
            string text = masker.MaskText(node.ToJsonString(JsonText.Readable));
            return text.Length > LongestValue ? text[..LongestValue] + "..." : text;
        }
    }

    private static void WalkLists(JsonArray before, JsonArray after, string path, List<FieldChange> changes, Func<string, bool> isHidden, SecretMasker masker)
    {
        if (NamesOf(before) is { } oldNames && NamesOf(after) is { } newNames)
        {
            foreach (string name in oldNames.Keys.Union(newNames.Keys))
            {
                Walk(oldNames.GetValueOrDefault(name), newNames.GetValueOrDefault(name), $"{path}[name={name}]", changes, isHidden, masker);
            }
            return;
        }
        for (int i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            Walk(i < before.Count ? before[i] : null, i < after.Count ? after[i] : null, $"{path}[{i}]", changes, isHidden, masker);
        }
    }

    // A list item that is new or gone is one change. The fields of a new object are told one by one, down to the first list.
    private static bool IsWholeValue(JsonNode? before, JsonNode? after, string path) =>
        (before is null || after is null) && path.EndsWith(']');

    private static Dictionary<string, JsonNode?>? NamesOf(JsonArray items)
    {
        var names = new Dictionary<string, JsonNode?>(items.Count, StringComparer.Ordinal);
        foreach (JsonNode? item in items)
        {
            if (item is not JsonObject named || named["name"] is not JsonValue value || !value.TryGetValue(out string? name) || !names.TryAdd(name, item))
            {
                return null;
            }
        }
        return names;
    }

    private static IEnumerable<string> Keys(JsonObject? left, JsonObject? right) =>
        (left?.Select(p => p.Key) ?? []).Union(right?.Select(p => p.Key) ?? []);
}
