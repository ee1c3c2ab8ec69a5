using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Clusters.Applying;

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
        Walk(before, after, "", (string?)(after ?? before)?["kind"] == "Secret" ? "secret" : "", false, changes, masker);
        return changes;
    }

    /// <param name="before">The first value.</param>
    /// <param name="after">The second value.</param>
    /// <param name="path">Where they are.</param>
    /// <param name="key">The key that they are the value of; a Secret's own is <c>secret</c>.</param>
    /// <param name="isSecret">Whether the field holds a secret.</param>
    /// <param name="changes">Gets the changes.</param>
    /// <param name="masker">Knows secrets by their values.</param>
    private static void Walk(JsonNode? before, JsonNode? after, string path, string key, bool isSecret, List<FieldChange> changes, SecretMasker masker)
    {
        if (ServerFields.Contains(path) || JsonNode.DeepEquals(before, after))
        {
            return;
        }
        if (before is JsonObject or null && after is JsonObject or null && !(before is null && after is null) && !IsWholeValue(before, after, path))
        {
            var left = before as JsonObject;
            var right = after as JsonObject;
            string name = SensitiveJson.NameOf(right ?? left);
            bool isAll = isSecret && SensitiveField.IsWholeSecret(key);
            foreach (string child in Keys(left, right))
            {
                Walk(left?[child], right?[child], FieldPath.Join(path, child), child, isAll || SensitiveField.HoldsSecret(key, child, name), changes, masker);
            }
            return;
        }
        if (before is JsonArray oldItems && after is JsonArray newItems)
        {
            WalkLists(oldItems, newItems, path, isSecret, changes, masker);
            return;
        }
        changes.Add(new FieldChange(path, Text(before), Text(after)));

        string? Text(JsonNode? node)
        {
            if (node is null)
            {
                return null;
            }
            JsonNode shown = SensitiveJson.Mask(node, key, isSecret)!;
            if (shown is JsonValue value && value.TryGetValue(out string? hidden) && hidden == SecretMasker.Mask)
            {
                return SecretMasker.Mask;
            }
            string text = masker.MaskText(shown.ToJsonString(JsonText.Readable));
            return text.Length > LongestValue ? text[..LongestValue] + "..." : text;
        }
    }

    private static void WalkLists(JsonArray before, JsonArray after, string path, bool isSecret, List<FieldChange> changes, SecretMasker masker)
    {
        if (NamesOf(before) is { } oldNames && NamesOf(after) is { } newNames)
        {
            foreach (string name in oldNames.Keys.Union(newNames.Keys))
            {
                Walk(oldNames.GetValueOrDefault(name), newNames.GetValueOrDefault(name), $"{path}[name={name}]", "", isSecret, changes, masker);
            }
            return;
        }
        for (int i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            Walk(i < before.Count ? before[i] : null, i < after.Count ? after[i] : null, $"{path}[{i}]", "", isSecret, changes, masker);
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
