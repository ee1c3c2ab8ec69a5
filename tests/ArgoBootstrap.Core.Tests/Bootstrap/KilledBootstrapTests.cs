using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

/// <summary>Bootstraps in processes of their own, killed (SIGKILL) or at the same time, on a real server.</summary>
public sealed class KilledBootstrapTests
{
    private const int Kills = 20;

    [Fact]
    public async Task Killed_at_twenty_points_the_end_is_that_of_a_run_that_nobody_disturbed()
    {
        await using TestCluster undisturbed = await RealClusters.StartOrSkipAsync();
        await using TestCluster disturbed = await RealClusters.StartOrSkipAsync();
        await using var world = new BootstrapWorld();
        await using var other = new BootstrapWorld();
        await world.PrepareAsync(undisturbed);
        await other.PrepareAsync(disturbed);
        BootstrapProcess.Outcome whole = await BootstrapProcess.RunAsync(undisturbed, world.AuditPath);
        Assert.True(whole.ExitCode == 0, whole.Output);
        // Points anywhere in the first half of a run at first, and later ones as there is less and less left to do.
        var random = new Random(20261123);
        int[] points = [.. Enumerable.Range(0, Kills).Select(i => random.Next(1, whole.Lines * (i + 5) / (Kills + 5)))];
        int killed = 0;
        bool leftLock = false;
        foreach (int point in points)
        {
            killed += (await BootstrapProcess.RunAsync(disturbed, other.AuditPath, point)).ExitCode == 0 ? 0 : 1;
            leftLock |= (await ClusterState.ReadAllAsync(disturbed, "Lease")).Any(l => l.EndsWith("/argobootstrap", StringComparison.Ordinal));
        }

        BootstrapProcess.Outcome last = await BootstrapProcess.RunAsync(disturbed, other.AuditPath);
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(disturbed);
        BootstrapProcess.Outcome again = await BootstrapProcess.RunAsync(disturbed, other.AuditPath);

        Assert.True(killed >= Kills * 3 / 4, $"only {killed} of {Kills} runs were killed");
        Assert.True(leftLock, "no run left its lock behind, so none was taken over");
        Assert.True(last.ExitCode == 0, last.Output);
        Assert.Empty(ClusterState.Differences(await ClusterState.ContentAsync(undisturbed), await ClusterState.ContentAsync(disturbed)));
        Assert.Empty(ClusterState.Differences(await ClusterState.OwnersAsync(undisturbed), await ClusterState.OwnersAsync(disturbed)));
        Assert.True(again.ExitCode == 0, again.Output);
        Assert.Contains("changed: False", again.Output, StringComparison.Ordinal);
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(disturbed)));
        Assert.DoesNotContain(await ClusterState.ReadAllAsync(disturbed, "Lease"), l => l.EndsWith("/argobootstrap", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_processes_at_once_make_one_result_and_one_unbroken_audit_log()
    {
        await using TestCluster cluster = await RealClusters.StartOrSkipAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);

        BootstrapProcess.Outcome[] both = await Task.WhenAll(BootstrapProcess.RunAsync(cluster, world.AuditPath), BootstrapProcess.RunAsync(cluster, world.AuditPath));
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(cluster);
        BootstrapProcess.Outcome again = await BootstrapProcess.RunAsync(cluster, world.AuditPath);

        Assert.All(both, b => Assert.True(b.ExitCode == 0, b.Output));
        Assert.Single(both, b => b.Output.Contains("changed: True", StringComparison.Ordinal));
        Assert.Contains("changed: False", again.Output, StringComparison.Ordinal);
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(cluster)));
        Assert.Empty(new AuditLogReader(world.AuditPath).Verify());
        Assert.Equal(3, new AuditLogReader(world.AuditPath).Read().Select(e => e.Record.CorrelationId).Distinct().Count());
    }
}
