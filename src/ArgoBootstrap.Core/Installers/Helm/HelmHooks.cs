using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Processes;

namespace ArgoBootstrap.Core.Installers.Helm;

/// <summary>Names the hooks that helm waited for in vain: its own text says no more than that the time was up.</summary>
internal static class HelmHooks
{
    /// <summary>Runs helm, and adds to an error about time which Jobs of hooks have not completed and why.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="ns">Namespace of the release.</param>
    /// <param name="run">Runs helm.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">helm failed.</exception>
    public static async Task ExplainAsync(TargetCluster cluster, string ns, Func<Task> run, CancellationToken cancellationToken)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (OperationException e) when (e.Id == ProcessErrorIds.ProgramFailed && IsAboutTime(e.Message))
        {
            string hooks = await DescribeAsync(cluster, ns, cancellationToken).ConfigureAwait(false);
            if (hooks.Length == 0)
            {
                throw;
            }
            throw new OperationException(
                e.Id,
                cluster.Connection.Masker.MaskText($"{e.Message.TrimEnd('.')}. Not completed: {hooks}."),
                $"Look at the Job's pods (kubectl -n {ns} describe job), correct what keeps them, or allow more time with -Timeout; then run this again: it goes on where it stopped.",
                e);
        }
    }

    private static bool IsAboutTime(string text) =>
        text.Contains("timed out waiting", StringComparison.OrdinalIgnoreCase) || text.Contains("deadline exceeded", StringComparison.OrdinalIgnoreCase) || text.Contains("did not end within", StringComparison.Ordinal);

    private static async Task<string> DescribeAsync(TargetCluster cluster, string ns, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject[] open =
            [
                .. (await cluster.Reader.ListAsync("batch", "Job", ns, "", cancellationToken).ConfigureAwait(false))
                    .Where(j => j.At("metadata", "annotations", "helm.sh/hook").Text().Length > 0 && !IsComplete(j)),
            ];
            if (open.Length == 0)
            {
                return "";
            }
            IReadOnlyList<JsonObject> pods = await cluster.Reader.ListAsync("", "Pod", ns, "job-name", cancellationToken).ConfigureAwait(false);
            return string.Join("; ", open.Select(job => $"Job {job.At("metadata", "name").Text()} (hook {job.At("metadata", "annotations", "helm.sh/hook").Text()}): {Reason(job, pods)}"));
        }
        catch (OperationException)
        {
            // helm's own error stands.
            return "";
        }
    }

    private static bool IsComplete(JsonObject job) => Conditions(job).Any(c => c["type"].Text() == "Complete" && c.IsTrue());

    private static string Reason(JsonObject job, IReadOnlyList<JsonObject> pods)
    {
        if (Conditions(job).FirstOrDefault(c => c["type"].Text() == "Failed" && c.IsTrue()) is { } failed)
        {
            return $"failed, {failed["message"].Text()}";
        }
        string name = job.At("metadata", "name").Text();
        JsonObject[] own = [.. pods.Where(p => p.At("metadata", "labels", "job-name").Text() == name)];
        string waiting = own.SelectMany(p => (p.At("status", "containerStatuses") as JsonArray ?? []).OfType<JsonObject>())
            .Select(c => c.At("state", "waiting"))
            .Where(w => w.At("reason").Text().Length > 0)
            .Select(w => w.At("message").Text() is { Length: > 0 } message ? $"{w.At("reason").Text()}, {message}" : w.At("reason").Text())
            .FirstOrDefault() ?? "";
        string unscheduled = own.SelectMany(Conditions).Where(c => c["type"].Text() == "PodScheduled" && c["status"].Text() == "False").Select(c => c["message"].Text()).FirstOrDefault(m => m.Length > 0) ?? "";
        return own.Length == 0 ? "it has no pod" : waiting.Length > 0 ? $"its pod waits ({waiting})" : unscheduled.Length > 0 ? $"its pod is not scheduled ({unscheduled})" : $"its pod is {own[0].At("status", "phase").Text()}";
    }

    private static IEnumerable<JsonObject> Conditions(JsonObject item) => (item.At("status", "conditions") as JsonArray ?? []).OfType<JsonObject>();
}
