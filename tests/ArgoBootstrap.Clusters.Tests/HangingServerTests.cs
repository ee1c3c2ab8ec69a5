using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Leases;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.ApiServer;
using ArgoBootstrap.TestSupport.Faults;
using Microsoft.AspNetCore.Http;

namespace ArgoBootstrap.Clusters.Tests;

/// <summary>A server that stops answering once a wait has begun: when the time is up, the error is that of the wait.</summary>
public sealed class HangingServerTests
{
    private const string Held = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","namespace":"a","finalizers":["example.com/keep"]}}""";
    private const string Lease = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";

    private static readonly ObjectReference HeldReference = new(new GroupVersionKind("", "v1", "ConfigMap"), "held", "a");

    [Fact]
    public async Task What_holds_an_object_is_known_from_the_answer_to_its_deletion()
    {
        await using InProcessCluster cluster = await StartAsync();
        using ClusterSession session = await OpenAsync(cluster, Held, r => r.Method == "DELETE");

        ObjectDeleteResult result = Assert.Single(await DeleteAsync(session));

        Assert.Equal(DeleteAction.Terminating, result.Action);
        Assert.Equal("ConfigMap held in namespace a waits for its finalizers: example.com/keep.", result.Message);
        Assert.Equal(["example.com/keep"], result.Finalizers);
    }

    [Fact]
    public async Task What_was_seen_while_waiting_is_told()
    {
        await using InProcessCluster cluster = await StartAsync();
        using ClusterSession session = await OpenAsync(cluster, Held, r => r.Method == "GET" && r.Path.Value!.EndsWith("/configmaps/held", StringComparison.Ordinal));

        ObjectDeleteResult result = Assert.Single(await DeleteAsync(session));

        Assert.Equal("ConfigMap held in namespace a waits for its finalizers: example.com/keep.", result.Message);
    }

    [Fact]
    public async Task A_request_after_the_wait_says_what_was_waited_for()
    {
        await using InProcessCluster cluster = await StartAsync();
        using ClusterSession session = await OpenAsync(cluster, Held, r => r.Method == "GET" && r.Path.Value!.EndsWith("/configmaps/held", StringComparison.Ordinal));
        await DeleteAsync(session);

        OperationException error = await Assert.ThrowsAsync<OperationException>(() => session.SendAsync(HttpMethod.Get, "/api/v1/nodes"));

        Assert.Equal((ClusterErrorIds.WaitTimedOut, "ConfigMap held in namespace a"), (error.Id, error.Target));
        Assert.Contains("while waiting for ConfigMap held in namespace a (waits for its finalizers: example.com/keep)", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("See what holds it", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_waited_for_to_its_end_is_not_told()
    {
        await using InProcessCluster cluster = await StartAsync();
        using ClusterSession session = await OpenAsync(cluster, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","namespace":"a"}}""", r => r.Path.Value == "/api/v1/nodes");
        Assert.Equal(DeleteAction.Deleted, Assert.Single(await DeleteAsync(session)).Action);
        await session.SendAsync(HttpMethod.Get, "/api/v1/nodes");

        OperationException error = await Assert.ThrowsAsync<OperationException>(() => session.SendAsync(HttpMethod.Get, "/api/v1/pods"));

        Assert.Empty(error.Target);
        Assert.Contains("answered GET /api/v1/pods", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_definition_that_is_waited_for_is_named()
    {
        await using InProcessCluster cluster = await StartAsync(new ApiServerOptions { DefinitionDelay = TimeSpan.FromDays(1) });
        using ClusterSession session = await OpenAsync(cluster, null, r => r.Path.Value == "/apis/example.com/v1");
        ClusterObject definition = ClusterSession.Object("""
            {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.com"},
             "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","kind":"Widget"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"}}}]}}
            """);

        OperationException error = await Assert.ThrowsAsync<OperationException>(() => session.Applier.ApplyAsync([definition], new ApplyOptions { AwaitDefinitions = true }));

        Assert.Equal((ClusterErrorIds.WaitTimedOut, "CustomResourceDefinition widgets.example.com"), (error.Id, error.Target));
        Assert.Contains("its kinds are not served yet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_that_discovery_does_not_list_are_named()
    {
        await using InProcessCluster cluster = await StartAsync();
        using ClusterSession session = await OpenAsync(cluster, null, _ => true);

        Assert.Equal(["widgets"], await session.Discovery.WaitAsync(["widgets"], r => r.Plural, TimeSpan.FromMinutes(1), CancellationToken.None));
    }

    [Fact]
    public async Task Who_holds_the_lock_is_told()
    {
        await using InProcessCluster cluster = await StartAsync();
        using (ClusterSession other = await ClusterSession.OpenAsync(cluster))
        {
            await other.SendAsync(HttpMethod.Post, Lease, """{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"argobootstrap","namespace":"kube-system"},"spec":{"holderIdentity":"ci-7","leaseDurationSeconds":86400} }""");
        }
        cluster.Server.Options.Interceptor = Silence.After(r => r.Path.Value!.StartsWith(Lease, StringComparison.Ordinal));
        using TargetCluster target = await TargetCluster.OpenAsync(new ClusterConnectionOptions { KubeConfigPath = cluster.WriteKubeConfig(), Deadline = Deadline.After(TimeSpan.FromSeconds(3)) });

        OperationException error = await Assert.ThrowsAsync<OperationException>(() => ClusterLock.AcquireAsync(target, TimeSpan.FromSeconds(15), TimeSpan.FromHours(1)));

        Assert.Equal(ClusterErrorIds.BootstrapLocked, error.Id);
        Assert.StartsWith("ci-7 ", error.Message, StringComparison.Ordinal);
    }

    private static Task<InProcessCluster> StartAsync(ApiServerOptions? options = null) => InProcessCluster.StartAsync(options);

    /// <summary>A session with three seconds, before which an object was made, and whose server falls silent after a request.</summary>
    private static async Task<ClusterSession> OpenAsync(InProcessCluster cluster, string? item, Func<HttpRequest, bool> isLast)
    {
        if (item is not null)
        {
            using ClusterSession other = await ClusterSession.OpenAsync(cluster);
            await other.SendAsync(HttpMethod.Post, "/api/v1/namespaces", """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"a"}}""");
            await other.SendAsync(HttpMethod.Post, "/api/v1/namespaces/a/configmaps", item);
        }
        ClusterSession session = await ClusterSession.OpenAsync(cluster, change: o => o with { Deadline = Deadline.After(TimeSpan.FromSeconds(3)) });
        await session.SendAsync(HttpMethod.Get, "/version");
        await session.Discovery.FindAsync(HeldReference.Type);
        cluster.Server.Options.Interceptor = Silence.After(isLast);
        return session;
    }

    private static Task<IReadOnlyList<ObjectDeleteResult>> DeleteAsync(ClusterSession session) =>
        new ClusterDeleter(session.Connection, session.Discovery).DeleteAsync([new DeleteTarget(HeldReference)], new DeleteOptions());
}
