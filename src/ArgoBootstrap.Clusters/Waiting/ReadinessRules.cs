using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Waiting;

/// <summary>Says whether a live object is ready. Each type by the rule of the tool that people know: <c>kubectl rollout status</c>, <c>kubectl wait</c>, <c>argocd app wait</c>.</summary>
public static class ReadinessRules
{
    /// <summary>How far an object is.</summary>
    /// <param name="live">The object as the server gives it, with <c>apiVersion</c> and <c>kind</c>.</param>
    public static Readiness Evaluate(JsonObject live)
    {
        var type = GroupVersionKind.Parse(live["apiVersion"].Text(), live["kind"].Text());
        return (type.Group, type.Kind) switch
        {
            ("apps", "Deployment") => WorkloadReadiness.Deployment(live),
            ("apps", "StatefulSet") => WorkloadReadiness.StatefulSet(live),
            ("apps", "DaemonSet") => WorkloadReadiness.DaemonSet(live),
            ("batch", "Job") => WorkloadReadiness.Job(live),
            ("argoproj.io", "Application") => ApplicationReadiness.Evaluate(live),
            ("", "PersistentVolumeClaim") => Claim(live),
            ("", "Namespace") => Namespace(live),
            ("apiextensions.k8s.io", "CustomResourceDefinition") => Definition(live),
            ("apiregistration.k8s.io", "APIService") => ByCondition(live, "Available"),
            ("", "Pod") => ByCondition(live, "Ready"),
            _ => Other(live),
        };
    }

    /// <summary>Whether objects of a type take time to become ready; all others are ready once they are applied.</summary>
    /// <param name="type">The type; its version does not matter.</param>
    public static bool TakesTime(GroupVersionKind type) => (type.Group, type.Kind) is
        ("apps", "Deployment" or "StatefulSet" or "DaemonSet") or ("batch", "Job") or ("argoproj.io", "Application")
        or ("", "PersistentVolumeClaim" or "Pod") or ("apiextensions.k8s.io", "CustomResourceDefinition") or ("apiregistration.k8s.io", "APIService");

    private static Readiness Claim(JsonObject live) => live.At("status", "phase").Text() switch
    {
        "Bound" => Readiness.Ready("bound"),
        "Lost" => Readiness.Failed("its volume is lost"),
        _ => Readiness.InProgress("waits for a volume"),
    };

    private static Readiness Namespace(JsonObject live) => live.At("metadata", "deletionTimestamp") is null
        ? Readiness.Ready("active")
        : Readiness.Failed($"is being deleted: {TerminationReport.OfNamespace(live)}");

    private static Readiness Definition(JsonObject live)
    {
        JsonObject? names = live.Condition("NamesAccepted");
        if (names.IsFalse() && names!["reason"].Text() is not "")
        {
            return Readiness.Failed($"its names are not accepted: {names["message"].Text()}");
        }
        return live.Condition("Established").IsTrue() ? Readiness.Ready("established") : Readiness.InProgress("is not yet established");
    }

    private static Readiness ByCondition(JsonObject live, string name)
    {
        JsonObject? condition = live.Condition(name);
        return condition.IsTrue() ? Readiness.Ready(name.ToLowerInvariant()) : Readiness.InProgress($"is not yet {name}{Detail(condition)}");
    }

    /// <summary>Types that nobody knows follow the conventions of Kubernetes conditions, if any.</summary>
    private static Readiness Other(JsonObject live)
    {
        long generation = live.At("metadata", "generation").Number();
        if (live.At("status", "observedGeneration") is JsonValue seen && seen.Number() < generation)
        {
            return Readiness.InProgress("waits for its controller");
        }
        if (live.Condition("Stalled") is { } stalled && stalled.IsTrue())
        {
            return Readiness.Failed($"is stalled{Detail(stalled)}");
        }
        if (live.Condition("Ready") is { } ready && !ready.IsTrue())
        {
            return Readiness.InProgress($"is not yet Ready{Detail(ready)}");
        }
        return live.Condition("Reconciling").IsTrue() ? Readiness.InProgress("is being reconciled") : Readiness.Ready("there");
    }

    private static string Detail(JsonObject? condition) => condition?["message"].Text() is { Length: > 0 } message ? $": {message}" : "";
}
