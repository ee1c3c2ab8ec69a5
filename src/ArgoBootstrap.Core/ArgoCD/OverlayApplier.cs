using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Bootstrap;

namespace ArgoBootstrap.Core.ArgoCD;

/// <summary>Applies objects of the overlay that a cluster is managed from.</summary>
internal static class OverlayApplier
{
    /// <summary>Applies objects; fields that Argo CD has from an older commit of the same overlay give way.</summary>
    public static async Task<ApplyResult> ApplyAsync(TargetCluster cluster, IReadOnlyList<ClusterObject> objects, ApplyOptions options, IProgress<ApplyProgress>? progress, CancellationToken cancellationToken)
    {
        ApplyResult applied = await cluster.Applier.ApplyAsync(objects, options, progress, cancellationToken).ConfigureAwait(false);
        return await TakeBackAsync(cluster, objects, applied, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Where Argo CD has applied an older commit of this same overlay, its fields stand against the newer one. It would take the
    /// newer values with its next sync, so they are applied over its own; nobody else's are.
    /// </summary>
    public static async Task<ApplyResult> TakeBackAsync(TargetCluster cluster, IReadOnlyList<ClusterObject> objects, ApplyResult applied, ApplyOptions options, CancellationToken cancellationToken)
    {
        int[] places = [.. Enumerable.Range(0, applied.Objects.Count).Where(i => IsArgoCDs(applied.Objects[i]))];
        if (places.Length == 0)
        {
            return applied;
        }
        ApplyResult again = await cluster.Applier.ApplyAsync([.. places.Select(i => objects[i])], options with { Force = true }, null, cancellationToken).ConfigureAwait(false);
        ObjectApplyResult[] all = [.. applied.Objects];
        for (int i = 0; i < places.Length; i++)
        {
            all[places[i]] = again.Objects[i];
        }
        return applied with { Objects = all };
    }

    /// <summary>Whether an object could not be applied only because Argo CD's syncs own fields of it.</summary>
    public static bool IsArgoCDs(ObjectApplyResult result) =>
        result is { Action: ApplyAction.Failed, Conflicts.Count: > 0 } && result.Conflicts.All(c => c.Manager == GitOpsBootstrapper.ArgoCDManager);
}
