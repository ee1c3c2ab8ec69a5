using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Pruning;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Tests;

public sealed class InProcessPruneTests(InProcessFixture fixture) : PruneTests(fixture);

public sealed class RealPruneTests(RealFixture fixture) : PruneTests(fixture);

public abstract class PruneTests(ClusterFixture fixture)
{
    private async Task<ClusterSession> OpenAsync() => await ClusterSession.OpenAsync(await fixture.GetAsync());

    [Fact]
    public void The_id_is_the_one_that_kubectl_computes()
    {
        // From the specification (KEP-3659): base64(sha256(<name>.<namespace>.<kind>.<group>)).
        var set = new ApplySet(new ObjectReference(new GroupVersionKind("", "v1", "Secret"), "mySecret", "myNs"));
        string hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData("mySecret.myNs.Secret."u8)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        Assert.Equal($"applyset-{hash}-v1", set.Id);
    }

    [Fact]
    public async Task What_is_no_longer_applied_goes_and_what_others_made_stays()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        string other = await session.CreateNamespaceAsync();
        await session.ApplyAsync(ClusterSession.ConfigMap(ns, "foreign"));
        ClusterPruner pruner = new(session.Connection, session.Discovery);
        await pruner.ApplyAsync(Set(ns), [ClusterSession.ConfigMap(ns, "one"), ClusterSession.ConfigMap(other, "two"), Account(ns)], new ApplyOptions());

        PruneResult result = await pruner.ApplyAsync(Set(ns), [ClusterSession.ConfigMap(ns, "one")], new ApplyOptions());

        Assert.True(result.Succeeded);
        Assert.Equal(["ServiceAccount robot", "ConfigMap two"], result.Pruned.Select(p => $"{p.Reference.Type.Kind} {p.Reference.Name}").OrderDescending());
        Assert.All(result.Pruned, p => Assert.Equal(DeleteAction.Deleted, p.Action));
        await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/configmaps/foreign");
        var parent = await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/secrets/set");
        Assert.Equal("ConfigMap", (string?)parent["metadata"]!["annotations"]!["applyset.kubernetes.io/contains-group-kinds"]);
        Assert.Equal(Set(ns).Id, (string?)parent["metadata"]!["labels"]!["applyset.kubernetes.io/id"]);
    }

    [Fact]
    public async Task Nothing_is_pruned_when_something_could_not_be_applied()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        ClusterPruner pruner = new(session.Connection, session.Discovery);
        await pruner.ApplyAsync(Set(ns), [ClusterSession.ConfigMap(ns, "one")], new ApplyOptions());

        PruneResult result = await pruner.ApplyAsync(Set(ns), [ClusterSession.ConfigMap("no-such-namespace", "two")], new ApplyOptions());

        Assert.False(result.Succeeded);
        Assert.Empty(result.Pruned);
        await session.SendAsync(HttpMethod.Get, $"/api/v1/namespaces/{ns}/configmaps/one");
        PruneResult repaired = await pruner.ApplyAsync(Set(ns), [Account(ns)], new ApplyOptions());
        Assert.Equal("one", Assert.Single(repaired.Pruned).Reference.Name);
    }

    [Fact]
    public async Task A_namespace_is_kept()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        string member = "member-" + ns;
        ClusterPruner pruner = new(session.Connection, session.Discovery);
        await pruner.ApplyAsync(Set(ns), [ClusterSession.Object($$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{member}}"} }"""), ClusterSession.ConfigMap(ns, "one")], new ApplyOptions());

        PruneResult result = await pruner.ApplyAsync(Set(ns), [ClusterSession.ConfigMap(ns, "one")], new ApplyOptions());

        Assert.Equal(member, Assert.Single(result.Kept).Name);
        Assert.Empty(result.Pruned);
    }

    [Fact]
    public async Task A_set_that_kubectl_keeps_is_refused()
    {
        using ClusterSession session = await OpenAsync();
        string ns = await session.CreateNamespaceAsync();
        await session.SendAsync(HttpMethod.Post, $"/api/v1/namespaces/{ns}/secrets", $$"""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"set","labels":{"applyset.kubernetes.io/id":"{{Set(ns).Id}}"},"annotations":{"applyset.kubernetes.io/tooling":"kubectl/v1.36"} } }""");

        var error = await Assert.ThrowsAsync<OperationException>(() => new ClusterPruner(session.Connection, session.Discovery).ApplyAsync(Set(ns), [ClusterSession.ConfigMap(ns, "one")], new ApplyOptions()));

        Assert.Equal(ClusterErrorIds.ApplySetInvalid, error.Id);
        Assert.Contains("kubectl/v1.36", error.Message, StringComparison.Ordinal);
    }

    private static ApplySet Set(string ns) => new(new ObjectReference(new GroupVersionKind("", "v1", "Secret"), "set", ns));

    private static ClusterObject Account(string ns) => ClusterSession.Object($$"""{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"robot","namespace":"{{ns}}"} }""");
}
