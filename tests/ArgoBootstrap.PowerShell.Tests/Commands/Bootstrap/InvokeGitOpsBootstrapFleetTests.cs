using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Faults;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

public sealed class InvokeGitOpsBootstrapFleetTests : IAsyncDisposable
{
    private const string Bootstrap = "Get-ClusterOverlay -Environment prod | Invoke-GitOpsBootstrap -KubeConfigPath $args[0] -ManifestPath ./install.yaml";
    private const string Show = " | ForEach-Object { \"$($_.Cluster) $($_.Succeeded) $($_.Changed)\" }";

    private readonly FleetFolder _fleet = new();
    private readonly List<InProcessCluster> _clusters = [];

    public InvokeGitOpsBootstrapFleetTests()
    {
        _fleet.Write("install.yaml", ArgoCDManifest.Create());
        _ = AuditLogFile.Path;
    }

    public async ValueTask DisposeAsync()
    {
        _fleet.Dispose();
        foreach (InProcessCluster cluster in _clusters)
        {
            await cluster.DisposeAsync();
        }
    }

    [Fact]
    public async Task OfTenClusters_TheDeadOneIsReportedAndNineAreDone()
    {
        string config = await StartAsync(10);
        await _clusters[^1].DisposeAsync();

        ScriptResult result = _fleet.Session.Run(Bootstrap + " -Context { $_.Cluster } -ThrottleLimit 10" + Show, config);

        ErrorRecord error = result.SingleError("ClusterUnreachable");
        Assert.Equal("prod/dc11j", error.TargetObject);
        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal([.. "abcdefghi".Select(c => $"dc11{c} True True"), "dc11j False False"], result.Output.Select(o => o.ToString()).Order());
        Assert.Contains(result.Progress, p => p.Activity.StartsWith("prod/dc11c: ", StringComparison.Ordinal));
        Assert.Contains(result.Progress, p => p is { Activity: "Bootstrapping clusters", RecordType: ProgressRecordType.Completed });
        Assert.Equal(9, Lines().Where(l => l.Contains("\"target\":\"Overlay", StringComparison.Ordinal)).Select(Correlation).Distinct().Count());
        Assert.True(_fleet.Session.Value<bool>("@(Get-BootstrapAuditLog -Verify -ErrorAction SilentlyContinue -ErrorVariable problems).Count -ge 0 -and -not $problems"));
    }

    [Fact]
    public async Task Results_AreWrittenBeforeTheLastClusterIsDone()
    {
        string config = await StartAsync(2);
        TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _clusters[1].Server.Options.Interceptor = async _ =>
        {
            await release.Task;
            return false;
        };
        using System.Management.Automation.PowerShell pipeline = _fleet.Session.Create(Bootstrap + " -Context { $_.Cluster }" + Show, config);
        using PSDataCollection<PSObject> output = [];
        TaskCompletionSource<string> written = new(TaskCreationOptions.RunContinuationsAsynchronously);
        output.DataAdded += (_, e) => written.TrySetResult(output[e.Index].ToString());

        IAsyncResult run = pipeline.BeginInvoke<PSObject, PSObject>(null, output);
        string first = await written.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        bool wasRunning = !run.IsCompleted;
        release.SetResult();
        pipeline.EndInvoke(run);

        Assert.Empty(pipeline.Streams.Error);
        Assert.Equal("dc11a True True", first);
        Assert.True(wasRunning);
        Assert.Equal(2, output.Count);
    }

