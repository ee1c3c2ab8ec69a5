using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>Says in one line what became of many objects, and makes errors of those that failed.</summary>
internal static class ApplySummary
{
    private const int MostNamed = 5;

    public static string Of(ApplyResult result)
    {
        IEnumerable<string> parts = result.Objects.GroupBy(o => o.Action).OrderBy(g => g.Key)
            .Select(g => $"{g.Count()} {(result.IsDryRun && g.Key is ApplyAction.Created or ApplyAction.Configured ? "would be " : "")}{g.Key.ToString().ToLowerInvariant()}");
        return result.Objects.Count == 0 ? "nothing to apply" : string.Join(", ", parts);
    }

    /// <exception cref="OperationException">Not every object could be applied.</exception>
    public static void ThrowIfFailed(ApplyResult result, string what)
    {
        ObjectApplyResult[] failed = [.. result.Objects.Where(o => o.Action is ApplyAction.Failed).Concat(result.Objects.Where(o => o.Action is ApplyAction.Skipped))];
        if (failed.Length == 0)
        {
            return;
        }
        // When all failed for one reason, that reason's id says more than that something could not be applied.
        string[] ids = [.. failed.Where(f => f.Action == ApplyAction.Failed).Select(f => f.ErrorId).Distinct()];
        throw new OperationException(
            ids is [ClusterErrorIds.Forbidden or ClusterErrorIds.AdmissionDenied or ClusterErrorIds.Conflict] ? ids[0] : ClusterErrorIds.ApplyFailed,
            $"{failed.Length} of {result.Objects.Count} objects of {what} could not be applied: {Messages(failed)}",
            failed[0].Remedy);
    }

    /// <summary>What is told of each failure; of several for the same reason, the first one's, with the names of the others.</summary>
    private static string Messages(ObjectApplyResult[] failed)
    {
        ObjectApplyResult[][] reasons = [.. failed.GroupBy(f => f.Message.Replace(f.Reference.ToString(), "", StringComparison.Ordinal)).Select(g => g.ToArray())];
        return string.Join(" ", reasons.Take(MostNamed).Select(r => r.Length == 1 ? r[0].Message : $"{r[0].Message} (Likewise {string.Join(", ", r.Skip(1).Take(MostNamed).Select(o => o.Reference))}{More(r.Length - 1)}.)"))
            + More(reasons.Length);
    }

    /// <exception cref="OperationException">Not everything became ready.</exception>
    public static void ThrowIfFailed(WaitResult result, TimeSpan timeout)
    {
        ObjectWaitResult[] failed = [.. result.Objects.Where(o => o.Outcome == WaitOutcome.Failed)];
        if (failed.Length == 0 && result.Succeeded)
        {
            return;
        }
        ObjectWaitResult[] named = failed.Length > 0 ? failed : [.. result.Objects.Where(o => o.Outcome == WaitOutcome.TimedOut)];
        string list = string.Join("; ", named.Take(MostNamed).Select(o => $"{o.Reference}: {o.Message}")) + More(named.Length);
        throw failed.Length > 0
            ? new OperationException(ClusterErrorIds.WaitFailed, $"{Objects(failed.Length)} failed: {list}.", "Look at the objects' events and logs, correct what they name, then run this again.")
            : new OperationException(ClusterErrorIds.WaitTimedOut, $"{Objects(named.Length)} {(named.Length == 1 ? "was" : "were")} not ready within {timeout.TotalSeconds:0} seconds: {list}.", "Look at their events (image pulls, scheduling, quotas), allow more time with -Timeout, then run this again: it goes on where it stopped.");
    }

    private static string Objects(int count) => count == 1 ? "1 object" : $"{count} objects";

    private static string More(int count) => count > MostNamed ? $" (and {count - MostNamed} more)" : "";
}
