using System.Globalization;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>Tells whether an apply changed an object.</summary>
internal static class ChangeDetector
{
    /// <summary>
    /// Whether an object that exists says nothing but its name, and we own nothing of it. Applying it would make the server
    /// write down who owned its fields before, which is a change to an object that nobody changed.
    /// </summary>
    public static bool HasNothingToApply(ClusterObject item, JsonObject live, string manager) =>
        item.Content.All(p => p.Key is "apiVersion" or "kind" or "metadata" or "status")
        && (item.Content["metadata"] as JsonObject ?? []).All(p => p.Key is "name" or "namespace" or "creationTimestamp")
        && OwnEntry(live, manager) is null;

    /// <summary>
    /// Whether applying changed an object; null when that takes another look (<see cref="HasSameContent"/>). The same
    /// resourceVersion says that it did not. With another one, somebody else may have written in between, as controllers do to
    /// the status of new objects: it was us only if our managed fields are newer than before. Their time is in whole seconds,
    /// so of two applies within a moment it says nothing.
    /// </summary>
    public static bool? HasChanged(JsonObject before, JsonObject after, string manager, DateTimeOffset? serverTime)
    {
        if ((string?)before["metadata"]?["resourceVersion"] == (string?)after["metadata"]?["resourceVersion"])
        {
            return false;
        }
        if (OwnEntry(before, manager) is not { } old || OwnEntry(after, manager) is not { } now || (string?)old["time"] is not { } time || time != (string?)now["time"]
            || !JsonNode.DeepEquals(old["fieldsV1"], now["fieldsV1"]))
        {
            return true;
        }
        bool isPast = serverTime is { } server
            && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            && at.AddSeconds(2) < server;
        return isPast ? false : null;
    }

    /// <summary>Whether we own other fields of an object than before: a change that is written down, though nothing of the object itself changes.</summary>
    public static bool OwnsOtherFields(JsonObject before, JsonObject after, string manager) =>
        !JsonNode.DeepEquals(OwnEntry(before, manager)?["fieldsV1"], OwnEntry(after, manager)?["fieldsV1"]);

    /// <summary>Whether two states of an object differ in nothing but its status and what the server writes down about every change.</summary>
    public static bool HasSameContent(JsonObject before, JsonObject after) => JsonNode.DeepEquals(ContentOf(before), ContentOf(after));

    private static JsonObject ContentOf(JsonObject live)
    {
        var content = (JsonObject)live.DeepClone();
        content.Remove("status");
        foreach (string written in new[] { "managedFields", "resourceVersion", "generation" })
        {
            (content["metadata"] as JsonObject)?.Remove(written);
        }
        return content;
    }

    internal static JsonObject? OwnEntry(JsonObject live, string manager) =>
        (live["metadata"]?["managedFields"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(e =>
            (string?)e["manager"] == manager && (string?)e["operation"] == "Apply" && string.IsNullOrEmpty((string?)e["subresource"]));
}
