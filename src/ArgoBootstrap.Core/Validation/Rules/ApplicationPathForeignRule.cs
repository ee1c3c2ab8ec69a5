using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Core.Validation.Applications;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>An Application that deploys another cluster's overlay. See docs/rules/ApplicationPathForeign.md.</summary>
internal sealed class ApplicationPathForeignRule : IOverlayRule
{
    /// <inheritdoc/>
    public string Id => "ApplicationPathForeign";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    /// <inheritdoc/>
    public string Summary => "An overlay's Applications point to the overlay itself, and to no other cluster's.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => false;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context)
    {
        if (context.Target is not { Overlay: { } own, Repository: { } repository })
        {
            yield break;
        }

        OverlayCatalog catalog = new(repository);
        foreach (ApplicationSource source in OwnRepository.PathSources(context).Where(source => source.IsForOwnCluster))
        {
            string path = source.Path!.Value;
            if (OwnRepository.Folder(context.Target, path) is { } folder
                && GitOpsLayout.HasKustomization(folder)
                && catalog.Locate(folder) is { } other
                && IsForeign(own, other))
            {
                yield return new RuleViolation(
                    $"{ResourceReference.To(source.Application)} points to '{other.RelativePath}', but it is rendered by '{own.RelativePath}'.",
                    $"Let its path be '{own.RelativePath}'. In a cluster's overlay the component components/argocd/cluster sets it from CLUSTER_NAME, which has to be the name of the folder.",
                    source.Path.Position,
                    source.Application);
            }
        }
    }

    /// <summary>
    /// An overlay may deploy other applications of its cluster, or ones that its environment shares; never another cluster's
    /// or environment's, and never another layer of itself.
    /// </summary>
    private static bool IsForeign(ClusterOverlay own, ClusterOverlay other) =>
        other.Environment != own.Environment
        || (other.Cluster is not null && other.Cluster != own.Cluster)
        || (other.Application == own.Application && other.Path != own.Path);
}
