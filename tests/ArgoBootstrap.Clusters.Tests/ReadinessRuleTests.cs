using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Waiting;

namespace ArgoBootstrap.Clusters.Tests;

public sealed class ReadinessRuleTests
{
    private const string Synced = """ "sync":{"status":"Synced"},"health":{"status":"Healthy"} """;

    [Theory]
    [InlineData("""{"spec":{"replicas":2},"metadata":{"generation":2},"status":{"observedGeneration":1,"replicas":2,"updatedReplicas":2,"availableReplicas":2}}""", ReadinessState.InProgress)]
    [InlineData("""{"spec":{"replicas":2},"metadata":{"generation":2},"status":{"observedGeneration":2,"replicas":3,"updatedReplicas":2,"availableReplicas":2}}""", ReadinessState.InProgress)]
    [InlineData("""{"spec":{"replicas":2},"metadata":{"generation":2},"status":{"observedGeneration":2,"replicas":2,"updatedReplicas":2,"availableReplicas":1}}""", ReadinessState.InProgress)]
    [InlineData("""{"spec":{"replicas":2},"metadata":{"generation":2},"status":{"observedGeneration":2,"replicas":2,"updatedReplicas":2,"availableReplicas":2}}""", ReadinessState.Ready)]
    [InlineData("""{"spec":{"replicas":0},"metadata":{"generation":1},"status":{"observedGeneration":1}}""", ReadinessState.Ready)]
    [InlineData("""{"spec":{},"metadata":{"generation":1}}""", ReadinessState.InProgress)]
    [InlineData("""{"metadata":{"generation":1},"status":{"observedGeneration":1,"conditions":[{"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded"}]}}""", ReadinessState.Failed)]
    public void Deployment(string json, ReadinessState expected) => Check("apps/v1", "Deployment", json, expected);

    [Theory]
    [InlineData("""{"spec":{"replicas":3},"status":{"readyReplicas":2}}""", ReadinessState.InProgress)]
    [InlineData("""{"spec":{"replicas":3},"status":{"readyReplicas":3,"updateRevision":"b","currentRevision":"a"}}""", ReadinessState.InProgress)]
    [InlineData("""{"spec":{"replicas":3},"status":{"readyReplicas":3,"updateRevision":"b","currentRevision":"b"}}""", ReadinessState.Ready)]
    [InlineData("""{"spec":{"replicas":3,"updateStrategy":{"rollingUpdate":{"partition":2}}},"status":{"readyReplicas":3,"updatedReplicas":1,"updateRevision":"b","currentRevision":"a"}}""", ReadinessState.Ready)]
    public void StatefulSet(string json, ReadinessState expected) => Check("apps/v1", "StatefulSet", json, expected);

    [Theory]
    [InlineData("""{"status":{"desiredNumberScheduled":2,"updatedNumberScheduled":2,"numberAvailable":1}}""", ReadinessState.InProgress)]
    [InlineData("""{"status":{"desiredNumberScheduled":2,"updatedNumberScheduled":2,"numberAvailable":2}}""", ReadinessState.Ready)]
    public void DaemonSet(string json, ReadinessState expected) => Check("apps/v1", "DaemonSet", json, expected);

    [Theory]
    [InlineData("""{"status":{}}""", ReadinessState.InProgress)]
    [InlineData("""{"status":{"conditions":[{"type":"Complete","status":"True"}]}}""", ReadinessState.Ready)]
    [InlineData("""{"status":{"conditions":[{"type":"Failed","status":"True","reason":"BackoffLimitExceeded"}]}}""", ReadinessState.Failed)]
    public void Job(string json, ReadinessState expected) => Check("batch/v1", "Job", json, expected);

