using System.Collections;
using System.Management.Automation;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Errors;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>Takes clusters, empty or not, to an Argo CD that manages itself from its overlay.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "GitOpsBootstrap", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(BootstrapResult), typeof(BootstrapPlan))]
public sealed partial class InvokeGitOpsBootstrapCommand : ArgoCDSetupCmdlet, IBuildFlags
{
    private readonly List<FleetMember> _members = [];
    private BootstrapServices? _services;

    /// <summary>The environment.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    [AllowEmptyString]
    [AllowNull]
    public string? Environment { get; set; } = "";

    /// <summary>The cluster; left out, that of an environment without named clusters.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    [AllowEmptyString]
    [AllowNull]
    public string? Cluster { get; set; }

    /// <summary>A path in the repository; the session's location where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RepositoryRoot")]
    [ValidateNotNullOrEmpty]
    public string? RepositoryPath { get; set; }

    /// <summary>User and password, or token, with which Argo CD reads the repository that the settings name.</summary>
    [Parameter]
    [ValidateNotNull]
    [Credential]
    public PSCredential? RepositoryCredential { get; set; }

    /// <summary>Registers each cluster with its own Argo CD, under its name.</summary>
    [Parameter]
    public SwitchParameter RegisterCluster { get; set; }

    /// <summary>Labels of the registration, by which ApplicationSets choose clusters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Label")]
    [ValidateNotNull]
    public IDictionary? ClusterLabel { get; set; }

    /// <summary>Annotations of the registration.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Annotation")]
    [ValidateNotNull]
    public IDictionary? ClusterAnnotation { get; set; }

    /// <summary>Installs no Argo CD and applies no overlay of it.</summary>
    [Parameter]
    public SwitchParameter SkipArgoCD { get; set; }

    /// <summary>Goes on although validation found errors.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>The largest number of clusters that are worked on at a time.</summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 10;

    private BootstrapServices Services => _services ??= new BootstrapServices(Builders.For(this.ToOptions(SessionState)), helm: HelmProgram.Resolve(SessionState, HelmCommand));

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        if (string.IsNullOrEmpty(Environment))
        {
            LeaveOut("What has no environment");
            return;
        }

        string path = SessionPaths.RepositoryPath(SessionState, RepositoryPath);
        GitOpsRepository repository = GitOpsRepository.Open(path);
        ClusterOverlay overlay = new OverlayPathResolver(repository).Resolve(Environment, string.IsNullOrEmpty(Cluster) ? null : Cluster);
        if (overlay.Kind == OverlayKind.Shared && MyInvocation.ExpectingInput)
        {
            LeaveOut(overlay.RelativePath);
            return;
        }

        ClusterConnectionOptions connection = ConnectionOptions();
        if (_members.Any(m => m.Overlay.Path == overlay.Path && m.IsAt(connection)))
        {
            WriteVerbose($"{overlay.RelativePath} was named before.");
            return;
        }

        FleetMember member = new(overlay, Request(repository, overlay), connection);
        bool isAccepted = ShouldProcess($"{ContextText}: {overlay.RelativePath}", "Bootstrap the cluster");
        if (isAccepted || IsWhatIf)
        {
            _members.Add(member);
        }

        if (!isAccepted && IsWhatIf)
        {
            WritePlan(ClusterOperation.Run(this, (_, _, token) => new GitOpsBootstrapper(Services).PlanAsync(member.Request, connection, token), CancellationToken));
        }
    }

    /// <summary>Works on all clusters when it is known which go where.</summary>
    protected override void ProcessEnd()
    {
        RequireOneOverlayEach();
        if (_members.Count > 0 && !IsWhatIf)
        {
            AuditLog.RequireWritable();
            using TerminationGuard guard = TerminationGuard.Enter(Cancel);
            BootstrapFleet fleet = new(new GitOpsBootstrapper(Services, AuditLog), AuditLog.FilePath, ThrottleLimit);
            ClusterOperation.Run(this, (writer, _, token) => fleet.RunAsync(_members, writer, token), CancellationToken);
        }
    }

    /// <summary>Passes over what the pipeline brings, such as results of a test, and no cluster gets by itself.</summary>
    private void LeaveOut(string what)
    {
        if (!MyInvocation.ExpectingInput)
        {
            throw Unfitting("-Environment is empty.", "Name the environment; Get-GitOpsRepository shows which there are.");
        }

        WriteVerbose($"{what} is left out: no cluster gets it by itself.");
    }

    private void WritePlan(BootstrapPlan plan)
    {
        foreach (string finding in plan.Findings.Where(f => f.Severity == DiagnosticSeverity.Error).Select(f => f.ToString()))
        {
            WriteWarning(SkipValidation ? finding : $"The bootstrap would stop at Validate: {finding}");
        }

        WriteObject(plan);
    }

    /// <summary>
    /// Refuses clusters that would go to the same place: without a context each, all become the current one, and whichever
    /// came first would be set up as a cluster that it is not. Two contexts may lead to one cluster as well.
    /// </summary>
    private void RequireOneOverlayEach()
    {
        LeaveAlone(_members.GroupBy(m => m.Place), place => place.First().Connection.Context is { Length: > 0 } context ? $"context '{context}'" : "the current context");
        if (_members.Count < 2 || IsWhatIf)
        {
            return;
        }

        IReadOnlyList<string> places = ClusterOperation.Run(this, (_, _, token) => ClusterPlaces.FindAsync([.. _members.Select(m => m.Connection)], token), CancellationToken);
        LeaveAlone(
            _members.Zip(places).GroupBy(p => p.Second, p => p.First).Where(g => g.Select(m => m.Overlay.Path).Distinct().Count() > 1),
            place => $"one cluster, to which {string.Join(" and ", place.Select(m => m.Connection.Context.Length > 0 ? $"context '{m.Connection.Context}'" : "the current context").Distinct())} lead,");
    }

    private void LeaveAlone(IEnumerable<IGrouping<string, FleetMember>> places, Func<IGrouping<string, FleetMember>, string> where)
    {
        foreach (IGrouping<string, FleetMember> place in places.Where(g => g.Count() > 1).ToArray())
        {
            string names = string.Join(", ", place.Select(m => m.Name));
            foreach (FleetMember member in place)
            {
                _members.Remove(member);
                WriteError(ErrorRecords.From(
                    ErrorIds.InvalidRequest,
                    $"{member.Name} was left alone: {where(place)} was named for several clusters: {names}.",
                    "Give each cluster its context: Get-ClusterOverlay | Invoke-GitOpsBootstrap -Context { $_.Cluster }.",
                    member.Name));
            }
        }
    }
}
