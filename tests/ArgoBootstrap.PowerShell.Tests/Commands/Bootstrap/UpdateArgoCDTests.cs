using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

public sealed class UpdateArgoCDTests : IAsyncLifetime
{
    private const string Server = "/apis/apps/v1/namespaces/argocd/deployments/argocd-server";
    private const string Show = " | ForEach-Object { \"$($_.PreviousVersion) $($_.Version) $($_.Changed): $($_.Message)\" }";

    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterFixture.StartAsync();
        _cluster.Write("old.yaml", ArgoCDManifest.Create("v3.4.0"));
        _cluster.Write("new.yaml", ArgoCDManifest.Create());
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public void WithoutAnArgoCD_ThereIsNothingToUpdate()
    {
        ErrorRecord error = Run("-ManifestPath ./new.yaml").SingleError("NotInstalled");

        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.Equal(0, _cluster.Writes);
    }

    [Fact]
    public async Task DefinitionsComeFirst_AndASecondTimeChangesNothing()
    {
        Install("old.yaml");
        int before = _cluster.Cluster.Server.Requests.Count;

        Assert.Equal("v3.4.0 v3.5.1 True: 4 configured, 1 unchanged", Value("-ManifestPath ./new.yaml" + Show));

        string[] writes = [.. _cluster.Cluster.Server.Requests.Skip(before).Where(r => r.Method == "PATCH").Select(r => r.Path)];
        Assert.Equal(4, writes.Length);
        Assert.All(writes.Take(3), path => Assert.Contains("customresourcedefinitions", path, StringComparison.Ordinal));
        Assert.Contains(":v3.5.1", await _cluster.GetAsync(Server), StringComparison.Ordinal);
        Assert.Equal("v3.5.1 v3.5.1 False: 5 unchanged", Value("-ManifestPath ./new.yaml" + Show));
        Assert.Contains(AuditLines, l => l.Contains("\"cmdlet\":\"Update-ArgoCD\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DryRun_TellsEveryFieldThatWouldChange()
    {
        Install("old.yaml");
        string? before = await _cluster.GetAsync(Server);

        string changes = Value("-ManifestPath ./new.yaml -DryRun Server | ForEach-Object { \"$($_.Applied.Objects.Changes)\" }");

        Assert.Contains("v3.4.0\" -> \"quay.io/argoproj/argocd:v3.5.1\"", changes, StringComparison.Ordinal);
        Assert.Equal(before, await _cluster.GetAsync(Server));
    }

    [Fact]
    public void AnOlderVersion_IsRefusedUnlessItIsAllowed()
    {
        Install("new.yaml");

        Assert.Equal(ErrorCategory.InvalidOperation, Run("-ManifestPath ./old.yaml").SingleError("DowngradeRefused").CategoryInfo.Category);
        Assert.StartsWith("v3.5.1 v3.4.0 True", Value("-ManifestPath ./old.yaml -AllowDowngrade" + Show), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatHelmInstalled_IsNotTouchedByAManifest()
    {
        Install("old.yaml");
        await _cluster.PatchAsync(Server, """{"metadata":{"annotations":{"meta.helm.sh/release-name":"argocd"}}}""");
        string? before = await _cluster.GetAsync(Server);
        int writes = _cluster.Writes;

        ErrorRecord error = Run("-ManifestPath ./new.yaml").SingleError("InstallationExists");

        Assert.Contains("-Method Helm", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(before, await _cluster.GetAsync(Server));
        Assert.Equal(writes, _cluster.Writes);
    }

    [Fact]
    public void WhatIf_NeedsNoCluster() => Assert.Equal(
        "v3.5.1", _cluster.Session.Value<string>("(Update-ArgoCD -KubeConfigPath ./none -ManifestPath ./new.yaml -WhatIf).Version"));

    private IReadOnlyList<string> AuditLines => AuditLogFile.Lines(_cluster.Cluster.Address.Authority);

    private void Install(string manifest) => Assert.Empty(_cluster.Session.Run($"Install-ArgoCD -KubeConfigPath $args[0] -ManifestPath ./{manifest}", _cluster.KubeConfig).Errors);

    private ScriptResult Run(string parameters) => _cluster.Session.Run($"param($config) Update-ArgoCD -KubeConfigPath $config {parameters}", _cluster.KubeConfig);

    private string Value(string parameters) => _cluster.Session.Value<string>($"param($config) Update-ArgoCD -KubeConfigPath $config {parameters}", _cluster.KubeConfig);
}
