using System.Text.Json.Nodes;

namespace ArgoBootstrap.Clusters.Applying;

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
        List<JsonObject> all = [.. (metadata["managedFields"] as JsonArray ?? []).OfType<JsonObject>()];
        List<JsonObject> others = EntriesOf(metadata, from);
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

    /// <summary>The entries of an object that are adopted from managers.</summary>
    public static List<JsonObject> EntriesOf(JsonObject metadata, IReadOnlyList<string> from) =>
        from.Count == 0 ? [] : [.. (metadata["managedFields"] as JsonArray ?? []).OfType<JsonObject>().Where(e => IsMainResource(e) && from.Contains((string?)e["manager"] ?? "", StringComparer.Ordinal) && MadeObject(e))];

    /// <summary>
    /// Whether an entry is that of a tool that made the object from a file: <c>kubectl create secret</c> goes by the same name as
    /// <c>kubectl create -f install.yaml</c>, whose objects say what they are part of, and kubectl without further name is its
    /// server-side apply, or, of old, any change by hand.
    /// </summary>
    private static bool MadeObject(JsonObject entry) => (string?)entry["manager"] switch
    {
        "kubectl" => (string?)entry["operation"] == "Apply",
        "kubectl-create" => entry["fieldsV1"]?["f:metadata"]?["f:labels"]?["f:app.kubernetes.io/part-of"] is not null,
        _ => true,
    };

    private static bool IsMainResource(JsonObject entry) => string.IsNullOrEmpty((string?)entry["subresource"]);
}
