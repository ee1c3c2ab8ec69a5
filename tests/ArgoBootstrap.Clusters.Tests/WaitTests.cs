using System.Collections.Concurrent;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.ApiServer;

namespace ArgoBootstrap.Clusters.Tests;

public sealed class InProcessWaitTests(InProcessFixture fixture) : WaitTests(fixture)
{
    [Fact]
    public async Task A_watch_whose_version_is_forgotten_reads_again()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        string ns = await CreateDeploymentAsync(session);
        var seen = new TaskCompletionSource();
        Task<WaitResult> wait = Waiter(session).WaitUntilReadyAsync([Web(ns)], new WaitOptions { Timeout = TimeSpan.FromSeconds(30) }, new Callback(_ => seen.TrySetResult()));
        await seen.Task;

        cluster.Server.Compact();
        await SetStatusAsync(session, ns, 1);

        Assert.True((await wait).Succeeded);
    }
}

/// <summary>Time that is up while a server that is there has not answered yet: nothing is said about the server.</summary>
public sealed class SlowAnswerTests
{
    private static readonly Func<ClusterConnectionOptions, ClusterConnectionOptions> InOneSecond = options => options with { Deadline = Deadline.After(TimeSpan.FromSeconds(1)) };

    [Fact]
    public async Task A_request_that_the_call_does_not_wait_for_is_no_sign_of_a_dead_server()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync(Holding("/api/v1/nodes"));
        using ClusterSession session = await ClusterSession.OpenAsync(cluster, change: InOneSecond);
        await session.SendAsync(HttpMethod.Get, "/version");

        OperationException error = await Assert.ThrowsAsync<OperationException>(() => session.SendAsync(HttpMethod.Get, "/api/v1/nodes"));

        Assert.Equal(ClusterErrorIds.WaitTimedOut, error.Id);
        Assert.Contains("The time was up (1 seconds) before", error.Message, StringComparison.Ordinal);
        Assert.Contains("answered GET /api/v1/nodes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wait_has_what_was_seen_last()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync(Holding("/apis/apps/v1/namespaces/a/deployments"));
        using ClusterSession session = await ClusterSession.OpenAsync(cluster, change: InOneSecond);
        await session.SendAsync(HttpMethod.Get, "/version");
        var web = new ObjectReference(new GroupVersionKind("apps", "v1", "Deployment"), "web", "a");

        WaitResult result = await new ClusterWaiter(session.Connection, session.Discovery).WaitUntilReadyAsync([web], new WaitOptions { Timeout = TimeSpan.FromSeconds(30) });

        Assert.Equal((WaitOutcome.TimedOut, "is not there"), (result.Objects[0].Outcome, result.Objects[0].Message));
    }

    [Fact]
    public async Task Objects_that_there_was_no_time_for_are_one_error()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync(Holding("/api/v1/namespaces/a/configmaps/m1", "/api/v1/namespaces/a/configmaps/m2"));
        using ClusterSession session = await ClusterSession.OpenAsync(cluster, change: InOneSecond);
        await session.SendAsync(HttpMethod.Get, "/version");

        OperationException error = await Assert.ThrowsAsync<OperationException>(() => session.ApplyAsync(ClusterSession.ConfigMap("a", "m1"), ClusterSession.ConfigMap("a", "m2"), ClusterSession.ConfigMap("a", "m3")));

        Assert.Equal(ClusterErrorIds.WaitTimedOut, error.Id);
    }

    private static ApiServerOptions Holding(params string[] paths) => new()
    {
        Interceptor = async context =>
        {
            if (!paths.Contains(context.Request.Path.Value))
            {
                return false;
            }
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        },
    };
}

public sealed class RealWaitTests(RealFixture fixture) : WaitTests(fixture);

public abstract class WaitTests(ClusterFixture fixture)
{
    private async Task<ClusterSession> OpenAsync(string? token = null) => await ClusterSession.OpenAsync(await fixture.GetAsync(), token);

    [Fact]
    public async Task What_is_ready_already_is_seen_at_the_first_read()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await CreateDeploymentAsync(session);
        await SetStatusAsync(session, ns, 1);

        WaitResult result = await Waiter(session).WaitUntilReadyAsync([Web(ns)], new WaitOptions { Timeout = TimeSpan.FromSeconds(30) });

