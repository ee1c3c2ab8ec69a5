using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Waiting;

/// <summary>Says what keeps an object that is being deleted.</summary>
internal static class TerminationReport
{
    public static IReadOnlyList<string> Finalizers(JsonObject live) =>
    [
        .. (live.At("metadata", "finalizers") as JsonArray ?? []).Select(f => f.Text()),
        .. (live.At("spec", "finalizers") as JsonArray ?? []).Select(f => f.Text()),
    ];

    public static string Of(JsonObject live)
    {
        if (live["kind"].Text() == "Namespace")
        {
            return OfNamespace(live);
        }
        IReadOnlyList<string> finalizers = Finalizers(live);
        return finalizers.Count > 0 ? $"waits for its finalizers: {string.Join(", ", finalizers)}" : "is being deleted";
    }

    /// <summary>The namespace controller notes in conditions what is left and what it cannot delete.</summary>
    public static string OfNamespace(JsonObject live)
    {
        List<string> reasons =
        [
            .. (live.At("status", "conditions") as JsonArray ?? []).OfType<JsonObject>()
                .Where(c => c.IsTrue() && c["type"].Text() is not "NamespaceDeletionContentFailure" and not "")
                .Concat((live.At("status", "conditions") as JsonArray ?? []).OfType<JsonObject>().Where(c => c.IsTrue() && c["type"].Text() == "NamespaceDeletionContentFailure"))
                .Select(c => c["message"].Text())
                .Where(m => m.Length > 0),
        ];
        return reasons.Count > 0 ? string.Join("; ", reasons) : "waits until its content is gone";
    }
}
