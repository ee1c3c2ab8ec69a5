using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Clusters.Tests;

public sealed class InProcessDeleteTests(InProcessFixture fixture) : DeleteTests(fixture)
{
    [Fact]
    public async Task Everything_goes_in_the_reverse_of_the_order_in_which_it_came()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        string ns = await session.CreateNamespaceAsync();
        await session.ApplyAsync(ClusterSession.ConfigMap(ns, "one"), Webhook("hook"), Service(ns));

        IReadOnlyList<ObjectDeleteResult> results = await Deleter(session).DeleteAsync(
            [new(Namespace(ns)), new(ConfigMap(ns, "one")), new(new ObjectReference(new GroupVersionKind("", "v1", "Service"), "web", ns)), new(new ObjectReference(new GroupVersionKind("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration"), "hook", ""))],
            new DeleteOptions { Timeout = TimeSpan.FromSeconds(20) });

        Assert.All(results, r => Assert.Equal(DeleteAction.Deleted, r.Action));
        string[] order = [.. cluster.Server.Requests.Where(r => r.Method == "DELETE").Select(r => r.Path.Split('/')[^2])];
        Assert.Equal(["validatingwebhookconfigurations", "services", "configmaps", "namespaces"], order);
    }

    private static ClusterObject Webhook(string name) => ClusterSession.Object($$"""{"apiVersion":"admissionregistration.k8s.io/v1","kind":"ValidatingWebhookConfiguration","metadata":{"name":"{{name}}"},"webhooks":[]}""");

    private static ClusterObject Service(string ns) => ClusterSession.Object($$"""{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","namespace":"{{ns}}"},"spec":{"ports":[{"port":80}]} }""");
}

public sealed class RealDeleteTests(RealFixture fixture) : DeleteTests(fixture);

public abstract class DeleteTests(ClusterFixture fixture)
{
    private async Task<ClusterSession> OpenAsync() => await ClusterSession.OpenAsync(await fixture.GetAsync());

    [Fact]
    public async Task What_is_not_there_is_told_and_no_error()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        await session.ApplyAsync(ClusterSession.ConfigMap(ns, "one"));

        IReadOnlyList<ObjectDeleteResult> results = await Deleter(session).DeleteAsync([new(ConfigMap(ns, "one")), new(ConfigMap(ns, "two"))], new DeleteOptions());

        Assert.Equal([DeleteAction.Deleted, DeleteAction.NotFound], results.Select(r => r.Action));
    }

    [Fact]
    public async Task Finalizers_are_respected_and_told()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        await session.ApplyAsync(ClusterSession.Object($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","namespace":"{{ns}}","finalizers":["example.com/hold"]} }"""));

        IReadOnlyList<ObjectDeleteResult> results = await Deleter(session).DeleteAsync([new(ConfigMap(ns, "held"))], new DeleteOptions { Timeout = TimeSpan.FromSeconds(1) });

        Assert.Equal(DeleteAction.Terminating, results[0].Action);
        Assert.Equal(["example.com/hold"], results[0].Finalizers);
        Assert.Contains("example.com/hold", results[0].Message, StringComparison.Ordinal);
        var live = await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/configmaps/held");
        Assert.NotNull(live["metadata"]!["finalizers"]);
    }

    [Fact]
    public async Task An_object_of_the_same_name_that_was_made_since_is_spared()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        await session.ApplyAsync(ClusterSession.ConfigMap(ns, "one"));

        IReadOnlyList<ObjectDeleteResult> results = await Deleter(session).DeleteAsync([new(ConfigMap(ns, "one"), Guid.NewGuid().ToString())], new DeleteOptions());

        Assert.Equal(DeleteAction.NotFound, results[0].Action);
        await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/configmaps/one");
    }

    [Fact]
    public async Task A_dry_run_deletes_nothing()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        await session.ApplyAsync(ClusterSession.ConfigMap(ns, "one"));

        await Deleter(session).DeleteAsync([new(ConfigMap(ns, "one"))], new DeleteOptions { DryRun = true });

        await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/configmaps/one");
    }

    private protected static ClusterDeleter Deleter(ClusterSession session) => new(session.Connection, session.Discovery);

    private protected static ObjectReference ConfigMap(string ns, string name) => new(new GroupVersionKind("", "v1", "ConfigMap"), name, ns);

    private protected static ObjectReference Namespace(string name) => new(new GroupVersionKind("", "v1", "Namespace"), name, "");
}