        Assert.True(result.Succeeded);
        Assert.Equal("1 of 1 replicas available", result.Objects[0].Message);
    }

    [Fact]
    public async Task A_change_is_seen_and_told_as_it_happens()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await CreateDeploymentAsync(session);
        var told = new ConcurrentQueue<WaitProgress>();
        var seen = new TaskCompletionSource();
        Task<WaitResult> wait = Waiter(session).WaitUntilReadyAsync([Web(ns)], new WaitOptions { Timeout = TimeSpan.FromSeconds(30) }, new Callback(p =>
        {
            told.Enqueue(p);
            seen.TrySetResult();
        }));
        await seen.Task;

        await SetStatusAsync(session, ns, 0);
        await SetStatusAsync(session, ns, 1);

        WaitResult result = await wait;
        Assert.True(result.Succeeded);
        Assert.Equal(ReadinessState.InProgress, told.First().Readiness.State);
        Assert.Equal((ReadinessState.Ready, 1, 1), (told.Last().Readiness.State, told.Last().Done, told.Last().Total));
    }

    [Fact]
    public async Task Time_that_is_up_is_a_result_with_the_last_state()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await CreateDeploymentAsync(session);

        WaitResult result = await Waiter(session).WaitUntilReadyAsync([Web(ns)], new WaitOptions { Timeout = TimeSpan.FromMilliseconds(300) });

        Assert.Equal(WaitOutcome.TimedOut, result.Objects[0].Outcome);
        Assert.Equal("waits for its controller", result.Objects[0].Message);
    }

    [Fact]
    public async Task What_is_not_there_yet_is_waited_for()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        var seen = new TaskCompletionSource();
        var reference = new ObjectReference(new GroupVersionKind("", "v1", "ConfigMap"), "late", ns);
        Task<WaitResult> wait = Waiter(session).WaitUntilReadyAsync([reference], new WaitOptions { Timeout = TimeSpan.FromSeconds(30) }, new Callback(_ => seen.TrySetResult()));
        await seen.Task;

        await session.ApplyAsync(ClusterSession.ConfigMap(ns, "late"));

        Assert.True((await wait).Succeeded);
    }

    [Fact]
    public async Task Who_may_only_get_an_object_still_sees_it_become_ready()
    {
        using ClusterSession admin = await OpenAsync();
        string ns = await CreateDeploymentAsync(admin);
        await admin.ApplyAsync(
            ClusterSession.Object($$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"r","namespace":"{{ns}}"},"rules":[{"apiGroups":["apps"],"resources":["deployments"],"verbs":["get"]}]}"""),
            ClusterSession.Object($$"""{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"name":"b","namespace":"{{ns}}"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"r"},"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"{{admin.Cluster.RestrictedUser}}"}]}"""));
        using ClusterSession session = await OpenAsync(admin.Cluster.RestrictedToken);
        Task<WaitResult> wait = Waiter(session).WaitUntilReadyAsync([Web(ns)], new WaitOptions { Timeout = TimeSpan.FromSeconds(30) });

        await SetStatusAsync(admin, ns, 1);

        Assert.True((await wait).Succeeded);
    }

    private protected static ClusterWaiter Waiter(ClusterSession session) => new(session.Connection, session.Discovery);

    private protected static ObjectReference Web(string ns) => new(new GroupVersionKind("apps", "v1", "Deployment"), "web", ns);

    private protected static async Task<string> CreateDeploymentAsync(ClusterSession session)
    {
        string ns = await session.CreateNamespaceAsync();
        await session.ApplyAsync(ClusterSession.Object(
            $$"""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web","namespace":"{{ns}}"},"spec":{"replicas":1,"selector":{"matchLabels":{"app":"web"} },"template":{"metadata":{"labels":{"app":"web"} },"spec":{"containers":[{"name":"web","image":"web:1"}]} } } }"""));
        return ns;
    }

    private protected static Task SetStatusAsync(ClusterSession session, string ns, int available) => session.SendAsync(
        HttpMethod.Patch,
        $"/apis/apps/v1/namespaces/{ns}/deployments/web/status",
        $$"""{"status":{"observedGeneration":1,"replicas":1,"updatedReplicas":1,"readyReplicas":1,"availableReplicas":{{available}} } }""",
        "application/merge-patch+json");

    private protected sealed class Callback(Action<WaitProgress> report) : IProgress<WaitProgress>
    {
        public void Report(WaitProgress value) => report(value);
    }
}
