using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Faults;

namespace ArgoBootstrap.Clusters.Tests;

public sealed class InProcessInstallTests : InstallTests
{
    protected override async Task<TestCluster> StartAsync() => await InProcessCluster.StartAsync();
}

public sealed class RealInstallTests : InstallTests
{
    protected override Task<TestCluster> StartAsync() => RealClusters.StartOrSkipAsync();
}

/// <summary>Argo CD's own manifest on a cluster of its own, from all the states in which a cluster can be.</summary>
public abstract class InstallTests
{
    private static readonly ApplyOptions Options = new() { DefaultNamespace = SharedData.Namespace };

    protected abstract Task<TestCluster> StartAsync();

    [Theory]
    [InlineData("install.yaml")]
    [InlineData("ha/install.yaml")]
    public async Task An_installation_is_complete_and_stays_as_it_is_when_run_again(string manifest)
    {
        IReadOnlyList<ClusterObject> objects = SharedData.ArgoCd(manifest);
        await using TestCluster cluster = await StartAsync();
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);

        ApplyResult first = await session.Applier.ApplyAsync(objects, Options);
        IReadOnlyList<string> versions = await VersionsAsync(session, first);
        ApplyResult second = await session.Applier.ApplyAsync(objects, Options);

        Assert.All(first.Objects, o => Assert.True(o.Action == ApplyAction.Created, $"{o.Reference}: {o.Action} {o.Message}"));
        Assert.All(second.Objects, o => Assert.True(o.Action == ApplyAction.Unchanged, $"{o.Reference}: {o.Action} {o.Message}"));
        Assert.Equal(versions, await VersionsAsync(session, second));
    }

    [Fact]
    public async Task An_installation_that_is_killed_again_and_again_ends_in_the_same_state()
    {
        IReadOnlyList<ClusterObject> objects = SharedData.ArgoCd("install.yaml");
        await using TestCluster cluster = await StartAsync();
        var random = new Random(20261123);
        for (int run = 0; run < 20; run++)
        {
            using ClusterSession killed = await ClusterSession.OpenAsync(cluster);
            using var stop = new CancellationTokenSource();
            int after = random.Next(1, objects.Count);
            try
            {
                await killed.Applier.ApplyAsync(objects, Options, new Callback(p =>
                {
                    if (p.Done == after)
                    {
                        stop.Cancel();
                    }
                }), stop.Token);
            }
            catch (OperationCanceledException)
            {
                // As it was meant to be.
            }
        }
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);

        ApplyResult result = await session.Applier.ApplyAsync(objects, Options);
        ApplyResult again = await session.Applier.ApplyAsync(objects, Options);

        Assert.True(result.Succeeded);
        Assert.All(again.Objects, o => Assert.Equal(ApplyAction.Unchanged, o.Action));
        Assert.Equal(objects.Count, (await VersionsAsync(session, again)).Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_installation_comes_through_faults(int seed)
    {
        IReadOnlyList<ClusterObject> objects = SharedData.ArgoCd("ha/install.yaml");
        await using TestCluster cluster = await StartAsync();
        await using FaultProxy proxy = await FaultProxy.StartAsync(cluster, seed);
        proxy.Rate = 0.2;
        proxy.Delay = TimeSpan.FromSeconds(1);
        using ClusterSession faulty = await ClusterSession.OpenAsync(cluster, address: proxy.Address);
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);

        ApplyResult result = await faulty.Applier.ApplyAsync(objects, Options);
        ApplyResult again = await session.Applier.ApplyAsync(objects, Options);

        Assert.All(result.Objects, o => Assert.True(o.Action == ApplyAction.Created, $"{o.Reference}: {o.Action} {o.Message}"));
        Assert.All(again.Objects, o => Assert.True(o.Action == ApplyAction.Unchanged, $"{o.Reference}: {o.Action} {o.Message}"));
        Assert.True(proxy.Counts.Where(c => c.Key != Fault.None).Sum(c => c.Value) > 10, "the proxy made no faults");
    }

    [Fact]
    public async Task A_server_that_dies_on_the_way_is_named()
    {
        IReadOnlyList<ClusterObject> objects = SharedData.ArgoCd("install.yaml");
        await using TestCluster cluster = await StartAsync();
        await using FaultProxy proxy = await FaultProxy.StartAsync(cluster, 1);
        int requests = 0;
        proxy.Choose = _ => Interlocked.Increment(ref requests) > 30 ? Fault.Reset : Fault.None;
        using ClusterSession session = await ClusterSession.OpenAsync(cluster, address: proxy.Address, change: o => o with { MaxRetries = 4, RetryDelay = TimeSpan.FromMilliseconds(5) });

        var error = await Assert.ThrowsAsync<OperationException>(() => session.Applier.ApplyAsync(objects, Options));

        Assert.Equal(ClusterErrorIds.ClusterUnreachable, error.Id);
        Assert.Contains(proxy.Address.Authority, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_installations_at_once_make_one()
    {
        IReadOnlyList<ClusterObject> objects = SharedData.ArgoCd("install.yaml");
        await using TestCluster cluster = await StartAsync();
        using ClusterSession one = await ClusterSession.OpenAsync(cluster);
        using ClusterSession two = await ClusterSession.OpenAsync(cluster);

        ApplyResult[] results = await Task.WhenAll(one.Applier.ApplyAsync(objects, Options), two.Applier.ApplyAsync(objects, Options));
        ApplyResult again = await one.Applier.ApplyAsync(objects, Options);

        Assert.All(results.SelectMany(r => r.Objects), o => Assert.True(o.Action is not (ApplyAction.Failed or ApplyAction.Skipped), $"{o.Reference}: {o.Action} {o.Message}"));
        Assert.All(again.Objects, o => Assert.Equal(ApplyAction.Unchanged, o.Action));
    }

    private static async Task<IReadOnlyList<string>> VersionsAsync(ClusterSession session, ApplyResult applied)
    {
        var versions = new List<string>();
        foreach (ObjectReference reference in applied.Objects.Select(o => o.Reference))
        {
            var resource = await session.Discovery.GetAsync(reference.Type);
            var live = await session.SendAsync(HttpMethod.Get, resource.ObjectPath(reference.Name, reference.Namespace));
            versions.Add($"{reference} {live["metadata"]!["resourceVersion"]}");
        }
        return versions;
    }

    private sealed class Callback(Action<ApplyProgress> report) : IProgress<ApplyProgress>
    {
        public void Report(ApplyProgress value) => report(value);
    }
}
