using System.Diagnostics;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Processes;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

/// <summary>The same bootstrap with the real helm and the real chart, where ARGOBOOTSTRAP_TEST_CHART names the chart's folder or archive.</summary>
public sealed class RealHelmTests
{
    [Fact]
    public async Task The_chart_is_installed_with_the_overlays_values_and_a_second_run_changes_nothing()
    {
        string chart = Chart();
        await using TestCluster cluster = await RealClusters.StartOrSkipAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        var bootstrapper = new GitOpsBootstrapper(new BootstrapServices());
        BootstrapRequest request = BootstrapWorld.Request() with { ChartPath = chart, Timeout = TimeSpan.FromMinutes(3) };

        BootstrapResult first = await bootstrapper.RunAsync(request, world.Connection(cluster));
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(cluster);
        BootstrapResult second = await bootstrapper.RunAsync(request, world.Connection(cluster));

        Assert.True(first.Succeeded, string.Join("\n", first.Steps));
        Assert.True(second.Succeeded, string.Join("\n", second.Steps));
        Assert.False(second.Changed, string.Join("\n", second.Steps));
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(cluster)));
        Assert.Matches(@"^\d+\.\d+\.\d+", first.Installation!.Version);
        using TargetCluster target = await TargetCluster.OpenAsync(world.Connection(cluster));
        ArgoCDInstallation found = Assert.Single(await ArgoCDDetector.FindAsync(target, "argocd"));
        Assert.Equal(("Helm", "argocd"), (found.InstalledBy, found.HelmRelease));

        ArgoCDUninstallResult removed = await new ArgoCDUninstaller().UninstallAsync(target, new ArgoCDUninstallOptions { IncludeDefinitions = true, Timeout = TimeSpan.FromSeconds(60) });

        Assert.True(removed.Succeeded, string.Join("\n", removed.Deleted.Where(d => d.Message.Length > 0)));
        Assert.Empty(await ArgoCDDetector.FindAsync(target, "argocd"));
    }

    [Fact]
    public async Task What_is_not_as_the_release_has_it_is_brought_back_and_what_people_set_stays()
    {
        string chart = Chart();
        await using TestCluster cluster = await RealClusters.StartOrSkipAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        var bootstrapper = new GitOpsBootstrapper(new BootstrapServices());
        BootstrapRequest request = BootstrapWorld.Request() with { ChartPath = chart, Timeout = TimeSpan.FromMinutes(3) };
        BootstrapResult first = await bootstrapper.RunAsync(request, world.Connection(cluster));
        Assert.True(first.Succeeded, string.Join("\n", first.Steps));
        using ClusterSession session = await ClusterSession.OpenAsync(cluster);
        const string server = "/apis/apps/v1/namespaces/argocd/deployments/argocd-server";
        await session.SendAsync(HttpMethod.Patch, server + "?fieldManager=other", """{"metadata":{"labels":{"app.kubernetes.io/name":"else"} } }""", "application/merge-patch+json");
        await session.SendAsync(HttpMethod.Patch, server + "?fieldManager=kubectl-annotate", """{"metadata":{"annotations":{"example.com/owner":"platform"} } }""", "application/merge-patch+json");
        await session.SendAsync(HttpMethod.Patch, "/api/v1/namespaces/argocd/secrets/argocd-secret?fieldManager=kubectl-patch", """{"stringData":{"webhook.github.secret":"hook"} }""", "application/merge-patch+json");

        BootstrapResult second = await bootstrapper.RunAsync(request, world.Connection(cluster));
        BootstrapResult third = await bootstrapper.RunAsync(request, world.Connection(cluster));

        Assert.True(second.Succeeded, string.Join("\n", second.Steps));
        Assert.True(second.Changed);
        Assert.False(third.Changed, string.Join("\n", third.Steps));
        var live = await session.SendAsync(HttpMethod.Get, server);
        Assert.Equal("argocd-server", (string?)live["metadata"]!["labels"]!["app.kubernetes.io/name"]);
        Assert.Equal("platform", (string?)live["metadata"]!["annotations"]!["example.com/owner"]);
        Assert.Equal("aG9vaw==", (string?)(await session.SendAsync(HttpMethod.Get, "/api/v1/namespaces/argocd/secrets/argocd-secret"))["data"]!["webhook.github.secret"]);
    }

    [Fact]
    public async Task A_chart_and_a_manifest_do_not_end_half_way_in_each_other()
    {
        string chart = Chart();
        await using TestCluster cluster = await RealClusters.StartOrSkipAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        var bootstrapper = new GitOpsBootstrapper(new BootstrapServices());
        BootstrapRequest request = BootstrapWorld.Request() with { ChartPath = chart, Timeout = TimeSpan.FromMinutes(3), Wait = false };
        using TargetCluster target = await TargetCluster.OpenAsync(world.Connection(cluster));
        BootstrapResult first = await bootstrapper.RunAsync(request, world.Connection(cluster));
        Assert.True(first.Succeeded, string.Join("\n", first.Steps));
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(cluster);

        var manifest = await Assert.ThrowsAsync<OperationException>(() => new ArgoCDInstaller().InstallAsync(
            target, new ArgoCDInstallOptions { Manifest = ManifestSource.FromFile(SharedData.PathOf("install.yaml")), Adopt = true, AllowDowngrade = true, Wait = false }));
        BootstrapResult again = await bootstrapper.RunAsync(request, world.Connection(cluster));

        Assert.Equal(ErrorIds.ReplacementNeeded, manifest.Id);
        Assert.True(again.Succeeded, string.Join("\n", again.Steps));
        Assert.False(again.Changed, string.Join("\n", again.Steps));
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(cluster)));
    }

    [Fact]
    public async Task A_helm_that_is_stopped_on_the_way_is_completed_by_the_next_run()
    {
        string chart = Chart();
        await using TestCluster cluster = await RealClusters.StartOrSkipAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        var bootstrapper = new GitOpsBootstrapper(new BootstrapServices());
        BootstrapRequest request = BootstrapWorld.Request() with { ChartPath = chart, Timeout = TimeSpan.FromMinutes(3) };
        using var stop = new CancellationTokenSource();
        Task<BootstrapResult> running = bootstrapper.RunAsync(request, world.Connection(cluster), null, stop.Token);
        using TargetCluster target = await TargetCluster.OpenAsync(world.Connection(cluster));
        long started = Stopwatch.GetTimestamp();
        while ((await PendingAsync(target)) == 0 && !running.IsCompleted && Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2))
        {
            await Task.Delay(20);
        }
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        int left = await PendingAsync(target);

        BootstrapResult result = await bootstrapper.RunAsync(request, world.Connection(cluster));

        Assert.Equal(1, left);
        Assert.True(result.Succeeded, string.Join("\n", result.Steps));
        Assert.Equal(0, await PendingAsync(target));
    }

    [Fact]
    public async Task What_helm_says_about_a_chart_that_is_not_there_is_told()
    {
        _ = Chart();
        await using TestCluster cluster = await RealClusters.StartOrSkipAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);

        BootstrapResult result = await new GitOpsBootstrapper(new BootstrapServices()).RunAsync(BootstrapWorld.Request() with { ChartPath = "./no-such-chart" }, world.Connection(cluster));

        Assert.Equal(ProcessErrorIds.ProgramFailed, result.Failure?.ErrorId);
        Assert.Contains("no-such-chart", result.Failure!.Message, StringComparison.Ordinal);
    }

    private static async Task<int> PendingAsync(TargetCluster target)
    {
        try
        {
            return (await target.Reader.ListAsync("", "Secret", "argocd", "owner=helm,status=pending-install", CancellationToken.None)).Count;
        }
        catch (OperationException)
        {
            return 0;
        }
    }

    private static string Chart()
    {
        string? chart = Environment.GetEnvironmentVariable("ARGOBOOTSTRAP_TEST_CHART");
        Assert.SkipWhen(string.IsNullOrEmpty(chart), "ARGOBOOTSTRAP_TEST_CHART does not name the argo-cd chart.");
        return chart!;
    }
}
