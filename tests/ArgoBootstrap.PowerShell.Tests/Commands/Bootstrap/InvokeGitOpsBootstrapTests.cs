using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

public sealed class InvokeGitOpsBootstrapTests : IAsyncLifetime
{
    private const string Show = " | ForEach-Object { \"$($_.Cluster) $($_.Succeeded) $($_.Changed)\" }";
    private const string Changes = " | ForEach-Object Steps | Where-Object Changed | ForEach-Object { \"$($_.Name)\" }";

    private ClusterFixture _cluster = null!;

    public async ValueTask InitializeAsync()
    {
        _cluster = await ClusterFixture.StartAsync();
        _cluster.Write("install.yaml", ArgoCDManifest.Create());
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task ACluster_IsSetUpAndASecondRunChangesNothing()
    {
        ScriptResult first = Run("-RegisterCluster -ClusterLabel @{ environment = 'prod'; canary = $true } -RepositoryCredential $credential -Verbose" + Changes);
        ScriptResult second = Run("-RegisterCluster -ClusterLabel @{ environment = 'prod'; canary = $true } -RepositoryCredential $credential" + Show);

        Assert.Empty(first.Errors);
        Assert.Equal(["Install", "RepositoryCredentials", "Overlay", "Registration"], first.Output.Select(o => o.ToString()));
        Assert.Equal("dc11a True False", Assert.Single(second.Output).ToString());
        Assert.NotNull(await _cluster.GetAsync("/apis/apps/v1/namespaces/argocd/deployments/argocd-server"));
        string? secrets = await _cluster.GetAsync("/api/v1/namespaces/argocd/secrets?labelSelector=argocd.argoproj.io/secret-type=cluster");
        Assert.Contains("\"environment\":\"prod\"", secrets, StringComparison.Ordinal);
        Assert.Contains("\"canary\":\"true\"", secrets, StringComparison.Ordinal);
        SecretText.AssertAbsent(AuditLines.Concat(first.Verbose).Concat(first.Warnings).Concat(first.Progress.Select(p => p.ToString())));
    }

    [Fact]
    public void EveryStepThatChanges_IsALineOfTheAuditLogAndTheResultFindsThem()
    {
        string targets = _cluster.Session.Value<string>(
            $"param($root, $config) $result = Invoke-GitOpsBootstrap prod dc11a -RepositoryPath $root -KubeConfigPath $config -ManifestPath ./install.yaml -Timeout 30; (Get-BootstrapAuditLog -CorrelationId $result.CorrelationId).Target -join '; '",
            RepositoryRoot.Path,
            _cluster.KubeConfig);

        Assert.Equal("Install apps/system/overlays/prod/dc11a/argocd; Overlay apps/system/overlays/prod/dc11a/argocd", targets);
        Assert.All(AuditLines, line => Assert.Contains("\"Timeout\":\"00:00:30\"", line, StringComparison.Ordinal));
        Assert.All(AuditLines, line => Assert.Contains("\"context\":\"test\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Progress_NamesTheCluster() =>
        Assert.All(Run("").Progress, record => Assert.StartsWith("prod/dc11a: ", record.Activity, StringComparison.Ordinal));

    [Fact]
    public void WhatIf_NeedsNoClusterAndTellsTheSteps()
    {
        string steps = _cluster.Session.Value<string>(
            "(Invoke-GitOpsBootstrap prod dc11a -RepositoryPath $args[0] -KubeConfigPath ./none -ManifestPath ./install.yaml -RepositoryCredential $args[1] -RegisterCluster -WhatIf).Steps.Name -join ' '",
            RepositoryRoot.Path,
            SecretText.Credential());

        Assert.Equal("Preflight Validate Install RepositoryCredentials Overlay Registration", steps);
        Assert.Equal(0, _cluster.Writes);
        Assert.Empty(AuditLines);
    }

    [Fact]
    public void WhatIf_ShowsTheCommandThatAChartNeedsWithoutItsValues()
    {
        string message = _cluster.Session.Value<string>(
            "(Invoke-GitOpsBootstrap prod dc11a -RepositoryPath $args[0] -Context dc11a -WhatIf).Steps.Where{ $_.Name -eq 'Install' }.Message", RepositoryRoot.Path);

        Assert.StartsWith("Run helm upgrade argocd argo-cd --install --values -", message, StringComparison.Ordinal);
        Assert.Contains("--kube-context dc11a", message, StringComparison.Ordinal);
    }

    [Fact]
    public void SkipArgoCD_LeavesOnlyTheChecks()
    {
        ScriptResult result = Run("-SkipArgoCD" + Show);

        Assert.Empty(result.Errors);
        Assert.Equal("dc11a True False", Assert.Single(result.Output).ToString());
        Assert.Null(AuditLines.FirstOrDefault(line => line.Contains("Overlay", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task SkipArgoCD_WithFlux_InstallsFluxAlone()
    {
        _cluster.Write("flux.yaml", """
            apiVersion: v1
            kind: Namespace
            metadata: {name: flux-system}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: source-controller, namespace: flux-system, labels: {app.kubernetes.io/component: source-controller} }
            spec:
              selector: {matchLabels: {app: source-controller} }
              template:
                metadata: {labels: {app: source-controller} }
                spec: {containers: [{name: manager, image: "ghcr.io/fluxcd/source-controller:v1.7.3"}]}
            """);

        ScriptResult result = _cluster.Session.Run(
            "Invoke-GitOpsBootstrap prod dc11a -RepositoryPath $args[0] -KubeConfigPath $args[1] -SkipArgoCD -InstallFlux -FluxManifestPath ./flux.yaml -FluxComponent source-controller" + Changes, RepositoryRoot.Path, _cluster.KubeConfig);

        Assert.Empty(result.Errors);
        Assert.Equal("Flux", Assert.Single(result.Output).ToString());
        Assert.NotNull(await _cluster.GetAsync("/apis/apps/v1/namespaces/flux-system/deployments/source-controller"));
        Assert.Null(await _cluster.GetAsync("/api/v1/namespaces/argocd"));
    }

    [Fact]
    public void WhatIf_TellsOfFluxAndFleet()
    {
        string plan = _cluster.Session.Value<string>(
            "(Invoke-GitOpsBootstrap prod dc11a -RepositoryPath $args[0] -SkipArgoCD -InstallFlux -FluxVersion v2.7.3 -InstallFleet -FleetVersion 0.14.0 -WhatIf).Steps.Where{ $_.Name -in 'Flux', 'Fleet' }.Message -join ' '", RepositoryRoot.Path);

        Assert.Contains("v2.7.3", plan, StringComparison.Ordinal);
        Assert.Contains("0.14.0", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void AHelmThatIsNotThere_IsAnErrorOfTheStepAndTheRestIsNotRun()
    {
        ScriptResult result = _cluster.Session.Run(
            "Invoke-GitOpsBootstrap prod dc11a -RepositoryPath $args[0] -KubeConfigPath $args[1] -HelmCommand ./no-helm | ForEach-Object Steps | ForEach-Object { \"$($_.Name) $($_.Status)\" }",
            RepositoryRoot.Path,
            _cluster.KubeConfig);

        ErrorRecord error = result.SingleError("ProgramNotFound");
        Assert.Equal("prod/dc11a", error.TargetObject);
        Assert.Contains("Install failed", error.Exception.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal(["Install Failed", "RepositoryCredentials NotRun", "Overlay NotRun"], result.Output.Select(o => o.ToString()).Skip(4).Take(3));
    }

    [Fact]
    public void WhatDoesNotGetReady_IsToldAfterTheTimeout()
    {
        ErrorRecord error = Run("-Wait -Timeout 15").SingleError("WaitTimedOut");

        Assert.Equal(ErrorCategory.OperationTimeout, error.CategoryInfo.Category);
        Assert.Contains("argocd-server", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnIngressClassThatIsNotThereYet_IsAWarning()
    {
        Assert.Contains(Run("").Warnings, warning => warning.Contains("IngressClass traefik", StringComparison.Ordinal));

        await _cluster.PostAsync("/apis/networking.k8s.io/v1/ingressclasses", """{"apiVersion":"networking.k8s.io/v1","kind":"IngressClass","metadata":{"name":"traefik"},"spec":{"controller":"example.com/ingress"}}""");

        Assert.Empty(Run("").Warnings);
    }

    [Theory]
    [InlineData("-Method Helm", "-ManifestPath")]
    [InlineData("-ChartPath .", "-ManifestPath")]
    [InlineData("-ClusterLabel @{ a = 'b' }", "-RegisterCluster")]
    [InlineData("-InstallFlux", "-FluxVersion")]
    [InlineData("-FluxVersion v2.7.3", "-InstallFlux")]
    [InlineData("-InstallFleet", "-FleetVersion")]
    [InlineData("-FleetChartPath ., .", "-InstallFleet")]
    public void ParametersThatDoNotFit_AreRefused(string parameters, string named)
    {
        ErrorRecord error = Run(parameters).SingleError("InvalidRequest");

        Assert.Contains(named, error.Exception.Message + error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.Equal(0, _cluster.Writes);
    }

    [Fact]
    public void AnotherClustersOverlay_IsRefused()
    {
        Assert.Empty(Run("").Errors);

        ErrorRecord error = _cluster.Session.Run("Invoke-GitOpsBootstrap prod dc11b -RepositoryPath $args[0] -KubeConfigPath $args[1] -ManifestPath ./install.yaml", RepositoryRoot.Path, _cluster.KubeConfig).SingleError("OverlayMismatch");

        Assert.Equal("prod/dc11b", error.TargetObject);
        Assert.Contains("apps/system/overlays/prod/dc11a/argocd", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AClusterThatTheRepositoryDoesNotHave_IsAnError() =>
        _cluster.Session.Run("Invoke-GitOpsBootstrap prod dc99 -RepositoryPath $args[0] -KubeConfigPath $args[1]", RepositoryRoot.Path, _cluster.KubeConfig).SingleError("OverlayNotFound");

    [Fact]
    public void WhatClustersShare_IsNoCluster() =>
        _cluster.Session.Run("Invoke-GitOpsBootstrap prod -RepositoryPath $args[0] -KubeConfigPath $args[1] -WhatIf", RepositoryRoot.Path, _cluster.KubeConfig).SingleError("InvalidRequest");

    [Theory]
    [InlineData("Invoke-GitOpsBootstrap ", "dev", "prod")]
    [InlineData("Invoke-GitOpsBootstrap prod ", "dc11a", "dc11b")]
    [InlineData("Invoke-GitOpsBootstrap prod dc11a -Method ", "Helm", "Manifest")]
    public void Completes_WithWhatThereIs(string line, params string[] expected)
    {
        using ModuleRunspace session = new();

        Assert.Equal(expected, session.Complete(line));
    }

    private IReadOnlyList<string> AuditLines => AuditLogFile.Lines(_cluster.Cluster.Address.Authority);

    private ScriptResult Run(string parameters) => _cluster.Session.Run(
        $"param($root, $config, $credential) Invoke-GitOpsBootstrap prod dc11a -RepositoryPath $root -KubeConfigPath $config -ManifestPath ./install.yaml {parameters}",
        RepositoryRoot.Path,
        _cluster.KubeConfig,
        SecretText.Credential());
}
