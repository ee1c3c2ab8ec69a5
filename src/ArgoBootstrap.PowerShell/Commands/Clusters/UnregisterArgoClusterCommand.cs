using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Core.Registration;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Errors;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Clusters;

/// <summary>Makes an Argo CD forget clusters, and takes its access to them away when asked to.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "ArgoCluster", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ClusterUnregistrationResult))]
public sealed class UnregisterArgoClusterCommand : ArgoCDCmdlet
{
    /// <summary>Names of clusters in Argo CD.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Cluster")]
    [ArgumentCompleter(typeof(ArgoCDCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>The cluster's own context: its service account and the rights of that are removed as well.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TargetContext { get; set; }

    /// <summary>The cluster's own kubeconfig; that of Argo CD's cluster where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? TargetKubeConfigPath { get; set; }

    /// <summary>Removes a registration that Applications still use, and takes -TargetContext's word for it that it is the same cluster.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ClusterConnectionOptions? target = TargetContext is null && TargetKubeConfigPath is null ? null : OtherCluster(TargetKubeConfigPath, TargetContext);
        foreach (string name in Name)
        {
            Guard(() => Unregister(name, target));
        }
    }

    private void Unregister(string name, ClusterConnectionOptions? targetOptions)
    {
        if (IsWhatIf)
        {
            string removed = targetOptions is null ? "" : ", and its service account on the cluster";
            ShouldProcess($"{ContextText}: the registration of cluster '{name}' in namespace {Namespace}{removed}", $"Unregister cluster '{name}'");
            return;
        }

        RegisteredCluster cluster = Read((hub, _, token) => ClusterUnregistration.FindAsync(hub, Namespace, name, Force, token));
        string access = targetOptions is null ? "" : $" and {(cluster.ServiceAccount.Length > 0 ? $"service account {cluster.ServiceAccount}" : "what the registration made")} on the cluster";
        if (!ShouldProcess($"{ContextText}: {cluster.Secret}, cluster '{name}' at {cluster.Server}{access}", $"Unregister cluster '{name}'"))
        {
            return;
        }

        if (targetOptions is not null && cluster.ServiceAccount.Length == 0)
        {
            WriteWarning(cluster.Authentication == ClusterAuthentication.ServiceAccountToken
                ? $"The registration of '{name}' does not say which service account it uses, as it was not made by Register-ArgoCluster: nothing is removed on the cluster itself."
                : $"The registration of '{name}' uses no service account: nothing is removed on the cluster itself.");
        }

        ClusterUnregistrationResult result = Change(
            $"cluster {name}",
            (hub, _, token) => UnregisterAsync(hub, targetOptions, cluster, token),
            done => (done.Succeeded, $"{cluster.Server}: {done.Objects.Count(o => o.Action == DeleteAction.Deleted)} objects deleted"));
        WriteObject(result);
        foreach (ObjectDeleteResult item in result.Objects.Where(o => o.Action is DeleteAction.Failed or DeleteAction.Terminating))
        {
            WriteError(ErrorRecords.From(
                item.ErrorId.Length > 0 ? item.ErrorId : ClusterErrorIds.WaitTimedOut,
                item.Action == DeleteAction.Failed ? $"{item.Reference} could not be deleted: {item.Message}" : $"{item.Reference} is not gone yet: {item.Message}",
                item.Remedy.Length > 0 ? item.Remedy : "Look at what holds the object, then delete it by hand.",
                item.Reference.ToString()));
        }
    }

    private async Task<ClusterUnregistrationResult> UnregisterAsync(TargetCluster hub, ClusterConnectionOptions? options, RegisteredCluster cluster, CancellationToken cancellationToken)
    {
        if (options is null || cluster.ServiceAccount.Length == 0)
        {
            return await ClusterUnregistration.RunAsync(hub, null, cluster, Force, cancellationToken).ConfigureAwait(false);
        }

        return await TargetCluster.UseAsync(options, target => ClusterUnregistration.RunAsync(hub, target, cluster, Force, cancellationToken), cancellationToken).ConfigureAwait(false);
    }
}
