using System.Diagnostics;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Rendering.Engines;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>Renders, validates and applies an overlay, and waits until what it brings is ready.</summary>
/// <param name="builder">Builds overlays; one with kustomize's defaults when null.</param>
public sealed class OverlayDeployer(KustomizeBuilder? builder = null)
{
    private const string DefaultArgoNamespace = "argocd";

    private readonly BuiltInEngine _engine = new(builder);

    /// <summary>Renders and validates an overlay. Needs no cluster.</summary>
    /// <param name="path">Absolute path of the overlay's folder or kustomization file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The overlay. Errors in it are findings, not exceptions.</returns>
    /// <exception cref="OperationException"><see cref="ErrorIds.OverlayNotFound"/>: there is none at the path.</exception>
    /// <exception cref="OperationException"><see cref="ErrorIds.InvalidRequest"/>: the path means more than one overlay.</exception>
    public async Task<PreparedOverlay> PrepareAsync(string path, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<OverlayTarget> targets = Targets(path, cancellationToken);
        if (targets.Count > 1)
        {
            throw new OperationException(
                ErrorIds.InvalidRequest,
                $"'{path}' means {targets.Count} overlays, and a cluster gets one of them.",
                $"Name one, such as {targets[0].RelativePath}.");
        }
        OverlayTarget target = targets[0];
        (OverlayRenderResult rendering, IReadOnlyList<Finding> findings) = await new OverlayValidator(_engine).TestOneAsync(target, cancellationToken).ConfigureAwait(false);
        return new PreparedOverlay { Target = target, Rendered = rendering.Rendered, Findings = findings, Objects = Objects(rendering) };
    }

    /// <summary>Applies an overlay that was prepared, and waits for it. Safe to run again at any point.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="overlay">The overlay.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told of each object.</param>
    /// <param name="cancellationToken">Stops it; what has been applied stays.</param>
    /// <returns>What became of each object; one that failed is a result, not an exception.</returns>
    /// <exception cref="OperationException"><see cref="ErrorIds.OverlayInvalid"/>, or the cluster cannot be reached or refuses who asks.</exception>
    public async Task<OverlayDeployment> DeployAsync(
        TargetCluster cluster, PreparedOverlay overlay, OverlayDeployOptions options, IProgress<OperationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        RequireValid(overlay, options.SkipValidation);
        if (!options.Force)
        {
            await RequireOwnAsync(cluster, overlay, options.DefaultNamespace, cancellationToken).ConfigureAwait(false);
        }
        long started = Stopwatch.GetTimestamp();
        string activity = $"{(options.DryRun ? "Comparing" : "Applying")} {overlay.Target.RelativePath}";
        var apply = new ApplyOptions
        {
            DryRun = options.DryRun, Force = options.Force, DefaultNamespace = options.DefaultNamespace, AdoptFrom = options.AdoptFrom, Overrule = options.Overrule, Parallelism = options.Parallelism,
            AwaitDefinitions = options.Wait,
        };
        ApplyResult applied = await cluster.Applier.ApplyAsync(
            overlay.Objects, apply, ProgressRelay<ApplyProgress>.To(progress, p => new OperationProgress(activity, $"{p.Latest.Reference}: {p.Latest.Action}", p.Done, p.Total)), cancellationToken).ConfigureAwait(false);
        WaitResult? waited = null;
        if (options.Wait && !options.DryRun && applied.Succeeded)
        {
            waited = await WaitAsync(cluster, applied, options, progress, cancellationToken).ConfigureAwait(false);
        }
        return new OverlayDeployment
        {
            Overlay = overlay.Target.RelativePath,
            Environment = overlay.Target.Overlay?.Environment,
            Cluster = overlay.Target.Overlay?.Cluster,
            Context = cluster.Connection.Context,
            Findings = overlay.Findings,
            Applied = applied,
            Waited = waited,
            Duration = Stopwatch.GetElapsedTime(started),
        };
    }

    /// <summary>Refuses an overlay of another cluster. What belongs to no cluster of the layout, and brings no Application that manages one, goes anywhere.</summary>
    private static async Task RequireOwnAsync(TargetCluster cluster, PreparedOverlay overlay, string ns, CancellationToken cancellationToken)
    {
        SelfManagement? application = SelfManagement.Find(overlay.Objects, overlay.Target.RelativePath);
        if (overlay.Target.Overlay is null && application is null)
        {
            return;
        }
        string named = application?.DestinationNamespace is { Length: > 0 } destination ? destination : ns.Length > 0 ? ns : DefaultArgoNamespace;
        try
        {
            await OverlayGuard.RequireOwnAsync(cluster, application, overlay.Target.RelativePath, named, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationException e) when (e.Id == ClusterErrorIds.Forbidden && application is null)
        {
            // Who deploys a single application may not have to see those of Argo CD.
        }
    }

    /// <summary>Refuses an overlay that cannot be rendered, or that validation found errors in.</summary>
    /// <param name="overlay">The overlay.</param>
    /// <param name="skipValidation">Whether errors that leave something to apply do not count.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.OverlayInvalid"/></exception>
    public static void RequireValid(PreparedOverlay overlay, bool skipValidation)
    {
        if (overlay.IsValid || (skipValidation && overlay.Rendered is not null))
        {
            return;
        }
        Finding[] errors = [.. overlay.Findings.Where(f => f.Severity == DiagnosticSeverity.Error)];
        string first = errors.Length > 0 ? $" First: {errors[0]}" : "";
        throw new OperationException(
            ErrorIds.OverlayInvalid,
            $"The overlay {overlay.Target.RelativePath} {(overlay.Rendered is null ? "cannot be rendered" : "is not valid")}: {errors.Length} errors.{first}",
            errors.Length > 0 ? $"{errors[0].Remedy} Test-KustomizeOverlay shows all findings." : "Render it with Build-KustomizeOverlay and correct what it names.");
    }

    /// <summary>A folder with a kustomization of its own means that, whatever lies below it: a cluster gets one overlay.</summary>
    private static IReadOnlyList<OverlayTarget> Targets(string path, CancellationToken cancellationToken) =>
        new OverlayDiscovery().Find(GitOpsLayout.FindKustomization(path) ?? path, cancellationToken);

    private static Task<WaitResult> WaitAsync(TargetCluster cluster, ApplyResult applied, OverlayDeployOptions options, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        ObjectReference[] awaited = [.. applied.Objects.Select(o => o.Reference)
            .Where(r => ReadinessRules.TakesTime(r.Type) && (options.WaitForApplications || r.Type is not { Group: "argoproj.io", Kind: "Application" }))];
        return cluster.Waiter.WaitUntilReadyAsync(
            awaited,
            new WaitOptions { Timeout = options.Timeout, DefaultNamespace = options.DefaultNamespace },
            ProgressRelay<WaitProgress>.To(progress, p => new OperationProgress("Waiting", $"{p.Reference}: {p.Readiness.Message}", p.Done, p.Total)),
            cancellationToken);
    }

    private static IReadOnlyList<ClusterObject> Objects(OverlayRenderResult rendering) =>
        rendering.Rendered is { } rendered ? [.. rendered.Resources.Select(ResourceJson.ToClusterObject)] : [];
}
