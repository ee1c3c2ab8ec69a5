using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Waiting;

/// <summary>The rules of <c>kubectl rollout status</c> (k8s.io/kubectl pkg/polymorphichelpers), and for Jobs those of their conditions.</summary>
internal static class WorkloadReadiness
{
    public static Readiness Deployment(JsonObject live)
    {
        if (!IsObserved(live))
        {
            return Readiness.InProgress("waits for its controller");
        }
        if (live.Condition("Progressing") is { } progressing && progressing["reason"].Text() == "ProgressDeadlineExceeded")
        {
            return Readiness.Failed($"exceeded its progress deadline: {progressing["message"].Text()}");
        }
        long wanted = live.At("spec", "replicas").Number(1);
        long all = live.At("status", "replicas").Number();
        long updated = live.At("status", "updatedReplicas").Number();
        long available = live.At("status", "availableReplicas").Number();
        if (updated < wanted)
        {
            return Readiness.InProgress($"{updated} of {wanted} replicas updated{WhyNot(live)}");
        }
        if (all > updated)
        {
            return Readiness.InProgress($"{all - updated} old replicas still end");
        }
        return available < updated ? Readiness.InProgress($"{available} of {updated} replicas available{WhyNot(live)}") : Readiness.Ready($"{available} of {wanted} replicas available");
    }

    public static Readiness StatefulSet(JsonObject live)
    {
        if (!IsObserved(live))
        {
            return Readiness.InProgress("waits for its controller");
        }
        long wanted = live.At("spec", "replicas").Number(1);
        long ready = live.At("status", "readyReplicas").Number();
        if (ready < wanted)
        {
            return Readiness.InProgress($"{ready} of {wanted} replicas ready");
        }
        if (live.At("spec", "updateStrategy", "type").Text() == "OnDelete")
        {
            return Readiness.Ready($"{ready} of {wanted} replicas ready");
        }
        long partition = live.At("spec", "updateStrategy", "rollingUpdate", "partition").Number();
        long updated = live.At("status", "updatedReplicas").Number();
        if (partition > 0)
        {
            return updated < wanted - partition ? Readiness.InProgress($"{updated} of {wanted - partition} replicas updated") : Readiness.Ready($"{updated} replicas updated, {partition} held back by the partition");
        }
        return live.At("status", "updateRevision").Text() != live.At("status", "currentRevision").Text()
            ? Readiness.InProgress($"{updated} of {wanted} replicas updated")
            : Readiness.Ready($"{ready} of {wanted} replicas ready");
    }

    public static Readiness DaemonSet(JsonObject live)
    {
        if (!IsObserved(live))
        {
            return Readiness.InProgress("waits for its controller");
        }
        long wanted = live.At("status", "desiredNumberScheduled").Number();
        long updated = live.At("status", "updatedNumberScheduled").Number();
        long available = live.At("status", "numberAvailable").Number();
        if (updated < wanted && live.At("spec", "updateStrategy", "type").Text() != "OnDelete")
        {
            return Readiness.InProgress($"{updated} of {wanted} pods updated");
        }
        return available < wanted ? Readiness.InProgress($"{available} of {wanted} pods available") : Readiness.Ready($"{available} of {wanted} pods available");
    }

    public static Readiness Job(JsonObject live)
    {
        if (live.Condition("Failed") is { } failed && failed.IsTrue())
        {
            return Readiness.Failed($"failed: {failed["reason"].Text()}: {failed["message"].Text()}");
        }
        if (live.Condition("Complete").IsTrue())
        {
            return Readiness.Ready("complete");
        }
        return live.At("spec", "suspend").Flag()
            ? Readiness.InProgress("is suspended")
            : Readiness.InProgress($"{live.At("status", "succeeded").Number()} of {live.At("spec", "completions").Number(1)} completions");
    }

    private static bool IsObserved(JsonObject live) => live.At("status", "observedGeneration").Number() >= live.At("metadata", "generation").Number();

    private static string WhyNot(JsonObject live) =>
        live.Condition("ReplicaFailure") is { } failure && failure.IsTrue() ? $": {failure["message"].Text()}" : "";
}
