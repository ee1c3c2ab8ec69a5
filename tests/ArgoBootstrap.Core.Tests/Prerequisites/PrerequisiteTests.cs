using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Prerequisites;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.ApiServer;

namespace ArgoBootstrap.Core.Tests.Prerequisites;

public sealed class PrerequisiteTests
{
    [Fact]
    public async Task Everything_that_is_missing_is_named_with_a_remedy()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync(new ApiServerOptions
        {
            GitVersion = "v1.20.3",
            EndsNamespaces = false,
            Admission = o => (string?)o["metadata"]?["name"] == "forbidden" ? "not here" : null,
        });
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        string ns = await session.CreateNamespaceAsync();
        string ending = await session.CreateNamespaceAsync();
        await session.SendAsync(HttpMethod.Delete, $"/api/v1/namespaces/{ending}");
        using TargetCluster target = await OpenAsync(cluster);
        var request = new PrerequisiteRequest
        {
            Objects =
            [
                ClusterSession.ConfigMap(ending, "late"),
                ClusterSession.ConfigMap("not-made", "x"),
                ClusterSession.ConfigMap(ns, "forbidden"),
                ClusterSession.Object($$"""{"apiVersion":"v1","kind":"PersistentVolumeClaim","metadata":{"name":"data","namespace":"{{ns}}"},"spec":{"storageClassName":"fast"} }"""),
                ClusterSession.Object($$"""{"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"web","namespace":"{{ns}}"},"spec":{"ingressClassName":"nginx"} }"""),
                ClusterSession.Object($$"""{"apiVersion":"monitoring.coreos.com/v1","kind":"ServiceMonitor","metadata":{"name":"m","namespace":"{{ns}}"} }"""),
            ],
        };

        IReadOnlyList<PrerequisiteResult> results = await ClusterPrerequisites.TestAsync(target, request);

        PrerequisiteResult[] failed = [.. results.Where(r => r.Status == PrerequisiteStatus.Failed)];
        Assert.Contains(failed, f => f is { Name: "Version", Target: "v1.20.3" });
        Assert.Contains(failed, f => f.Name == "Namespace" && f.Target == ending);
        Assert.Contains(failed, f => f is { Name: "Namespace", Target: "not-made" });
        Assert.Contains(failed, f => f is { Name: "StorageClass", Target: "fast" });
        Assert.Contains(results, r => r is { Name: "IngressClass", Target: "nginx", Status: PrerequisiteStatus.Warning });
        Assert.Contains(failed, f => f is { Name: "ApiVersion", Target: "monitoring.coreos.com/v1 ServiceMonitor" });
        Assert.Contains("not here", Assert.Single(failed, f => f.Name == "Admission").Message, StringComparison.Ordinal);
        Assert.All(failed, f => Assert.NotEqual("", f.Remedy));
    }

    [Fact]
    public async Task A_server_that_is_gone_is_the_only_failure()
    {
        InProcessCluster cluster = await InProcessCluster.StartAsync();
        using TargetCluster target = await OpenAsync(cluster);
        await cluster.Server.DisposeAsync();

        IReadOnlyList<PrerequisiteResult> results = await ClusterPrerequisites.TestAsync(target, new PrerequisiteRequest());

        PrerequisiteResult failed = Assert.Single(results, r => r.Status == PrerequisiteStatus.Failed);
        Assert.Equal(("Reachability", ClusterErrorIds.ClusterUnreachable), (failed.Name, failed.ErrorId));
        Assert.Contains(cluster.Address.Authority, failed.Message, StringComparison.Ordinal);
        Assert.All(results.Where(r => r != failed), r => Assert.Equal(PrerequisiteStatus.Skipped, r.Status));
    }

    private static Task<TargetCluster> OpenAsync(TestCluster cluster) =>
        TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = cluster.WriteKubeConfig(), RetryDelay = TimeSpan.FromMilliseconds(20) });
}
