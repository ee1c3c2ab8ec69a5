using System.Management.Automation;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Repository;

/// <summary>Finds the overlay of an environment and, where one is named, a cluster.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "OverlayPath")]
[OutputType(typeof(ClusterOverlay))]
public sealed class ResolveOverlayPathCommand : RepositoryCmdlet
{
    /// <summary>The environment.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    [ValidateNotNullOrEmpty]
    public string Environment { get; set; } = "";

    /// <summary>The cluster; left out, the overlay that the whole environment has.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    [AllowEmptyString]
    [AllowNull]
    public string? Cluster { get; set; }

    /// <summary>The application; <c>argocd</c> where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApplicationCompleter))]
    [ValidateNotNullOrEmpty]
    public string Application { get; set; } = GitOpsLayout.ArgoCDApplication;

    /// <inheritdoc/>
    protected override void ProcessInput() =>
        WriteObject(new OverlayPathResolver(OpenRepository()).Resolve(Environment, string.IsNullOrEmpty(Cluster) ? null : Cluster, Application));
}