    [Fact]
    public async Task CtrlC_EndsWhenTheLastClusterHasStoppedAndIsInTheAuditLog()
    {
        string config = await StartAsync(2);
        TaskCompletionSource[] reached = [new(), new()];
        for (int i = 0; i < 2; i++)
        {
            TaskCompletionSource signal = reached[i];
            _clusters[i].Server.Options.Interceptor = async context =>
            {
                if (context.Request.Path.Value!.EndsWith("/deployments/argocd-server", StringComparison.Ordinal))
                {
                    signal.TrySetResult();
                    await Task.Delay(Timeout.Infinite, context.RequestAborted);
                }

                return false;
            };
        }

        using System.Management.Automation.PowerShell pipeline = _fleet.Session.Create(Bootstrap + " -Context { $_.Cluster }", config);
        IAsyncResult run = pipeline.BeginInvoke();
        await Task.WhenAll(reached.Select(r => r.Task)).WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        pipeline.Stop();

        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(run));
        Assert.Equal(2, Lines().Count(l => l.Contains("\"outcome\":\"Stopped\"", StringComparison.Ordinal) && l.Contains("\"target\":\"Install", StringComparison.Ordinal)));
        // The lock of each is given back, so that the next run need not wait for its end.
        Assert.All(_clusters, c => Assert.Contains(c.Server.Requests, r => r.Method == "DELETE" && r.Path.EndsWith("/leases/argobootstrap", StringComparison.Ordinal)));
        _clusters.ForEach(c => c.Server.Options.Interceptor = null);
        Assert.Equal(["dc11a True True", "dc11b True True"], _fleet.Session.Run(Bootstrap + " -Context { $_.Cluster }" + Show, config).Output.Select(o => o.ToString()).Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -Context dc11a")]
    public async Task ClustersWithoutAContextEach_AreAllLeftAlone(string context)
    {
        string config = await StartAsync(2);

        ScriptResult result = _fleet.Session.Run(Bootstrap + context, config);

        Assert.Empty(result.Output);
        Assert.Equal(["prod/dc11a", "prod/dc11b"], result.Errors.Select(e => e.TargetObject));
        Assert.All(result.Errors, e => Assert.Equal("InvalidRequest,ArgoBootstrap.PowerShell.Commands.Bootstrap.InvokeGitOpsBootstrapCommand", e.FullyQualifiedErrorId));
        Assert.All(_clusters, c => Assert.Empty(c.Server.Requests));
    }

    [Fact]
    public async Task TwoContextsOfOneServer_AreLeftAlone()
    {
        await StartAsync(2);
        string config = _fleet.WriteSecret("one", $$"""
            clusters: [{name: a, cluster: {server: "{{_clusters[0].Address}}"} }, {name: b, cluster: {server: "{{_clusters[0].Address}}"} }]
            users: [{name: u, user: {token: "{{_clusters[0].AdminToken}}"} }]
            contexts: [{name: dc11a, context: {cluster: a, user: u} }, {name: dc11b, context: {cluster: b, user: u} }]
            """);

        ScriptResult result = _fleet.Session.Run(Bootstrap + " -Context { $_.Cluster }", config);

        Assert.Empty(result.Output);
        Assert.Equal(["prod/dc11a", "prod/dc11b"], result.Errors.Select(e => e.TargetObject));
        Assert.All(result.Errors, e => Assert.Contains("one cluster, to which context 'dc11a' and context 'dc11b' lead", e.ErrorDetails.Message, StringComparison.Ordinal));
        Assert.All(_clusters, c => Assert.Empty(c.Server.Requests));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -DryRun Server")]
    public async Task OverlaysOfSeveralClusters_AreNotAppliedToOne(string parameters)
    {
        string config = await StartAsync(2);

        ScriptResult result = _fleet.Session.Run("Get-ClusterOverlay -Environment prod | Deploy-KustomizeOverlay -KubeConfigPath $args[0] -SkipValidation" + parameters, config);

        Assert.Empty(result.Output);
        Assert.All(result.Errors, e => Assert.Equal("InvalidRequest,ArgoBootstrap.PowerShell.Commands.Bootstrap.DeployKustomizeOverlayCommand", e.FullyQualifiedErrorId));
        Assert.Equal(2, result.Errors.Count(e => e.TargetObject is string target && target.Contains("/dc11", StringComparison.Ordinal)));
        Assert.All(_clusters, c => Assert.Empty(c.Server.Requests));
    }

    [Theory]
    [InlineData("Deploy-KustomizeOverlay -KubeConfigPath $args[0] -SkipValidation")]
    [InlineData("Invoke-GitOpsBootstrap -KubeConfigPath $args[0] -ManifestPath ./install.yaml")]
    public async Task OverlaysOfTwoClusters_AreNotAppliedToOneThatHasTwoAddresses(string command)
    {
        await StartAsync(1);
        await using FaultProxy proxy = await FaultProxy.StartAsync(_clusters[0], seed: 1);
        string config = _fleet.WriteSecret("config", $$"""
            current-context: dc11a
            clusters: [{name: dc11a, cluster: {server: "{{_clusters[0].Address}}"} }, {name: dc11b, cluster: {server: "{{proxy.Address}}"} }]
            users: [{name: u, user: {token: "{{_clusters[0].AdminToken}}"} }]
            contexts: [{name: dc11a, context: {cluster: dc11a, user: u} }, {name: dc11b, context: {cluster: dc11b, user: u} }]
            """);

        ScriptResult result = _fleet.Session.Run($"Get-ClusterOverlay -Environment prod | {command} -Context {{ $_.Cluster }}", config);

        Assert.Empty(result.Output);
        Assert.Equal(2, result.Errors.Count(e => e.FullyQualifiedErrorId.StartsWith("InvalidRequest,", StringComparison.Ordinal)));
        Assert.All(_clusters[0].Server.Requests, r => Assert.Equal("GET", r.Method));
    }

    [Fact]
    public async Task AnotherClustersOverlay_IsNotDeployed()
    {
        string config = await StartAsync(2);
        Assert.Empty(_fleet.Session.Run("Invoke-GitOpsBootstrap prod dc11a -KubeConfigPath $args[0] -ManifestPath ./install.yaml", config).Errors);
        int writes = _clusters[0].Server.Requests.Count(r => r.Method is not "GET");

        ScriptResult refused = _fleet.Session.Run("Get-ClusterOverlay dc11b | Deploy-KustomizeOverlay -KubeConfigPath $args[0]", config);
        ScriptResult own = _fleet.Session.Run("Get-ClusterOverlay dc11a | Deploy-KustomizeOverlay -KubeConfigPath $args[0] | ForEach-Object { \"$($_.Succeeded) $($_.Changed)\" }", config);

        Assert.Contains("prod/dc11a/argocd", refused.SingleError("OverlayMismatch").ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Equal("True False", Assert.Single(own.Output).ToString());
        Assert.True(writes > 0);
    }

    [Fact]
    public async Task AClusterThatIsNamedTwice_IsDoneOnce()
    {
        string config = await StartAsync(2);

        ScriptResult result = _fleet.Session.Run("'a', 'b' | ForEach-Object { Get-ClusterOverlay dc11a } | Invoke-GitOpsBootstrap -KubeConfigPath $args[0] -ManifestPath ./install.yaml" + Show, config);

        Assert.Empty(result.Errors);
        Assert.Equal("dc11a True True", Assert.Single(result.Output).ToString());
    }

    private IReadOnlyList<string> Lines() => [.. _clusters.SelectMany(c => AuditLogFile.Lines($"\"server\":\"{c.Address.ToString().TrimEnd('/')}\""))];

    private static string Correlation(string line) => line[line.IndexOf("\"correlationId\"", StringComparison.Ordinal)..][..50];

    /// <summary>Starts API servers, gives each a context and the environment prod that many clusters.</summary>
    private async Task<string> StartAsync(int count)
    {
        List<string> contexts = [];
        List<string> clusters = [];
        for (int i = 0; i < count; i++)
        {
            string name = "dc11" + (char)('a' + i);
            InProcessCluster cluster = await InProcessCluster.StartAsync();
            _clusters.Add(cluster);
            clusters.Add($"{{name: {name}, cluster: {{server: \"{cluster.Address}\"}} }}");
            contexts.Add($"{{name: {name}, context: {{cluster: {name}, user: u}} }}");
            if (i > 1)
            {
                Assert.Empty(_fleet.Session.Run($"New-ClusterOverlay -Environment prod -Name {name} -IngressHost argocd.{name}.prod.example.com").Errors);
            }
        }

        return _fleet.WriteSecret("config", $$"""
            current-context: dc11a
            clusters: [{{string.Join(", ", clusters)}}]
            users: [{name: u, user: {token: "{{_clusters[0].AdminToken}}"} }]
            contexts: [{{string.Join(", ", contexts)}}]
            """);
    }
}