    [Theory]
    [InlineData("PersistentVolumeClaim", "v1", """{"status":{"phase":"Pending"}}""", ReadinessState.InProgress)]
    [InlineData("PersistentVolumeClaim", "v1", """{"status":{"phase":"Bound"}}""", ReadinessState.Ready)]
    [InlineData("PersistentVolumeClaim", "v1", """{"status":{"phase":"Lost"}}""", ReadinessState.Failed)]
    [InlineData("APIService", "apiregistration.k8s.io/v1", """{"status":{"conditions":[{"type":"Available","status":"False"}]}}""", ReadinessState.InProgress)]
    [InlineData("APIService", "apiregistration.k8s.io/v1", """{"status":{"conditions":[{"type":"Available","status":"True"}]}}""", ReadinessState.Ready)]
    [InlineData("CustomResourceDefinition", "apiextensions.k8s.io/v1", """{"status":{"conditions":[{"type":"NamesAccepted","status":"False","reason":"MultipleNamesNotAccepted"}]}}""", ReadinessState.Failed)]
    [InlineData("CustomResourceDefinition", "apiextensions.k8s.io/v1", """{"status":{"conditions":[{"type":"Established","status":"True"}]}}""", ReadinessState.Ready)]
    [InlineData("ConfigMap", "v1", """{}""", ReadinessState.Ready)]
    [InlineData("Certificate", "cert-manager.io/v1", """{"status":{"conditions":[{"type":"Ready","status":"False"}]}}""", ReadinessState.InProgress)]
    public void Others(string kind, string apiVersion, string json, ReadinessState expected) => Check(apiVersion, kind, json, expected);

    [Theory]
    [InlineData("""{"operation":{"sync":{}},"status":{"reconciledAt":"2026-01-01T00:00:09Z",SYNCED}}""", ReadinessState.InProgress)]
    [InlineData("""{"status":{"operationState":{"phase":"Running","startedAt":"2026-01-01T00:00:00Z"},"reconciledAt":"2026-01-01T00:00:09Z",SYNCED}}""", ReadinessState.InProgress)]
    [InlineData("""{"status":{"operationState":{"finishedAt":"2026-01-01T00:00:05Z"},SYNCED}}""", ReadinessState.InProgress)]
    [InlineData("""{"status":{"operationState":{"finishedAt":"2026-01-01T00:00:05Z"},"reconciledAt":"2026-01-01T00:00:04Z",SYNCED}}""", ReadinessState.InProgress)]
    [InlineData("""{"status":{"operationState":{"finishedAt":"2026-01-01T00:00:05Z"},"reconciledAt":"2026-01-01T00:00:05Z",SYNCED}}""", ReadinessState.Ready)]
    [InlineData("""{"status":{"reconciledAt":"2026-01-01T00:00:05Z",SYNCED}}""", ReadinessState.Ready)]
    [InlineData("""{"status":{"reconciledAt":"2026-01-01T00:00:05Z","sync":{"status":"OutOfSync"},"health":{"status":"Healthy"}}}""", ReadinessState.InProgress)]
    [InlineData("""{"status":{"reconciledAt":"2026-01-01T00:00:05Z","sync":{"status":"Synced"},"health":{"status":"Progressing"}}}""", ReadinessState.InProgress)]
    [InlineData("""{}""", ReadinessState.InProgress)]
    public void Application(string json, ReadinessState expected) => Check("argoproj.io/v1alpha1", "Application", json.Replace("SYNCED", Synced, StringComparison.Ordinal), expected);

    [Fact]
    public void A_sync_window_that_blocks_an_Application_is_told()
    {
        Readiness readiness = Evaluate("argoproj.io/v1alpha1", "Application", """{"operation":{},"status":{"operationState":{"phase":"Running","message":"Sync operation blocked by sync window"}}}""");

        Assert.Equal(ReadinessState.InProgress, readiness.State);
        Assert.Contains("sync window", readiness.Message, StringComparison.Ordinal);
    }

    private static void Check(string apiVersion, string kind, string json, ReadinessState expected) => Assert.Equal(expected, Evaluate(apiVersion, kind, json).State);

    private static Readiness Evaluate(string apiVersion, string kind, string json)
    {
        var live = (JsonObject)JsonNode.Parse(json)!;
        live["apiVersion"] = apiVersion;
        live["kind"] = kind;
        return ReadinessRules.Evaluate(live);
    }
}
