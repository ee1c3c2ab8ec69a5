using System.Management.Automation;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Prerequisites;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>Checks whether a cluster has what a bootstrap, or an overlay, needs. Changes nothing.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ClusterPrerequisite")]
[OutputType(typeof(PrerequisiteResult))]
public sealed class TestClusterPrerequisiteCommand : ClusterCmdlet
{
    /// <summary>The overlay that the cluster is to get; what every bootstrap needs is checked where it is left out.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Argo CD's namespace; the one that the overlay's Application names, or <c>argocd</c>, where it is left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Namespace { get; set; }

    /// <summary>Argo CD is not going to be installed.</summary>
    [Parameter]
    public SwitchParameter SkipArgoCD { get; set; }

    /// <summary>An Argo CD that another tool installed is going to be taken over.</summary>
    [Parameter]
    public SwitchParameter Adopt { get; set; }

    /// <summary>Fields that others own are going to be taken over.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        string? path = Path is null ? null : SessionPaths.ResolveLiteral(SessionState, Path);
        IReadOnlyList<PrerequisiteResult> results = Read(async (cluster, progress, token) =>
            await ClusterPrerequisites.TestAsync(cluster, await RequestAsync(path, token).ConfigureAwait(false), progress, token).ConfigureAwait(false));
        WriteObject(results, enumerateCollection: true);
    }

    private async Task<PrerequisiteRequest> RequestAsync(string? path, CancellationToken cancellationToken)
    {
        PrerequisiteRequest request = new() { InstallsArgoCD = !SkipArgoCD, Adopt = Adopt, Force = Force };
        if (path is null)
        {
            return Namespace is null ? request : request with { Namespace = Namespace };
        }

        PreparedOverlay overlay = await new OverlayDeployer(Builders.For(new KustomizeOptions())).PrepareAsync(path, cancellationToken).ConfigureAwait(false);
        if (overlay.Rendered is null)
        {
            // What an overlay needs that cannot be rendered, nobody can tell.
            OverlayDeployer.RequireValid(overlay, skipValidation: true);
        }

        string? named = Namespace ?? SelfManagement.Find(overlay.Objects, overlay.Target.RelativePath)?.DestinationNamespace;
        return request with { Objects = overlay.Objects, Namespace = string.IsNullOrEmpty(named) ? request.Namespace : named };
    }
}
