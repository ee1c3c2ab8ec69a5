using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Waiting;

/// <summary>
/// Whether an Argo CD Application is synced and healthy, as <c>argocd app wait</c> means it (cmd/argocd/commands/app.go,
/// checkResourceStatus and waitOnApplicationStatus): nothing counts while an operation is asked for or runs, nor until the
/// controller has looked at the application again after it.
/// </summary>
internal static class ApplicationReadiness
{
    public static Readiness Evaluate(JsonObject live)
    {
        JsonNode? state = live.At("status", "operationState");
        string operationMessage = state.At("message").Text();
        if (operationMessage.Contains("sync window", StringComparison.OrdinalIgnoreCase))
        {
            return Readiness.InProgress($"a sync window blocks it: {operationMessage}");
        }
        if (live["operation"] is not null)
        {
            return Readiness.InProgress($"an operation waits to start{Suffix(operationMessage)}");
        }
        DateTimeOffset? finished = state.At("finishedAt").Time();
        if (state is not null && finished is null)
        {
            return Readiness.InProgress($"an operation runs{Suffix(operationMessage)}");
        }
        DateTimeOffset? reconciled = live.At("status", "reconciledAt").Time();
        if (reconciled is null || (finished is not null && !state.At("operation", "sync", "dryRun").Flag() && reconciled < finished))
        {
            return Readiness.InProgress("waits until Argo CD has looked at it");
        }
        string sync = live.At("status", "sync", "status").Text();
        string health = live.At("status", "health", "status").Text();
        if (sync == "Synced" && health == "Healthy")
        {
            return Readiness.Ready("Synced and Healthy");
        }
        string status = $"{(sync.Length > 0 ? sync : "Unknown")} and {(health.Length > 0 ? health : "Unknown")}";
        return Readiness.InProgress(status + Suffix(Problem(live, state, operationMessage)));
    }

    private static string Problem(JsonObject live, JsonNode? state, string operationMessage)
    {
        // Conditions whose type ends in Error are what Argo CD shows in red.
        JsonObject? error = (live.At("status", "conditions") as JsonArray)?.OfType<JsonObject>().FirstOrDefault(c => c["type"].Text().EndsWith("Error", StringComparison.Ordinal));
        if (error is not null)
        {
            return $"{error["type"].Text()}: {error["message"].Text()}";
        }
        string healthMessage = live.At("status", "health", "message").Text();
        return state.At("phase").Text() is "Failed" or "Error" ? $"the last operation failed: {operationMessage}" : healthMessage;
    }

    private static string Suffix(string text) => text.Length > 0 ? $": {text}" : "";
}
