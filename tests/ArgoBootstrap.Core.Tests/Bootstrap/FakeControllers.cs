using System.Text.Json.Nodes;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

/// <summary>Does on a cluster without controllers what they would: workloads become available, Argo CD syncs itself.</summary>
internal sealed class FakeControllers : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ClusterSession _session;
    private readonly Task _work;
    private int _passes;

    private FakeControllers(ClusterSession session)
    {
        _session = session;
        _work = WorkAsync();
    }

    public static async Task<FakeControllers> StartAsync(TestCluster cluster) => new(await ClusterSession.OpenAsync(cluster));

    /// <summary>Waits until all that is there now has been looked at.</summary>
    public async Task PassAsync()
    {
        // The pass that is under way may have gone past it.
        for (int end = Volatile.Read(ref _passes) + 2; Volatile.Read(ref _passes) < end && !_work.IsCompleted;)
        {
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _session.Dispose();
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            foreach (string plural in new[] { "deployments", "statefulsets" })
            {
                foreach (JsonObject item in await ListAsync($"/apis/apps/v1/{plural}"))
                {
                    long generation = (long?)item["metadata"]!["generation"] ?? 1;
                    if ((long?)item["status"]?["observedGeneration"] != generation)
                    {
                        long replicas = (long?)item["spec"]?["replicas"] ?? 1;
                        await PatchAsync($"/apis/apps/v1/namespaces/{item["metadata"]!["namespace"]}/{plural}/{item["metadata"]!["name"]}/status", new JsonObject
                        {
                            ["observedGeneration"] = generation, ["replicas"] = replicas, ["updatedReplicas"] = replicas, ["readyReplicas"] = replicas, ["availableReplicas"] = replicas,
                        });
                    }
                }
            }
            foreach (JsonObject item in await ListAsync("/apis/batch/v1/jobs"))
            {
                if (item["status"]?["succeeded"] is null)
                {
                    // Hooks of charts are Jobs, and helm waits for them.
                    await PatchAsync($"/apis/batch/v1/namespaces/{item["metadata"]!["namespace"]}/jobs/{item["metadata"]!["name"]}/status", new JsonObject
                    {
                        ["startTime"] = "2026-01-01T00:00:00Z", ["completionTime"] = "2026-01-01T00:00:01Z", ["succeeded"] = 1, ["ready"] = 0, ["terminating"] = 0,
                        ["uncountedTerminatedPods"] = new JsonObject(),
                        ["conditions"] = new JsonArray(
                            new JsonObject { ["type"] = "SuccessCriteriaMet", ["status"] = "True", ["lastTransitionTime"] = "2026-01-01T00:00:01Z" },
                            new JsonObject { ["type"] = "Complete", ["status"] = "True", ["lastTransitionTime"] = "2026-01-01T00:00:01Z" }),
                    });
                }
            }
            foreach (JsonObject item in await ListAsync("/apis/argoproj.io/v1alpha1/applications"))
            {
                if (item["status"] is null)
                {
                    await PatchAsync($"/apis/argoproj.io/v1alpha1/namespaces/{item["metadata"]!["namespace"]}/applications/{item["metadata"]!["name"]}?fieldManager=argocd-controller", new JsonObject
                    {
                        ["reconciledAt"] = "2026-01-01T00:00:00Z", ["sync"] = new JsonObject { ["status"] = "Synced" }, ["health"] = new JsonObject { ["status"] = "Healthy" },
                    });
                }
            }
            Interlocked.Increment(ref _passes);
            await Task.Delay(150, _stop.Token);
        }
    }

    private async Task<IEnumerable<JsonObject>> ListAsync(string path)
    {
        try
        {
            return (await _session.SendAsync(HttpMethod.Get, path))["items"] is JsonArray items ? items.OfType<JsonObject>() : [];
        }
        catch (OperationException)
        {
            return [];
        }
    }

    private async Task PatchAsync(string path, JsonObject status)
    {
        try
        {
            await _session.SendAsync(HttpMethod.Patch, path, new JsonObject { ["status"] = status }.ToJsonString(), "application/merge-patch+json");
        }
        catch (OperationException)
        {
            // Gone meanwhile.
        }
    }
}
