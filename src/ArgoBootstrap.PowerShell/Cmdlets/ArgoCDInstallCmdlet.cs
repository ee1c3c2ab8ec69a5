using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.PowerShell.Commands.Bootstrap;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that brings Argo CD to a version: with its manifest in process, or with a chart through helm.</summary>
public abstract class ArgoCDInstallCmdlet : ArgoCDSetupCmdlet
{
    /// <summary>The overlay that Argo CD is configured by, which says chart, values, version and namespace.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The environment whose overlay it is, instead of its path.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EnvironmentCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Environment { get; set; }

    /// <summary>The cluster whose overlay it is; left out, that of an environment without named clusters.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClusterCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Cluster { get; set; }

    /// <summary>A path in the repository; the session's location where it is left out.</summary>
    [Parameter]
    [Alias("RepositoryRoot")]
    [ValidateNotNullOrEmpty]
    public string? RepositoryPath { get; set; }

    /// <summary>Where Argo CD runs; as the overlay says, or <c>argocd</c>, where it is left out.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Namespace { get; set; }

    /// <summary>The release whose manifest is downloaded.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ArgoCDVersionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    /// <summary>The manifest's SHA-256, where it is not known to the module.</summary>
    [Parameter]
    [ValidatePattern("^[0-9A-Fa-f]{64}$")]
    public string? Sha256 { get; set; }

    /// <summary>Goes to an older version than the one that is there.</summary>
    [Parameter]
    public SwitchParameter AllowDowngrade { get; set; }

    /// <summary>Asks the API server what would change, and changes nothing.</summary>
    [Parameter]
    public DryRunMode DryRun { get; set; }

    /// <summary>What the question and the audit log call it.</summary>
    private protected abstract string Verb { get; }

    /// <summary>Whether the manifest is asked for that has several replicas of everything.</summary>
    private protected virtual bool IsHighlyAvailable => false;

    /// <summary>Brings Argo CD to its version.</summary>
    /// <param name="installer">Knows manifests and charts.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="options">How.</param>
    /// <param name="present">What is there; <see langword="null"/> for nothing.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    private protected abstract Task<ArgoCDInstallResult> RunAsync(
        ArgoCDInstaller installer, TargetCluster cluster, ArgoCDInstallOptions options, ArgoCDInstallation? present, IProgress<OperationProgress> progress, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        RestartTime();
        ArgoCDSource source = Run((_, _, token) => Sources().ReadAsync(token));
        ArgoCDInstallOptions options = source.Options with
        {
            AllowDowngrade = AllowDowngrade, Adopt = Adopt, Force = Force, DryRun = DryRun == DryRunMode.Server, Wait = Wait, Timeout = Timeout,
        };
        ArgoCDInstaller installer = new(helm: HelmProgram.Resolve(SessionState, HelmCommand));
        string target = $"Argo CD in namespace {options.Namespace}";
        if (options.DryRun)
        {
            Write(Read((cluster, progress, token) => WorkAsync(installer, cluster, source, options, progress, token)), options);
            return;
        }

        ArgoCDInstallPlan plan = Run((_, _, token) => installer.PlanAsync(options, ConnectionOptions(), token));
        string what = options.Chart is { } chart ? $"the chart {chart} as release {chart.ReleaseName}" : $"{(plan.Version.Length > 0 ? $"version {plan.Version} from " : "")}{options.Manifest}";
        if (ShouldProcess($"{ContextText}: {target}", $"{Verb}: {what}"))
        {
            if (Adopt && !ShouldRemoveAdopted(target, Read((cluster, progress, token) => WorkAsync(installer, cluster, source, options with { DryRun = true }, progress, token)).Result.Applied?.Objects ?? []))
            {
                return;
            }

            Write(
                Change(
                    target,
                    (cluster, progress, token) => WorkAsync(installer, cluster, source, options, progress, token),
                    done => (true, done.Result.Message)),
                options);
        }
        else if (IsWhatIf)
        {
            if (!plan.IsComplete)
            {
                WriteWarning($"{options.Manifest} is not kept on this machine, and is not downloaded for a plan: the objects that it brings are not listed.");
            }

            ClusterOverlay? overlay = source.Overlay?.Target.Overlay;
            string context = ContextName;
            string path = source.Overlay?.Target.RelativePath ?? "";
            WriteObject(plan with
            {
                Environment = overlay?.Environment,
                Cluster = overlay?.Cluster,
                Context = context,
                Overlay = path,
                Objects = [.. plan.Objects.Select(o => o with { Environment = overlay?.Environment, Cluster = overlay?.Cluster, Context = context })],
            });
        }
    }

    private async Task<(ArgoCDInstallResult Result, IReadOnlyList<string> Left)> WorkAsync(
        ArgoCDInstaller installer, TargetCluster cluster, ArgoCDSource source, ArgoCDInstallOptions options, IProgress<OperationProgress> progress, CancellationToken cancellationToken)
    {
        if (source.Overlay is { } overlay && !options.Force)
        {
            await OverlayGuard.RequireOwnAsync(cluster, source.Application, overlay.Target.RelativePath, options.Namespace, cancellationToken).ConfigureAwait(false);
        }

        ArgoCDInstallation? present = (await ArgoCDDetector.FindAsync(cluster, options.Namespace, cancellationToken).ConfigureAwait(false)).FirstOrDefault(f => f.Namespace == options.Namespace);
        ArgoCDInstallResult result = await RunAsync(installer, cluster, options, present, progress, cancellationToken).ConfigureAwait(false);
        HashSet<string> brought =
        [
            .. (result.Applied?.Objects ?? []).Select(o => o.Reference).Concat(result.Removed.Select(o => o.Reference)).Where(r => r.Type.Group == "apps").Select(r => r.Name),
        ];
        return (result, result.Applied is null || present is null ? [] : [.. present.Workloads.Where(name => !brought.Contains(name))]);
    }

    private void Write((ArgoCDInstallResult Result, IReadOnlyList<string> Left) done, ArgoCDInstallOptions options)
    {
        if (done.Left.Count > 0)
        {
            WriteWarning($"Not part of this version, and left as it is: {string.Join(", ", done.Left)} in namespace {options.Namespace}. Update-ArgoCD deletes it.");
        }

        if (options.Method == ArgoCDInstallMethod.Manifest && options.Manifest is { Url: not null, Sha256: "" } && done.Result.ManifestSha256.Length > 0)
        {
            WriteWarning($"The checksum of {options.Manifest} is not known to this module. Pin what was used now with -Sha256 {done.Result.ManifestSha256}.");
        }

        WriteObject(done.Result);
    }

    private ArgoCDSources Sources() => new()
    {
        OverlayPath = Path is null ? null : SessionPaths.ResolveLiteral(SessionState, Path),
        RepositoryPath = SessionPaths.RepositoryPath(SessionState, RepositoryPath),
        Environment = Environment,
        Cluster = Cluster,
        Namespace = Namespace,
        Method = Method,
        Version = Version,
        Sha256 = Sha256,
        ManifestPath = ManifestPath is null ? null : SessionPaths.ResolveLiteral(SessionState, ManifestPath),
        ChartPath = ChartPath is null ? null : SessionPaths.ResolveLiteral(SessionState, ChartPath),
        IsHighlyAvailable = IsHighlyAvailable,
    };
}
