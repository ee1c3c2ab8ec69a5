using System.Collections.Concurrent;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Processes;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

/// <summary>Many clusters in one command: how it stops, what it tells, and what it writes down.</summary>
public sealed class FleetBootstrapTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_stops_gets_control_back_when_every_cluster_has_come_to_its_end(bool isCancelled)
    {
        await using InProcessCluster quick = await InProcessCluster.StartAsync();
        await using InProcessCluster slow = await InProcessCluster.StartAsync();
        await using var world = new BootstrapWorld();
        await using var other = new BootstrapWorld();
        await world.PrepareAsync(quick);
        await other.PrepareAsync(slow);
        var helm = new SlowHelm();
        var bootstrapper = new GitOpsBootstrapper(new BootstrapServices(runner: helm));
        BootstrapRequest request = BootstrapWorld.Request();
        using var stop = new CancellationTokenSource();

        async Task EnumerateAsync()
        {
            // The first has nothing to do with Argo CD and is done at once.
            await foreach (BootstrapResult result in bootstrapper.RunManyAsync([(request with { SkipArgoCD = true }, world.Connection(quick)), (request, other.Connection(slow))], 10, null, stop.Token))
            {
                Assert.True(result.Succeeded);
                await helm.Started.Task;
                if (!isCancelled)
                {
                    break;
                }
                await stop.CancelAsync();
            }
        }

        if (isCancelled)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(EnumerateAsync);
        }
        else
        {
            await EnumerateAsync();
        }

        Assert.True(helm.HasEnded);
        Assert.DoesNotContain(await ClusterState.ReadAllAsync(slow, "Lease"), path => path.EndsWith("/argobootstrap", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task Of_ten_clusters_the_dead_one_is_reported_and_nine_are_done(int real)
    {
        var clusters = new List<TestCluster>();
        var worlds = new List<BootstrapWorld>();
        try
        {
            for (int i = 0; i < 9; i++)
            {
                clusters.Add(i < real ? await RealClusters.StartOrSkipAsync() : await InProcessCluster.StartAsync());
                worlds.Add(new BootstrapWorld());
                await worlds[i].PrepareAsync(clusters[i]);
            }
            InProcessCluster dead = await InProcessCluster.StartAsync();
            await dead.DisposeAsync();
            BootstrapWorld world = worlds[0];
            BootstrapRequest request = BootstrapWorld.Request() with { Timeout = TimeSpan.FromMinutes(2), LockDuration = TimeSpan.FromSeconds(15) };
            var requests = clusters.Select(c => (request, world.Connection(c))).Append((request, world.Connection(clusters[0], dead.Address)));

            var results = new List<BootstrapResult>();
            await foreach (BootstrapResult result in world.Bootstrapper.RunManyAsync(requests, 10))
            {
                results.Add(result);
            }

            Assert.True(results.Count(r => r.Succeeded) == 9, string.Join("\n", results.Select(r => $"{r.Server}: {r.Failure}")));
            BootstrapResult failed = Assert.Single(results, r => !r.Succeeded);
            Assert.Equal(ClusterErrorIds.ClusterUnreachable, failed.Failure!.ErrorId);
            Assert.Contains(dead.Address.Authority, failed.Failure.Message, StringComparison.Ordinal);
            Assert.Empty(new AuditLogReader(world.AuditPath).Verify());
        }
        finally
        {
            foreach (BootstrapWorld world in worlds)
            {
                await world.DisposeAsync();
            }
            foreach (TestCluster cluster in clusters)
            {
                await cluster.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Progress_names_its_cluster()
    {
        await using InProcessCluster one = await InProcessCluster.StartAsync();
        await using InProcessCluster two = await InProcessCluster.StartAsync();
        await using var world = new BootstrapWorld();
        var progress = new ConcurrentQueue<OperationProgress>();
        BootstrapRequest request = BootstrapWorld.Request() with { SkipArgoCD = true };

        await foreach (BootstrapResult result in world.Bootstrapper.RunManyAsync([(request, world.Connection(one)), (request with { Cluster = "dc11b" }, world.Connection(two))], 10, new Recorder(progress)))
        {
            Assert.True(result.Succeeded, string.Join("\n", result.Steps));
        }

        Assert.Equal(["prod/dc11a", "prod/dc11b"], progress.Select(p => p.Target).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_audit_log_says_how_the_bootstrap_was_asked_for()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);

        BootstrapResult result = await world.RunAsync(cluster, BootstrapWorld.Request() with { Method = ArgoCDInstallMethod.Helm, ChartPath = "charts/argo-cd", Wait = false, Timeout = TimeSpan.FromMinutes(3) });

        Assert.True(result.Succeeded, string.Join("\n", result.Steps));
        AuditRecord record = new AuditLogReader(world.AuditPath).Read().Last().Record;
        Assert.Equal("Helm", record.Parameters["Method"]?.ToString());
        Assert.Equal("charts/argo-cd", record.Parameters["ChartPath"]?.ToString());
        Assert.Equal("False", record.Parameters["Wait"]?.ToString(), ignoreCase: true);
        Assert.Equal("00:03:00", record.Parameters["Timeout"]?.ToString());
        Assert.True(record.Parameters.ContainsKey("ManifestPath"));
    }

    private sealed class Recorder(ConcurrentQueue<OperationProgress> queue) : IProgress<OperationProgress>
    {
        public void Report(OperationProgress value) => queue.Enqueue(value);
    }

    /// <summary>A helm that works until it is stopped, and takes a moment to end.</summary>
    private sealed class SlowHelm : IProcessRunner
    {
        public TaskCompletionSource Started { get; } = new();

        public bool HasEnded { get; private set; }

        public async Task<ProcessResult> RunAsync(ProcessRequest request, IProgress<string>? output = null, CancellationToken cancellationToken = default)
        {
            Started.TrySetResult();
            try
            {
                await Task.Delay(TimeSpan.FromMinutes(1), cancellationToken);
            }
            finally
            {
                await Task.Delay(300, CancellationToken.None);
                HasEnded = true;
            }
            return new ProcessResult(0, "", "");
        }
    }
}
