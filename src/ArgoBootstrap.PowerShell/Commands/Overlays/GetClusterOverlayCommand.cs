using System.Management.Automation;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Overlays;

/// <summary>Lists what the clusters of a repository get: an overlay for each.</summary>
[Cmdlet(VerbsCommon.Get, "ClusterOverlay")]
[OutputType(typeof(ClusterOverlay))]
public sealed class GetClusterOverlayCommand : RepositoryCmdlet
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Names of clusters, with wildcards. Left out, environments without named clusters are listed as well.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Cluster")]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Names of environments, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Environment { get; set; }

    /// <summary>Names of applications, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ApplicationCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Application { get; set; }

    /// <summary>Lists the overlays that the clusters of an environment share, too, which no cluster gets by itself.</summary>
    [Parameter]
    public SwitchParameter IncludeShared { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        NameFilter names = new(Name);
        NameFilter environments = new(Environment);
        NameFilter applications = new(Application);
        foreach (ClusterOverlay overlay in Overlays(OpenRepository()))
        {
            if ((IncludeShared || overlay.Kind != OverlayKind.Shared)
                && names.Accepts(overlay.Cluster)
                && environments.Accepts(overlay.Environment)
                && applications.Accepts(overlay.Application))
            {
                names.Count(overlay.Cluster);
                environments.Count(overlay.Environment);
                WriteObject(overlay);
            }
        }

        ReportMissing(names, "cluster", Environment is null ? "Get-ClusterOverlay without parameters lists them all." : "The cluster may belong to another environment.");
        ReportMissing(environments, "environment", "Get-GitOpsRepository shows the environments.");
    }

    /// <summary>Names that come through the pipeline ask for the list again and again.</summary>
    private IEnumerable<ClusterOverlay> Overlays(GitOpsRepository repository)
    {
        bool isContinued = !_asked.Add(repository.Root);
        return MyInvocation.ExpectingInput ? repository.GetKnownOverlays(isContinued, CancellationToken) : repository.GetOverlays(CancellationToken);
    }

    private void ReportMissing(NameFilter filter, string what, string remedy)
    {
        foreach (string name in filter.Unmatched)
        {
            OperationException exception = new(
                ErrorIds.OverlayNotFound, $"No overlay matches the {what} '{name}'.", remedy, name);
            foreach (ErrorRecord record in Errors.ErrorRecords.From(exception))
            {
                WriteError(record);
            }
        }
    }
}
