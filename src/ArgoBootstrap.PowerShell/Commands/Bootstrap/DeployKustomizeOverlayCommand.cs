using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Errors;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>Renders, validates and applies overlays, and waits until what they bring is ready.</summary>
[Cmdlet(DeployVerb, "KustomizeOverlay", DefaultParameterSetName = PathParameterSets.Path, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(OverlayDeployment), typeof(PlannedObject))]
public sealed class DeployKustomizeOverlayCommand : ClusterCmdlet, IBuildFlags
{
    /// <summary>An approved verb since PowerShell 6; the reference assembly is older.</summary>
    private const string DeployVerb = "Deploy";

    private readonly List<Deployment> _deployments = [];

    /// <summary>Overlays, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathParameterSets.Path, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Overlays, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathParameterSets.LiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The namespace of objects that name none; the context's where it is left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Namespace { get; set; }

    /// <summary>Asks the API server what would change, field by field, and changes nothing.</summary>
    [Parameter]
    public DryRunMode DryRun { get; set; }

    /// <summary>Applies an overlay although validation found errors. One that cannot be rendered is refused all the same.</summary>
    [Parameter]
    public SwitchParameter SkipValidation { get; set; }

    /// <summary>Takes over what other tools applied of the overlay: what they set and the overlay does not name goes away.</summary>
    [Parameter]
    public SwitchParameter Adopt { get; set; }

    /// <summary>Takes over fields that others own, and applies an overlay of another cluster, instead of failing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Waits until what was applied is ready: kinds are served, workloads run.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long all of it may take, from the first request to the end of the wait: a time span, or seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    private protected override TimeSpan? CallTimeout => Timeout;

    /// <summary>The largest number of objects that are applied at a time.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>Which files a kustomization may read: those in or below its own folder, or any.</summary>
    [Parameter]
    public LoadRestriction LoadRestrictor { get; set; }

    /// <summary>The order of the objects where the kustomization does not say: as <c>kustomize build</c> sorts them, or as they are read.</summary>
    [Parameter]
    public Reorder Reorder { get; set; }

    /// <summary>Gives every object the label <c>app.kubernetes.io/managed-by</c>, as <c>buildMetadata: [managedByLabel]</c> does.</summary>
    [Parameter]
    public SwitchParameter EnableManagedByLabel { get; set; }

    /// <summary>Whether charts under <c>helmCharts</c> may be rendered, which runs helm.</summary>
    [Parameter]
    public SwitchParameter EnableHelm { get; set; }

    /// <summary>The helm binary: a name looked up in the PATH, or a path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string HelmCommand { get; set; } = HelmProgram.Default;

    /// <summary>API versions that charts without <c>apiVersions</c> are told the cluster has.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] HelmApiVersion { get; set; } = [];

    /// <summary>The version of Kubernetes that charts without a <c>kubeVersion</c> are rendered for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HelmKubeVersion { get; set; }

    /// <summary>Renders charts with helm's debug output.</summary>
    [Parameter]
    public SwitchParameter HelmDebug { get; set; }

    /// <summary>When remote bases and files of an earlier build are good enough.</summary>
    [Parameter]
    public RemoteCachePolicy RemoteCachePolicy { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        bool isLiteral = ParameterSetName == PathParameterSets.LiteralPath;
        foreach (string path in isLiteral ? LiteralPath : Path)
        {
            Guard(() =>
            {
                foreach (string resolved in isLiteral ? [SessionPaths.ResolveLiteral(SessionState, path)] : SessionPaths.Resolve(SessionState, path))
                {
                    Guard(() => Prepare(resolved));
                }
            });
        }
    }

    /// <summary>Applies the overlays when it is known which go where.</summary>
    protected override void ProcessEnd()
    {
        RequireOneClusterEach();
        foreach (Deployment deployment in _deployments)
        {
            Guard(() => Deploy(deployment));
        }
    }

    private void Prepare(string path)
    {
        RestartTime();
        OverlayDeployer deployer = new(Builders.For(this.ToOptions(SessionState)));
        PreparedOverlay overlay = Run((_, _, token) => deployer.PrepareAsync(path, token));
        ReportFindings(overlay);
        OverlayDeployer.RequireValid(overlay, SkipValidation);
        if (IsWhatIf && DryRun != DryRunMode.Server)
        {
            _ = ShouldProcess($"{ContextText}: {overlay.Target.RelativePath}", $"Apply {overlay.Objects.Count} objects");
            WriteObject(overlay.PlanFor(ContextName), enumerateCollection: true);
        }
        else
        {
            _deployments.Add(new Deployment(overlay, deployer, KubeConfigPath, Context, ConnectionOptions()));
        }
    }

