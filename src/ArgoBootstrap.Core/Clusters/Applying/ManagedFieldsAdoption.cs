using System.Text.Json.Nodes;

namespace ArgoBootstrap.Core.Clusters.Applying;

/// <summary>
/// Makes fields that an installer owns ours, so that what later disappears from Git disappears from the cluster. The rule is
/// that of client-go's <c>csaupgrade</c>: the fields of the other managers are added to our Apply entry and their entries go
/// away; nothing of the object itself changes.
/// </summary>
internal static class ManagedFieldsAdoption
{
    /// <summary>The managed fields after adoption.</summary>
    /// <param name="metadata">The live object's metadata.</param>
    /// <param name="manager">Who adopts.</param>
    /// <param name="from">Managers to adopt from.</param>
    /// <param name="adopted">The managers that were found.</param>
    /// <returns>Null when there is nothing to adopt.</returns>
    public static JsonArray? Adopt(JsonObject metadata, string manager, IReadOnlyList<string> from, out IReadOnlyList<string> adopted)
    {
        adopted = [];
        if (metadata["managedFields"] is not JsonArray entries || from.Count == 0)
        {
            return null;
        }
        List<JsonObject> all = [.. entries.OfType<JsonObject>()];
        List<JsonObject> others = [.. all.Where(e => IsMainResource(e) && from.Contains((string?)e["manager"] ?? "", StringComparer.Ordinal))];
        if (others.Count == 0)
        {
            return null;
        }
        adopted = [.. others.Select(e => (string?)e["manager"] ?? "").Distinct(StringComparer.Ordinal)];
        JsonObject? own = all.FirstOrDefault(e => IsMainResource(e) && (string?)e["manager"] == manager && (string?)e["operation"] == "Apply");
        var merged = (JsonObject)(own ?? others[0]).DeepClone();
        merged["manager"] = manager;
        merged["operation"] = "Apply";
        if (merged["fieldsV1"] is not JsonObject fields)
        {
            merged["fieldsV1"] = fields = [];
        }
        foreach (JsonObject other in others)
        {
            if (other["fieldsV1"] is JsonObject more)
            {
                FieldSet.UnionInto(fields, more);
            }
        }
        var result = new JsonArray { merged };
        foreach (JsonObject entry in all.Where(e => !ReferenceEquals(e, own) && !others.Contains(e)))
        {
            result.Add(entry.DeepClone());
        }
        return result;
    }

    private static bool IsMainResource(JsonObject entry) => string.IsNullOrEmpty((string?)entry["subresource"]);
}
