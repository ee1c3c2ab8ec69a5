using System.Diagnostics;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Installers.ArgoCD;

/// <summary>Brings an installed Argo CD to another version: versions compared, CustomResourceDefinitions first, then the rest. An Argo CD that manages itself is updated by a commit instead.</summary>
/// <param name="installer">Knows manifests and charts.</param>
public sealed class ArgoCDUpdater(ArgoCDInstaller installer)
{
    /// <summary>Updates Argo CD, and removes what the new version does not have any more of what we installed; with <see cref="ArgoCDInstallOptions.DryRun"/>, tells what would change.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="options">The version to go to, and how.</param>
    /// <param name="progress">Told of each object, and of each line that <c>helm</c> prints.</param>
    /// <param name="cancellationToken">Stops it; a second run completes it.</param>
    /// <exception cref="OperationException">
    /// <see cref="ErrorIds.NotInstalled"/>, <see cref="ErrorIds.DowngradeRefused"/>,
    /// <see cref="ErrorIds.VersionUnknown"/>, or what <see cref="ArgoCDInstaller.InstallAsync"/> throws.
    /// </exception>
    public async Task<ArgoCDInstallResult> UpdateAsync(TargetCluster cluster, ArgoCDInstallOptions options, IProgress<OperationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<ArgoCDInstallation> found = await ArgoCDDetector.FindAsync(cluster, options.Namespace, cancellationToken).ConfigureAwait(false);
        ArgoCDInstallation present = found.FirstOrDefault(f => f.Namespace == options.Namespace) ?? throw new OperationException(
            ErrorIds.NotInstalled,
            $"There is no Argo CD in namespace {options.Namespace} of {cluster.Connection.Server}.",
            found.Count > 0 ? $"Use -Namespace {found[0].Namespace}." : "Install it with Install-ArgoCD, or Invoke-GitOpsBootstrap.");
        if (options.Method == ArgoCDInstallMethod.Helm)
        {
            return await installer.InstallAsync(cluster, options, progress, cancellationToken).ConfigureAwait(false);
        }
        (IReadOnlyList<ClusterObject> objects, _) = await installer.ObjectsAsync(options, cancellationToken).ConfigureAwait(false);
        RequireComparable(present, ArgoCDDetector.VersionOf(objects), options.AllowDowngrade);
        ArgoCDInstaller.RequireNoDowngrade(present.Version, ArgoCDDetector.VersionOf(objects), options.AllowDowngrade, "Argo CD");
        IReadOnlyList<ObjectApplyResult> before = [];
        if (!options.DryRun)
        {
            // Whose installation it is comes first; then, controllers of the new version must never meet the old definitions.
            ArgoCDInstaller.RequireRoom(found, present, options);
            await installer.RequireReadyAsync(cluster, options, present, cancellationToken).ConfigureAwait(false);
            ClusterObject[] definitions = [.. objects.Where(o => ApplyOrder.IsDefinition(o.Reference.Type))];
            ApplyResult applied = await cluster.Applier.ApplyAsync(definitions, ArgoCDInstaller.ApplyOptionsOf(options), ArgoCDInstaller.ApplyProgressOf(progress), cancellationToken).ConfigureAwait(false);
            ApplySummary.ThrowIfFailed(applied, "Argo CD's CustomResourceDefinitions");
            before = [.. applied.Objects.Where(o => o.Action is ApplyAction.Created or ApplyAction.Configured)];
        }
        ArgoCDInstallResult result = WithDefinitions(await installer.InstallAsync(cluster, options, progress, cancellationToken).ConfigureAwait(false), before);
        IReadOnlyList<ObjectDeleteResult> removed = await RemoveDroppedAsync(cluster, options, objects, progress, cancellationToken).ConfigureAwait(false);
        return result with
        {
            Removed = removed,
            Changed = result.Changed || removed.Count > 0,
            Message = removed.Count > 0 ? $"{result.Message}, {removed.Count} {(options.DryRun ? "would be " : "")}removed" : result.Message,
            Duration = Stopwatch.GetElapsedTime(started),
        };
    }

    /// <summary>The result with what became of the definitions when they were applied first; the second time they were as they should be.</summary>
    private static ArgoCDInstallResult WithDefinitions(ArgoCDInstallResult result, IReadOnlyList<ObjectApplyResult> changed)
    {
        if (changed.Count == 0 || result.Applied is not { } applied)
        {
            return result;
        }
        ApplyResult all = applied with { Objects = [.. applied.Objects.Select(o => changed.FirstOrDefault(c => c.Reference == o.Reference) ?? o)] };
        return result with { Applied = all, Changed = true, Message = ApplySummary.Of(all) };
    }

    /// <summary>Deletes what the old version had and the new one does not, once the new one is in place.</summary>
    private static async Task<IReadOnlyList<ObjectDeleteResult>> RemoveDroppedAsync(
        TargetCluster cluster, ArgoCDInstallOptions options, IReadOnlyList<ClusterObject> objects, IProgress<OperationProgress>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<DeleteTarget> dropped = await ArgoCDObjects.FindDroppedAsync(cluster, options.Namespace, [.. objects, .. options.Provided], cancellationToken).ConfigureAwait(false);
        if (dropped.Count == 0)
        {
            return [];
        }
        IReadOnlyList<ObjectDeleteResult> removed = await cluster.Deleter.DeleteAsync(
            dropped,
            new DeleteOptions { DryRun = options.DryRun, DefaultNamespace = options.Namespace, Timeout = options.Wait ? options.Timeout : TimeSpan.Zero },
            ProgressRelay<ObjectDeleteResult>.To(progress, d => new OperationProgress("Removing what the old version had", $"{d.Reference}: {d.Action}")),
            cancellationToken).ConfigureAwait(false);
        ObjectDeleteResult[] failed = [.. removed.Where(r => r.Action == DeleteAction.Failed)];
        return failed.Length == 0 ? removed : throw new OperationException(
            ClusterErrorIds.DeleteFailed,
            $"Argo CD was updated, but {failed.Length} objects of the old version could not be deleted: {string.Join(" ", failed.Take(5).Select(f => f.Message))}",
            failed[0].Remedy);
    }

    private static void RequireComparable(ArgoCDInstallation present, string wanted, bool isInsisted)
    {
        if (!isInsisted && (ReleaseVersion.TryParse(present.Version) is null || ReleaseVersion.TryParse(wanted) is null))
        {
            throw new OperationException(
                ErrorIds.VersionUnknown,
                $"{present} cannot be compared with '{wanted}': one of them names no version.",
                "Make sure that the new one is not older, then insist with -AllowDowngrade.");
        }
    }
}
