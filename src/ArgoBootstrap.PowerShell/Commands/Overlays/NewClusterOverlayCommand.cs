using System.Management.Automation;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Commands.Overlays;

/// <summary>Adds a cluster to a repository: one small file.</summary>
[Cmdlet(VerbsCommon.New, "ClusterOverlay", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(ClusterOverlay))]
public sealed class NewClusterOverlayCommand : RepositoryCmdlet
{
    private readonly Dictionary<string, ClusterOverlayWriter> _writers = new(StringComparer.Ordinal);
    private bool _yesToAll;
    private bool _noToAll;

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

    /// <summary>Overwrites an existing overlay, and makes a shared layer of an environment's own overlay without asking.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ClusterOverlayWriter writer = Writer(OpenRepository());
        ClusterOverlayPlan plan = writer.Plan(
            new ClusterOverlayRequest(Environment, Name, IngressHost) { Application = Application, Force = Force }, CancellationToken);
        if (plan.TurnsIntoShared is not null)
        {
            WriteWarning(Consequence(plan));
        }

        if (!ShouldProcess(plan.File, plan.Replaces ? "Replace the overlay" : "Add an overlay"))
        {
            if (IsWhatIf)
            {
                writer.Assume(plan);
            }
        }
        else if (plan.TurnsIntoShared is null || Force || MyInvocation.BoundParameters.ContainsKey("Confirm") || MayTurn(plan))
        {
            WriteObject(writer.Write(plan));
        }
    }

    /// <summary>One for each repository: it knows what the pipeline has added.</summary>
    private ClusterOverlayWriter Writer(GitOpsRepository repository)
    {
        if (!_writers.TryGetValue(repository.Root, out ClusterOverlayWriter? writer))
        {
            _writers.Add(repository.Root, writer = new ClusterOverlayWriter(repository));
        }

        return writer;
    }

    private static string Consequence(ClusterOverlayPlan plan)
    {
        ClusterOverlay shared = plan.TurnsIntoShared!;
        return $"'{plan.Overlay.Cluster}' is the first named cluster of '{shared.Environment}'. {shared.RelativePath}, which is an overlay of its own until now, becomes the layer that the named clusters share: "
            + "Get-ClusterOverlay leaves it out, and no cluster is bootstrapped from it any more. "
            + $"A cluster that runs from it goes on syncing that path, without a name and with what all clusters share: add it as a named cluster, too, and bootstrap it from there.";
    }

    private bool MayTurn(ClusterOverlayPlan plan)
    {
        ClusterOverlay shared = plan.TurnsIntoShared!;
        return Questions.Ask(this, $"Turn {shared.RelativePath} into a shared layer?", $"First named cluster of '{shared.Environment}'", ref _yesToAll, ref _noToAll)
            ?? throw new OperationException(
                ErrorIds.ConfirmationNeeded,
                $"The cluster '{plan.Overlay.Cluster}' would turn {shared.RelativePath} into a shared layer, and this session cannot ask whether it may.",
                "Add -Confirm:$false, or -Force, to add it without being asked.",
                plan.Overlay.RelativePath);
    }
}
