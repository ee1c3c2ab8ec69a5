using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

public sealed class InstallArgoCDTests : IAsyncLifetime
{
    private const string Server = "/apis/apps/v1/namespaces/argocd/deployments/argocd-server";
    private const string Show = " | ForEach-Object { \"$($_.Version) $($_.Changed): $($_.Message)\" }";

    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterFixture.StartAsync();
        _cluster.Write("install.yaml", ArgoCDManifest.Create());
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task AManifest_IsAppliedAndASecondTimeChangesNothing()
    {
        Assert.Equal("v3.5.1 True: 5 created", Value("-ManifestPath ./install.yaml" + Show));
        string? before = await _cluster.GetAsync(Server);

        Assert.Equal("v3.5.1 False: 5 unchanged", Value("-ManifestPath ./install.yaml" + Show));

        Assert.NotNull(before);
        Assert.Equal(before, await _cluster.GetAsync(Server));
        Assert.Equal(2, AuditLines.Count(l => l.Contains("\"cmdlet\":\"Install-ArgoCD\"", StringComparison.Ordinal) && l.Contains("\"target\":\"Argo CD in namespace argocd\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AnyNamespace_IsMade()
    {
        Value("-ManifestPath ./install.yaml -Namespace gitops" + Show);

        Assert.NotNull(await _cluster.GetAsync("/apis/apps/v1/namespaces/gitops/deployments/argocd-server"));
        Run("-ManifestPath ./install.yaml").SingleError("InstallationExists");
    }

    [Fact]
    public void WhatIf_DownloadsNothing_AndSaysSo()
    {
        ScriptResult result = _cluster.Session.Run("Install-ArgoCD -KubeConfigPath ./none -Version v0.0.1 -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Equal(("v0.0.1", "False"), (Assert.Single(result.Output).Properties["Version"].Value, result.Output[0].Properties["IsComplete"].Value.ToString()));
        Assert.Contains("not downloaded", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_NeedsNoCluster()
    {
        Assert.Equal("argocd Manifest v3.5.1 5", _cluster.Session.Value<string>("Install-ArgoCD -KubeConfigPath ./none -ManifestPath ./install.yaml -WhatIf | ForEach-Object { \"$($_.Namespace) $($_.Method) $($_.Version) $($_.Objects.Count)\" }"));
        Assert.Empty(_cluster.Cluster.Server.Requests);
        Assert.Empty(AuditLines);
    }

    [Fact]
    public void DryRun_TellsWhatWouldChangeAndChangesNothing()
    {
        Assert.Equal("v3.5.1 True: 5 would be created", Value("-ManifestPath ./install.yaml -DryRun Server" + Show));
        Assert.Equal(0, _cluster.Writes);
        Assert.Empty(AuditLines);
    }

    [Fact]
    public void AManifestWithAnotherChecksum_IsRefused()
    {
        ErrorRecord error = Run($"-ManifestPath ./install.yaml -Sha256 {new string('0', 64)}").SingleError("ChecksumMismatch");

        Assert.Equal(ErrorCategory.SecurityError, error.CategoryInfo.Category);
        Assert.Equal(0, _cluster.Writes);
    }

    [Fact]
    public void AnOlderVersion_IsRefusedUnlessItIsAllowed()
    {
        Value("-ManifestPath ./install.yaml" + Show);
        _cluster.Write("install.yaml", ArgoCDManifest.Create("v3.4.0"));

        ErrorRecord error = Run("-ManifestPath ./install.yaml").SingleError("DowngradeRefused");

        Assert.Contains("-AllowDowngrade", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal("v3.4.0 True: 4 configured, 1 unchanged", Value("-ManifestPath ./install.yaml -AllowDowngrade" + Show));
    }

    [Fact]
    public void AWorkloadThatTheManifestDoesNotHave_IsLeftAndNamed()
    {
        Value("-ManifestPath ./install.yaml" + Show);
        _cluster.Write("install.yaml", ArgoCDManifest.Create(workload: "argocd-other"));

        Assert.Contains(Run("-ManifestPath ./install.yaml").Warnings, w => w.Contains("argocd-server in namespace argocd", StringComparison.Ordinal));
    }

    [Fact]
    public void WhatDoesNotGetReady_IsToldAfterTheTimeout()
    {
        ErrorRecord error = Run("-ManifestPath ./install.yaml -Wait -Timeout 10").SingleError("WaitTimedOut");

        Assert.Equal(ErrorCategory.OperationTimeout, error.CategoryInfo.Category);
        Assert.Contains("Deployment argocd-server", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"Failed\"", Assert.Single(AuditLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOverlay_SaysChartAndValuesAndBringsWhatPodsNeedToStart()
    {
        HelmStandIn helm = new(_cluster);

        ScriptResult result = _cluster.Session.Run(
            "param($root, $config) Get-ClusterOverlay dc11a -RepositoryPath $root | Install-ArgoCD -KubeConfigPath $config -HelmCommand ./helm | ForEach-Object { \"$($_.Method) $($_.Namespace)\" }", RepositoryRoot.Path, _cluster.KubeConfig);

        Assert.Empty(result.Errors);
        Assert.Equal("Helm argocd", Assert.Single(result.Output).ToString());
        Assert.Equal(["upgrade", "argocd", "argo-cd", "--install", "--values", "-"], helm.Arguments.Take(6));
        Assert.NotNull(await _cluster.GetAsync("/api/v1/namespaces/argocd/configmaps/argocd-cm"));
        Assert.Null(await _cluster.GetAsync("/apis/networking.k8s.io/v1/namespaces/argocd/ingresses/argocd-server"));
        Assert.Contains(result.Progress, p => p.StatusDescription.Contains("Installing it now", StringComparison.Ordinal));
    }

    [Fact]
    public void AHelmThatFails_IsAnErrorWithItsTextAndWithoutSecrets()
    {
        HelmStandIn helm = new(_cluster, 1, $"Error: chart requires something; password={SecretText.Planted}");

        ScriptResult result = RunOverlay("-HelmCommand ./helm");

        ErrorRecord error = result.SingleError("ProgramFailed");
        Assert.Contains("chart requires something", error.Exception.Message, StringComparison.Ordinal);
        SecretText.AssertAbsent(helm.Arguments.Concat(AuditLines).Append(error.ToString()).Concat(result.Progress.Select(p => p.StatusDescription)));
    }

    [Fact]
    public void AChartInstead_KeepsTheOverlaysValuesAndNeedsNoRepository()
    {
        HelmStandIn helm = new(_cluster);
        _cluster.Write("chart/Chart.yaml", "name: argo-cd\n");

        Assert.Empty(RunOverlay("-ChartPath ./chart -HelmCommand ./helm").Errors);

        Assert.EndsWith("chart", helm.Arguments[2], StringComparison.Ordinal);
        Assert.DoesNotContain("--repo", helm.Arguments);
    }

    [Fact]
    public void AHelmThatIsNotThere_IsAnError() => RunOverlay("-HelmCommand ./no-helm").SingleError("ProgramNotFound");

    [Fact]
    public async Task AnotherClustersOverlay_IsRefused()
    {
        Assert.Empty(_cluster.Session.Run("Invoke-GitOpsBootstrap prod dc11b -RepositoryPath $args[0] -KubeConfigPath $args[1] -ManifestPath ./install.yaml", RepositoryRoot.Path, _cluster.KubeConfig).Errors);

        RunOverlay("-ManifestPath ./install.yaml").SingleError("OverlayMismatch");

        Assert.NotNull(await _cluster.GetAsync(Server));
    }

    [Theory]
    [InlineData("-Method Helm -Version v3.5.1")]
    [InlineData("-ChartPath . -HighAvailability")]
    [InlineData("-ChartPath . -Method Manifest")]
    [InlineData("-ManifestPath ./install.yaml -Version v3.5.1")]
    [InlineData("-Path . -Environment prod")]
    [InlineData("-Cluster dc11a")]
    [InlineData("-Version soon")]
    public void ParametersThatDoNotFit_AreRefused(string parameters)
    {
        ErrorRecord error = Run(parameters).SingleError("InvalidRequest");

        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal(0, _cluster.Writes);
    }

    [Fact]
    public void ANamespaceThatIsNotTheOverlays_IsRefused() =>
        Assert.Contains("argocd", RunOverlay("-Namespace gitops").SingleError("InvalidRequest").Exception.Message, StringComparison.Ordinal);

    [Fact]
    public void HelmWithoutAnOverlay_IsAnError() => Run("-Method Helm").SingleError("ChartNotDescribed");

    [Theory]
    [InlineData("Install-ArgoCD -Version ", "v3.5.1")]
    [InlineData("Update-ArgoCD -Version 3", "v3.5.1")]
    [InlineData("Install-ArgoCD -Environment prod -Cluster ", "dc11a", "dc11b")]
    public void Completes_WithWhatThereIs(string line, params string[] expected)
    {
        using ModuleRunspace session = new();

        Assert.Equal(expected, session.Complete(line));
    }

    private IReadOnlyList<string> AuditLines => AuditLogFile.Lines(_cluster.Cluster.Address.Authority);

    private ScriptResult Run(string parameters) => _cluster.Session.Run($"param($config) Install-ArgoCD -KubeConfigPath $config {parameters}", _cluster.KubeConfig);

    private ScriptResult RunOverlay(string parameters) =>
        _cluster.Session.Run($"param($root, $config) Install-ArgoCD -Environment prod -Cluster dc11a -RepositoryPath $root -KubeConfigPath $config {parameters}", RepositoryRoot.Path, _cluster.KubeConfig);

    private string Value(string parameters) => _cluster.Session.Value<string>($"param($config) Install-ArgoCD -KubeConfigPath $config {parameters}", _cluster.KubeConfig);
}

/// <summary>The way of an Argo CD on a real API server, where its binaries are found: installed, the same again, updated, bootstrapped, removed.</summary>
public sealed class RealArgoCDCmdletTests
{
    private const string Script = """
        param($root, $folder, $config)
        $ErrorActionPreference = 'Stop'
        function Show($result) { "$($result.PreviousVersion)>$($result.Version) $($result.Changed)" }
        Show (Install-ArgoCD -KubeConfigPath $config -ManifestPath $folder/old.yaml)
        Show (Install-ArgoCD -KubeConfigPath $config -ManifestPath $folder/old.yaml)
        Show (Update-ArgoCD -KubeConfigPath $config -ManifestPath $folder/new.yaml -DryRun Server)
        Show (Update-ArgoCD -KubeConfigPath $config -ManifestPath $folder/new.yaml)
        foreach ($i in 1, 2) {
            $result = Invoke-GitOpsBootstrap prod dc11a -RepositoryPath $root -KubeConfigPath $config -ManifestPath $folder/new.yaml -RegisterCluster -WarningAction SilentlyContinue
            "$($result.Succeeded) $($result.Changed)"
        }
        $removed = Uninstall-ArgoCD -KubeConfigPath $config -Timeout 60 -Confirm:$false
        "$($removed.Succeeded)"
        (Test-ClusterPrerequisite -KubeConfigPath $config | Where-Object Name -EQ Installation).Message
        """;

    [Fact]
    public async Task InstalledUpdatedBootstrappedAndRemoved()
    {
        RealCluster? started = await RealCluster.TryStartAsync();
        Assert.SkipWhen(started is null, RealCluster.NotThere);
        await using RealCluster cluster = started!;
        using TemporaryFolder folder = new();
        _ = AuditLogFile.Path;
        folder.Write("old.yaml", ArgoCDManifest.Create("v3.4.0"));
        folder.Write("new.yaml", ArgoCDManifest.Create());
        using ModuleRunspace session = new();

        ScriptResult result = session.Run(Script, RepositoryRoot.Path, folder.Path, cluster.WriteKubeConfig());

        Assert.Empty(result.Errors);
        Assert.Equal(
            [">v3.4.0 True", "v3.4.0>v3.4.0 False", "v3.4.0>v3.5.1 True", "v3.4.0>v3.5.1 True", "True True", "True False", "True", "There is no Argo CD yet."],
            result.Output.Select(o => o.ToString()));
    }
}
