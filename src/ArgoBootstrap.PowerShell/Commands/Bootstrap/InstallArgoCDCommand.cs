using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.PowerShell.Cmdlets;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>Installs Argo CD, or brings an installation to the state that is asked for.</summary>
[Cmdlet(VerbsLifecycle.Install, "ArgoCD", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ArgoCDInstallResult), typeof(ArgoCDInstallPlan))]
public sealed class InstallArgoCDCommand : ArgoCDInstallCmdlet
{
    /// <summary>Installs the manifest that has several replicas of everything.</summary>
    [Parameter]
    [Alias("HA")]
    public SwitchParameter HighAvailability { get; set; }

    private protected override string Verb => "Install";

    private protected override bool IsHighlyAvailable => HighAvailability;

    private protected override Task<ArgoCDInstallResult> RunAsync(
        ArgoCDInstaller installer, TargetCluster cluster, ArgoCDInstallOptions options, ArgoCDInstallation? present, IProgress<OperationProgress> progress, CancellationToken cancellationToken) =>
        installer.InstallAsync(cluster, options, progress, cancellationToken);
}
