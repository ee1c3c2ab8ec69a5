using System.Management.Automation;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Overlays;

/// <summary>Adds a cluster to a repository: one small file.</summary>
[Cmdlet(VerbsCommon.New, "ClusterOverlay", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ClusterOverlay))]
public sealed class NewClusterOverlayCommand : RepositoryCmdlet
{
    /// <summary>The environment that the cluster belongs to.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    [ValidateNotNullOrEmpty]
    public string Environment { get; set; } = "";

    /// <summary>The cluster's name: lower case letters, digits and hyphens, 63 at most.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Cluster")]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The host under which the cluster's Argo CD is reached.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string IngressHost { get; set; } = "";

    /// <summary>The application; <c>argocd</c> where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApplicationCompleter))]
    [ValidateNotNullOrEmpty]
    public string Application { get; set; } = GitOpsLayout.ArgoCDApplication;

    /// <summary>Writes the overlay of a cluster that has one anew.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ClusterOverlayWriter writer = new(OpenRepository());
        ClusterOverlayPlan plan = writer.Plan(
            new ClusterOverlayRequest(Environment, Name, IngressHost) { Application = Application, Force = Force }, CancellationToken);
        if (ShouldProcess(plan.File, plan.Replaces ? "Replace the overlay" : "Add an overlay"))
        {
            WriteObject(writer.Write(plan));
        }
    }
}
