using System.Text.Json;
using System.Text.Json.Nodes;

namespace ArgoBootstrap.Kustomize.Redaction;

/// <summary>Finds the values of fields that hold secrets (<see cref="SensitiveField"/>) in JSON.</summary>
internal static class SensitiveJson
{
    /// <summary>Registers them with a masker.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="masker">Takes them out of what is said.</param>
    public static void Register(JsonNode? node, SecretMasker masker) => Walk(node, "", false, (value, _) => masker.AddAll(value));

    /// <summary>The same tree with its secrets masked.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="key">Its key; empty where it has none.</param>
    /// <param name="isSecret">Whether its field holds a secret.</param>
    public static JsonNode? Mask(JsonNode? node, string key, bool isSecret)
    {
        if (isSecret && IsTelling(node))
        {
            return SecretMasker.Mask;
        }
        JsonNode? copy = node?.DeepClone();
        Walk(copy, key, isSecret, (value, replace) => replace(SecretMasker.Mask));
        return copy;
    }

    /// <summary>The name by which an item says what its <c>value</c> is.</summary>
    public static string NameOf(JsonNode? node) => (node as JsonObject)?["name"] is JsonValue value && value.TryGetValue(out string? name) ? name : "";

    private static bool IsTelling(JsonNode? node) => node?.GetValueKind() is JsonValueKind.Number || (node is JsonValue text && text.TryGetValue(out string? value) && value.Length > 0);

    private static void Walk(JsonNode? node, string key, bool isSecret, Action<JsonNode, Action<JsonNode>> found)
    {
        if (node is JsonObject map)
        {
            string name = NameOf(map);
            bool isAll = isSecret && SensitiveField.IsWholeSecret(key);
            foreach ((string child, JsonNode? value) in map.ToArray())
            {
                Visit(value, child, isAll || SensitiveField.HoldsSecret(key, child, name), replacement => map[child] = replacement);
            }
        }
        else if (node is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++)
            {
                int place = i;
                Visit(list[i], "", isSecret && list[i] is JsonValue, replacement => list[place] = replacement);
            }
        }

        void Visit(JsonNode? value, string child, bool isHidden, Action<JsonNode> replace)
        {
            if (isHidden && IsTelling(value))
            {
                found(value!, replace);
            }
            else
            {
                Walk(value, child, isHidden, found);
            }
        }
    }
}
