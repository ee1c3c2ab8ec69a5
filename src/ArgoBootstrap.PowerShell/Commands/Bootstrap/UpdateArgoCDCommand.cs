using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.PowerShell.Cmdlets;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>Brings an installed Argo CD to another version: CustomResourceDefinitions first, then the rest.</summary>
[Cmdlet(VerbsData.Update, "ArgoCD", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ArgoCDInstallResult), typeof(ArgoCDInstallPlan))]
public sealed class UpdateArgoCDCommand : ArgoCDInstallCmdlet
{
    /// <summary>What the manifest with several replicas of everything has, and the other one has not.</summary>
    private const string HighAvailabilityWorkload = "argocd-redis-ha-server";

    private protected override string Verb => "Update";

    private protected override Task<ArgoCDInstallResult> RunAsync(
        ArgoCDInstaller installer, TargetCluster cluster, ArgoCDInstallOptions options, ArgoCDInstallation? present, IProgress<OperationProgress> progress, CancellationToken cancellationToken)
    {
        // The plain manifest would take the replicas of the other one away.
        bool isHighlyAvailable = options.Method == ArgoCDInstallMethod.Manifest && ManifestPath is null && present is not null && present.Workloads.Contains(HighAvailabilityWorkload);
        ArgoCDInstallOptions kept = isHighlyAvailable ? options with { Manifest = HighlyAvailable(options.Manifest) } : options;
        return new ArgoCDUpdater(installer).UpdateAsync(cluster, kept, progress, cancellationToken);
    }

    private ManifestSource HighlyAvailable(ManifestSource plain)
    {
        ManifestSource source = plain.HighlyAvailable();
        return Sha256 is null ? source : source with { Sha256 = Sha256 };
    }
}
