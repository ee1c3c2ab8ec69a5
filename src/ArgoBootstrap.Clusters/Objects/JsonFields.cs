using System.Text.Json.Nodes;

namespace ArgoBootstrap.Clusters.Objects;

/// <summary>Reads fields that may not be there, or be of another type than they should.</summary>
internal static class JsonFields
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            node = (node as JsonObject)?[key];
        }
        return node;
    }

    public static string Text(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    public static long Number(this JsonNode? node, long otherwise = 0) => node is JsonValue value && value.TryGetValue(out long number) ? number : otherwise;

    public static bool Flag(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out bool flag) && flag;

    public static DateTimeOffset? Time(this JsonNode? node) =>
        DateTimeOffset.TryParse(node.Text(), System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out DateTimeOffset at) ? at : null;

    /// <summary>The condition of a type, or null.</summary>
    public static JsonObject? Condition(this JsonObject live, string type) =>
        (live.At("status", "conditions") as JsonArray)?.OfType<JsonObject>().FirstOrDefault(c => c["type"].Text() == type);

    public static bool IsTrue(this JsonObject? condition) => condition?["status"].Text() == "True";

    public static bool IsFalse(this JsonObject? condition) => condition?["status"].Text() == "False";
}
