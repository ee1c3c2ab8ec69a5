using System.Text;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Auditing;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Prerequisites;
using ArgoBootstrap.Core.Registration;
using ArgoBootstrap.Kustomize.Processes;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Faults;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

public sealed class InProcessBootstrapTests : BootstrapTests
{
    protected override async Task<TestCluster> StartAsync() => await InProcessCluster.StartAsync();
}

public sealed class RealBootstrapTests : BootstrapTests
{
    protected override TimeSpan FaultDelay => TimeSpan.FromSeconds(5);

    protected override Task<TestCluster> StartAsync() => RealClusters.StartOrSkipAsync();
}

/// <summary>Bootstraps of the example repository from all the states in which a cluster can be.</summary>
public abstract class BootstrapTests
{
    private static readonly string Planted = PlantedSecrets.Create("repository");

    protected abstract Task<TestCluster> StartAsync();

    /// <summary>How long a delayed request takes: on a real server as long as it may be, otherwise less, so that the tests end.</summary>
    protected virtual TimeSpan FaultDelay => TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_cluster_is_set_up_and_a_second_run_changes_nothing()
    {
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        BootstrapRequest request = BootstrapWorld.Request() with
        {
            Repositories = [new RepositoryCredential { Url = "https://git.example.com/platform/gitops.git", Username = "argocd", Password = Encoding.UTF8.GetBytes(Planted) }],
            Registration = new ClusterRegistrationRequest { Name = "dc11a", Labels = new Dictionary<string, string> { ["environment"] = "prod" } },
        };

        BootstrapResult first = await world.RunAsync(cluster, request);
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(cluster);
        BootstrapResult second = await world.RunAsync(cluster, request with { CorrelationId = "second" });

        AssertSucceeded(first);
        AssertSucceeded(second);
        Assert.True(first.Changed);
        Assert.Equal(Enum.GetValues<BootstrapStepName>(), first.Steps.Select(s => s.Name));
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(cluster)));
        Assert.False(second.Changed, string.Join("\n", second.Steps));
        Assert.Single(world.Helm.Starts);
        string[] audit = [.. new AuditLogReader(world.AuditPath).Read().Select(e => e.Record.CorrelationId).Distinct()];
        Assert.Equal([request.CorrelationId, "second"], audit);
        AssertNoSecret(world, first, second);
    }

    [Fact]
    public async Task Killed_at_any_point_a_second_run_completes_it()
    {
        await using var world = new BootstrapWorld();
        var random = new Random(20261123);
        int completed = 0;
        world.Helm.MaxRetries = 0;
        await using TestCluster cluster = await StartAsync();
        await world.PrepareAsync(cluster);
        for (int run = 0; run < 20; run++)
        {
            await using FaultProxy proxy = await FaultProxy.StartAsync(cluster, run);
            int requests = 0;
            int after = random.Next(1, 15 + (run * 10));
            proxy.Choose = _ => Interlocked.Increment(ref requests) > after ? Fault.Reset : Fault.None;
            BootstrapResult killed = await world.RunAsync(cluster, BootstrapWorld.Request() with { LockDuration = TimeSpan.FromSeconds(1) }, proxy.Address, change: o => o with { MaxRetries = 0 });
            completed += killed.Succeeded ? 1 : 0;
            Assert.All(killed.Steps.Where(s => s.Status == BootstrapStepStatus.Failed), s => Assert.NotEqual("", s.Remedy));
        }

        BootstrapResult result = await world.RunAsync(cluster);
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(cluster);
        BootstrapResult again = await world.RunAsync(cluster);

        Assert.True(completed < 15, $"{completed} of 20 runs were not killed");
        AssertSucceeded(result);
        AssertSucceeded(again);
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(cluster)));
    }

    [Fact]
    public async Task Another_clusters_overlay_is_refused_and_changes_nothing()
    {
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        AssertSucceeded(await world.RunAsync(cluster));
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(cluster);

        BootstrapResult refused = await world.RunAsync(cluster, BootstrapWorld.Request("dc11b"));

        Assert.Equal(ErrorIds.OverlayMismatch, refused.Failure?.ErrorId);
        Assert.Contains("apps/system/overlays/prod/dc11a/argocd", refused.Failure!.Message, StringComparison.Ordinal);
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(cluster)));
        AssertSucceeded(await world.RunAsync(cluster, BootstrapWorld.Request("dc11b") with { Force = true }));
    }

    [Fact]
    public async Task A_restricted_user_learns_each_missing_permission_and_changes_nothing()
    {
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(cluster);

        BootstrapResult result = await world.RunAsync(cluster, token: cluster.RestrictedToken);

        Assert.Equal(BootstrapStepName.Preflight, result.Failure?.Name);
        string[] missing = [.. result.Prerequisites.Where(p => p is { Name: "Permission", Status: PrerequisiteStatus.Failed }).Select(p => p.Target)];
        Assert.Contains("get, list, watch, create, patch deployments.apps in namespace argocd", missing);
        Assert.Contains("get, list, watch, create, patch customresourcedefinitions.apiextensions.k8s.io in the whole cluster", missing);
        Assert.Contains("get, list, watch, create, patch applications.argoproj.io in namespace argocd", missing);
        Assert.Contains("get, create, delete, update leases.coordination.k8s.io in namespace kube-system", missing);
        Assert.All(result.Steps.Where(s => s.Name > BootstrapStepName.Preflight), s => Assert.Equal(BootstrapStepStatus.NotRun, s.Status));
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(cluster)));
        Assert.Empty(world.Helm.Starts);
    }

    [Fact]
    public async Task A_server_that_goes_away_on_the_way_is_named_in_time()
    {
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        await using FaultProxy proxy = await FaultProxy.StartAsync(cluster, 3);
        int requests = 0;
        proxy.Choose = _ => Interlocked.Increment(ref requests) > 40 ? Fault.Reset : Fault.None;
        world.Helm.MaxRetries = 0;
        using var hangs = new CancellationTokenSource(TimeSpan.FromMinutes(3));

        BootstrapResult result = await world.RunAsync(cluster, address: proxy.Address, change: o => o with { MaxRetries = 3, Timeout = TimeSpan.FromSeconds(5) }, cancellationToken: hangs.Token);

        BootstrapStepResult failed = result.Failure!;
        Assert.True(failed.ErrorId is ClusterErrorIds.ClusterUnreachable or ClusterErrorIds.ApplyFailed or ClusterErrorIds.LockLost, $"{failed}");
        Assert.NotEqual("", failed.Remedy);
        Assert.True(failed.ErrorId == ClusterErrorIds.LockLost || failed.Message.Contains(proxy.Address.Authority, StringComparison.Ordinal), $"{failed}");
        Assert.Equal(("test", proxy.Address.Authority), (result.Context, new Uri(result.Server).Authority));
    }

    [Fact]
    public async Task A_fifth_of_all_requests_may_fail()
    {
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        await using FaultProxy proxy = await FaultProxy.StartAsync(cluster, 7);
        proxy.Rate = 0.2;
        proxy.Delay = FaultDelay;

        // Helm's own client is not ours to retry: the stand-in goes past the proxy's faults with the same retries as we do.
        BootstrapResult result = await world.RunAsync(cluster, BootstrapWorld.Request(), proxy.Address);
        BootstrapResult again = await world.RunAsync(cluster);

        AssertSucceeded(result);
        AssertSucceeded(again);
        Assert.False(again.Changed, string.Join("\n", again.Steps));
        Assert.True(proxy.Counts.Where(c => c.Key != Fault.None).Sum(c => c.Value) > 10, "the proxy made no faults");
    }

    [Fact]
    public async Task Two_at_once_make_one_result()
    {
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);

        BootstrapResult[] results = await Task.WhenAll(world.RunAsync(cluster), world.RunAsync(cluster));
        SortedDictionary<string, string> versions = await world.SettledVersionsAsync(cluster);
        BootstrapResult again = await world.RunAsync(cluster);

        Assert.All(results, AssertSucceeded);
        Assert.Single(results, r => r.Changed);
        Assert.Single(world.Helm.Starts);
        Assert.Empty(ClusterState.Differences(versions, await BootstrapWorld.VersionsAsync(cluster)));
        AssertSucceeded(again);
        Assert.Empty(new AuditLogReader(world.AuditPath).Verify());
    }

    [Fact]
    public async Task A_helm_that_fails_is_told_with_its_text_and_without_secrets()
    {
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);
        world.Masker.Add(Planted);
        world.Helm.Failure = $"Error: chart requires something; password={Planted}";

        BootstrapResult result = await world.RunAsync(cluster);

        Assert.Equal(ProcessErrorIds.ProgramFailed, result.Failure?.ErrorId);
        Assert.Contains("chart requires something", result.Failure!.Message, StringComparison.Ordinal);
        AssertNoSecret(world, result);
        Assert.Equal(AuditOutcome.Failed, new AuditLogReader(world.AuditPath).Read().Last().Record.Outcome);
    }

    [Fact]
    public async Task A_hook_that_helm_waited_for_in_vain_is_named()
    {
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        using (ClusterSession session = await ClusterSession.OpenAsync(cluster))
        {
            // Without controllers: nothing completes the Job.
            await session.ApplyAsync(
                ClusterSession.Object("""{"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","metadata":{"name":"traefik"},"spec":{"controller":"example.com/ingress"} }"""),
                ClusterSession.Object("""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"argocd"} }"""),
                ClusterSession.Object("""{"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"argocd-redis-secret-init","namespace":"argocd","annotations":{"helm.sh/hook":"pre-install,pre-upgrade"} },"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"init","image":"init:1"}]} } } }"""));
        }
        world.Helm.Failure = "Error: failed pre-install: 1 error occurred: * timed out waiting for the condition";

        BootstrapResult result = await world.RunAsync(cluster, BootstrapWorld.Request() with { Timeout = TimeSpan.FromSeconds(60) }, change: options => options with { Deadline = Deadline.After(TimeSpan.FromSeconds(60)) });

        Assert.Equal(ProcessErrorIds.ProgramFailed, result.Failure?.ErrorId);
        Assert.Contains("Not completed: Job argocd-redis-secret-init (hook pre-install,pre-upgrade): it has no pod.", result.Failure!.Message, StringComparison.Ordinal);
        // helm gives up early enough for somebody to ask what it waited for.
        IReadOnlyList<string> arguments = world.Helm.Starts.Single(start => start.Request.Arguments[0] == "upgrade").Request.Arguments;
        Assert.InRange(int.Parse(arguments[arguments.ToList().IndexOf("--timeout") + 1].TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture), 1, 58);
    }

    [Fact]
    public async Task Values_reach_helm_through_its_standard_input()
    {
        await using TestCluster cluster = await StartAsync();
        await using var world = new BootstrapWorld();
        await world.PrepareAsync(cluster);

        AssertSucceeded(await world.RunAsync(cluster));

        FakeHelm.Start start = Assert.Single(world.Helm.Starts);
        Assert.Equal(["upgrade", "argocd", "argo-cd", "--install"], start.Request.Arguments.Take(4));
        Assert.Equal("https://argoproj.github.io/argo-helm", FakeHelm.After(start.Request, "--repo"));
        Assert.Contains("argocd.dc11a.prod.example.com", start.Values, StringComparison.Ordinal);
        Assert.DoesNotContain(start.Request.Arguments, a => a.Contains("example.com", StringComparison.Ordinal));
        Assert.Equal("-", FakeHelm.After(start.Request, "--values"));
    }

    [Fact]
    public async Task A_plan_needs_no_cluster()
    {
        await using var world = new BootstrapWorld();

        BootstrapPlan plan = await world.Bootstrapper.PlanAsync(BootstrapWorld.Request(), new ClusterConnectionOptions { Context = "nowhere" });

        Assert.True(plan.IsValid);
        Assert.Equal("apps/system/overlays/prod/dc11a/argocd", plan.Overlay);
        Assert.Contains(plan.Steps, s => s.Name == BootstrapStepName.Install && s.Message.Contains("helm upgrade argocd argo-cd --install", StringComparison.Ordinal));
        Assert.Contains(plan.Steps.Single(s => s.Name == BootstrapStepName.Overlay).Objects, o => o.Reference.Type.Kind == "Application");
        Assert.Empty(world.Helm.Starts);
    }

    private static void AssertSucceeded(BootstrapResult result) => Assert.True(result.Succeeded, string.Join("\n", result.Steps.Select(s => s.ToString()).Concat(result.Prerequisites.Select(p => p.ToString()))));

    private static void AssertNoSecret(BootstrapWorld world, params BootstrapResult[] results)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(Planted));
        IEnumerable<string> said = results.SelectMany(r => r.Steps.Select(s => s + s.Remedy).Concat(r.Prerequisites.Select(p => p.ToString())))
            .Concat(world.Progress.Select(p => p.ToString()))
            .Concat(world.Helm.Starts.SelectMany(s => s.Request.Arguments))
            .Append(File.ReadAllText(world.AuditPath));
        Assert.All(said, text => Assert.False(text.Contains(Planted, StringComparison.Ordinal) || text.Contains(encoded, StringComparison.Ordinal), text));
    }
}