    private void Deploy(Deployment deployment)
    {
        RestartTime();
        // What came with the overlay through the pipeline is that of the last one by now.
        (KubeConfigPath, Context) = (deployment.KubeConfigPath, deployment.Context);
        (PreparedOverlay overlay, OverlayDeployer deployer) = (deployment.Overlay, deployment.Deployer);
        if (DryRun == DryRunMode.Server)
        {
            Write(Read((cluster, progress, token) => deployer.DeployAsync(cluster, overlay, Options(), progress, token)));
        }
        else if (ShouldProcess($"{ContextText}: {overlay.Target.RelativePath}", $"Apply {overlay.Objects.Count} objects"))
        {
            if (Adopt && !ShouldRemoveAdopted(overlay.Target.RelativePath, Read((cluster, progress, token) => deployer.DeployAsync(cluster, overlay, Options() with { DryRun = true }, progress, token)).Applied.Objects))
            {
                return;
            }

            Write(Change(
                overlay.Target.RelativePath,
                (cluster, progress, token) => deployer.DeployAsync(cluster, overlay, Options(), progress, token),
                result => (result.Succeeded, result.Summary)));
        }
    }

    /// <summary>Refuses overlays of several clusters that would all go to one: a pipeline without a context each sends them to the current one.</summary>
    private void RequireOneClusterEach()
    {
        if (_deployments.Select(d => d.Owner).Where(o => o.Length > 0).Distinct(StringComparer.Ordinal).Count() < 2)
        {
            return;
        }

        IReadOnlyList<string> places = Run((_, _, token) => ClusterPlaces.FindAsync([.. _deployments.Select(d => d.Connection)], token));
        foreach (IGrouping<string, Deployment> place in _deployments.Zip(places).GroupBy(p => p.Second, p => p.First).ToArray())
        {
            string[] owners = [.. place.Select(d => d.Owner).Where(o => o.Length > 0).Distinct(StringComparer.Ordinal)];
            foreach (Deployment deployment in owners.Length > 1 ? place.ToArray() : [])
            {
                _deployments.Remove(deployment);
                WriteError(ErrorRecords.From(
                    ErrorIds.InvalidRequest,
                    $"{deployment.Overlay} was not applied: {(deployment.Context is { } context ? $"context '{context}'" : "the current context")} leads to one cluster, which would get the overlays of several: {string.Join(", ", owners)}.",
                    "Give each cluster its context: Get-ClusterOverlay | Deploy-KustomizeOverlay -Context { $_.Cluster }.",
                    deployment.Overlay.Target.RelativePath));
            }
        }
    }

    private OverlayDeployOptions Options() => new()
    {
        SkipValidation = SkipValidation,
        DryRun = DryRun == DryRunMode.Server,
        AdoptFrom = OverlayDeployOptions.AdoptFromFor(Adopt),
        Force = Force,
        Wait = Wait,
        Timeout = Timeout,
        DefaultNamespace = Namespace ?? "",
        Parallelism = ThrottleLimit,
    };

    /// <summary>What does not stop the deployment is a warning; the rest is told by the error that does.</summary>
    private void ReportFindings(PreparedOverlay overlay)
    {
        foreach (Finding finding in overlay.Findings.Where(f => f.Severity == DiagnosticSeverity.Warning || (f.Severity == DiagnosticSeverity.Error && SkipValidation)))
        {
            WriteWarning(finding.ToString());
        }
    }

    private void Write(OverlayDeployment deployment)
    {
        WriteObject(deployment);
        foreach (ObjectApplyResult item in deployment.Applied.Objects.Where(o => o.Action is ApplyAction.Failed or ApplyAction.Skipped))
        {
            WriteError(ErrorRecords.From(item.ErrorId.Length > 0 ? item.ErrorId : ClusterErrorIds.DependencyFailed, item.Message, item.Remedy, item.Reference.ToString()));
        }

        foreach (ObjectWaitResult item in deployment.Waited?.Objects.Where(o => o.Outcome != WaitOutcome.Done) ?? [])
        {
            bool isTimeout = item.Outcome == WaitOutcome.TimedOut;
            WriteError(ErrorRecords.From(
                isTimeout ? ClusterErrorIds.WaitTimedOut : ClusterErrorIds.WaitFailed,
                $"{item.Reference} {(isTimeout ? $"was not ready within {Timeout.TotalSeconds:0} seconds" : "failed")}: {item.Message}",
                isTimeout ? "Look at the object's events, allow more time with -Timeout, then run this again." : "Look at the object's events and logs, correct what they name, then run this again.",
                item.Reference.ToString()));
        }
    }

    /// <summary>An overlay that is to be applied, and where.</summary>
    private sealed record Deployment(PreparedOverlay Overlay, OverlayDeployer Deployer, string? KubeConfigPath, string? Context, ClusterConnectionOptions Connection)
    {
        /// <summary>The cluster whose overlay it is; empty where it is nobody's in particular.</summary>
        public string Owner { get; } = Overlay.Target.Overlay is { } place ? (place.Cluster is null ? place.Environment : $"{place.Environment}/{place.Cluster}")
            : SelfManagement.Find(Overlay.Objects, Overlay.Target.RelativePath)?.OverlayPath ?? "";
    }
}
