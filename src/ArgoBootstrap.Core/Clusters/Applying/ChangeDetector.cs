using System.Globalization;
using System.Text.Json.Nodes;
using ArgoBootstrap.Core.Clusters.Objects;

namespace ArgoBootstrap.Core.Clusters.Applying;

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
    /// Whether applying changed an object. The same resourceVersion says that it did not. With another one, somebody else may
    /// have written in between, as the server itself does to the status of new CustomResourceDefinitions: it was us only if our
    /// managed fields are newer than before. Their time is in whole seconds, so two applies in one second count as a change.
    /// </summary>
    public static bool HasChanged(JsonObject before, JsonObject after, string manager, DateTimeOffset? serverTime)
    {
        if ((string?)before["metadata"]?["resourceVersion"] == (string?)after["metadata"]?["resourceVersion"])
        {
            return false;
        }
        if (OwnEntry(before, manager) is not { } old || OwnEntry(after, manager) is not { } now || (string?)old["time"] is not { } time || time != (string?)now["time"])
        {
            return true;
        }
        bool isPast = serverTime is { } server
            && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at)
            && at.AddSeconds(2) < server;
        return !isPast || !JsonNode.DeepEquals(old["fieldsV1"], now["fieldsV1"]);
    }

    internal static JsonObject? OwnEntry(JsonObject live, string manager) =>
        (live["metadata"]?["managedFields"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(e =>
            (string?)e["manager"] == manager && (string?)e["operation"] == "Apply" && string.IsNullOrEmpty((string?)e["subresource"]));
}
