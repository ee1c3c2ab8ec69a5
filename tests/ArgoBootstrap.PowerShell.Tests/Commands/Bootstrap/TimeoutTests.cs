using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Faults;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

/// <summary><c>-Timeout</c> bounds everything that a cmdlet does, not only its waits.</summary>
public sealed class TimeoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SilentServer _silent = new();
    private readonly ModuleRunspace _session;
    private readonly string _kubeConfig;

    public TimeoutTests()
    {
        _ = AuditLogFile.Path;
        _session = new ModuleRunspace(_folder.Path);
        _kubeConfig = _folder.Write("config", KubeConfigText.Create(_silent.Address, PlantedSecrets.Create("a silent server")));
        SecretScan.IsInput(_kubeConfig);
    }

    public void Dispose()
    {
        _session.Dispose();
        _silent.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Install-ArgoCD -ManifestPath ./m.yaml")]
    [InlineData("Update-ArgoCD -ManifestPath ./m.yaml")]
    [InlineData("Install-ArgoCD -ManifestPath ./m.yaml -DryRun Server")]
    [InlineData("Install-Flux -ManifestPath ./flux.yaml -Component source-controller")]
    [InlineData("Uninstall-ArgoCD -Confirm:$false")]
    [InlineData("Get-ArgoCluster")]
    [InlineData("Deploy-KustomizeOverlay ./o")]
    public void A_server_that_never_answers_ends_the_command_in_time(string command)
    {
        _folder.Write("m.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\n");
        _folder.Write("flux.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: source-controller, namespace: flux-system, labels: {app.kubernetes.io/component: source-controller}}\n");
        _folder.Write("o/kustomization.yaml", "resources: [cm.yaml]\n");
        _folder.Write("o/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: b}\n");

        ScriptResult result = _session.Run($"{command} -KubeConfigPath ./config -Timeout 2");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Contains(error.FullyQualifiedErrorId.Split(',')[0], new[] { "ClusterUnreachable", "WaitTimedOut" });
        // Who waits sees that something is waited for.
        Assert.NotEmpty(result.Progress);
    }
}
