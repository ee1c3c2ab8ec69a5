using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Core.Installers.Flux;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Errors;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>Removes Flux. What it deployed stays.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "Flux", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(FluxUninstallResult))]
public sealed class UninstallFluxCommand : ClusterCmdlet
{
    /// <summary>Where it runs.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Namespace { get; set; } = "flux-system";

    /// <summary>Also deletes the CustomResourceDefinitions, and with them every source, Kustomization and HelmRelease.</summary>
    [Parameter]
    [Alias("IncludeCrds")]
    public SwitchParameter IncludeDefinitions { get; set; }

    /// <summary>Asks the API server what would be deleted, and changes nothing.</summary>
    [Parameter]
    public DryRunMode DryRun { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (DryRun == DryRunMode.Server)
        {
            WriteObject(Read((cluster, _, token) => FluxUninstaller.UninstallAsync(cluster, Namespace, IncludeDefinitions, dryRun: true, token)));
            return;
        }

        string action = IncludeDefinitions
            ? "Delete Flux, and its CustomResourceDefinitions with every object of theirs; keep what it deployed"
            : "Delete Flux; keep its CustomResourceDefinitions, their objects and what it deployed";
        if (!ShouldProcess($"{ContextText}: Flux in namespace {Namespace}", action))
        {
            return;
        }

        FluxUninstallResult result = Change(
            $"Flux in namespace {Namespace}",
            (cluster, _, token) => FluxUninstaller.UninstallAsync(cluster, Namespace, IncludeDefinitions, dryRun: false, token),
            done => (done.Succeeded, $"{done.Objects.Count(o => o.Action == DeleteAction.Deleted)} objects deleted, {done.Kept.Count} kept"));
        WriteObject(result);
        foreach (ObjectDeleteResult item in result.Objects.Where(o => o.Action is DeleteAction.Failed or DeleteAction.Terminating))
        {
            WriteError(ErrorRecords.From(
                item.ErrorId.Length > 0 ? item.ErrorId : ClusterErrorIds.WaitTimedOut,
                item.Action == DeleteAction.Failed ? item.Message : $"{item.Reference} is not gone yet: {item.Message}",
                item.Remedy.Length > 0 ? item.Remedy : "See what holds it (its finalizers, or what is left in it), then run this again.",
                item.Reference.ToString()));
        }
    }
}
