using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>Tells whether a cluster is managed from another overlay than the one it is to get.</summary>
public static class OverlayGuard
{
    private const string Overlays = $"{GitOpsLayout.SystemFolder}/{GitOpsLayout.OverlaysFolder}/";

    /// <summary>What says that the cluster is managed from another overlay, as a sentence; null when nothing does.</summary>
    internal static async Task<string?> FindConflictAsync(TargetCluster cluster, SelfManagement? wanted, string overlayPath, string ns, CancellationToken cancellationToken)
    {
        string here = wanted is null ? overlayPath : Place(wanted.OverlayPath, wanted.RepositoryUrl);
        bool isManaged = false;
        foreach (JsonObject live in await cluster.Reader.ListAsync("argoproj.io", "Application", ns, "", cancellationToken).ConfigureAwait(false))
        {
            SelfManagement present = SelfManagement.Of(live);
            bool isSelf = wanted is not null && present.Reference.Name == wanted.Reference.Name;
            bool isArgoOverlay = present.IsForOwnCluster && IsArgoOverlay(present.OverlayPath);
            isManaged |= isSelf || isArgoOverlay;
            bool isSame = isSelf ? present.HasSameOverlay(wanted!) : IsSameCluster(present.OverlayPath, overlayPath);
            if ((isSelf || isArgoOverlay) && !isSame)
            {
                return $"The Application {present.Reference.Name} in namespace {ns} manages this cluster from {Place(present.OverlayPath, present.RepositoryUrl)}, not from {here}.";
            }
        }
        if (!isManaged && await OverlayMark.FindAsync(cluster, ns, cancellationToken).ConfigureAwait(false) is { } mark)
        {
            bool isSame = IsSameCluster(mark.OverlayPath, overlayPath)
                && (mark.RepositoryUrl.Length == 0 || wanted is null || wanted.RepositoryUrl.Length == 0 || Validation.Applications.GitUrl.AreSame(mark.RepositoryUrl, wanted.RepositoryUrl));
            return isSame ? null : $"A bootstrap that has not come to its end began to set this cluster up from {Place(mark.OverlayPath, mark.RepositoryUrl)}, not from {here}.";
        }
        return null;
    }

    private static bool IsArgoOverlay(string path) =>
        path.StartsWith(Overlays, StringComparison.Ordinal) && path.EndsWith("/" + GitOpsLayout.ArgoCDApplication, StringComparison.Ordinal);

    /// <summary>Whether an overlay is the one that manages the cluster or, where it is that of another application, one of the same cluster.</summary>
    private static bool IsSameCluster(string managed, string overlay) =>
        managed == overlay
        || (IsArgoOverlay(managed) && overlay.StartsWith(Overlays, StringComparison.Ordinal) && !IsArgoOverlay(overlay) && FolderOf(managed) == FolderOf(overlay));

    private static string FolderOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    /// <summary>Refuses a cluster that is managed from another overlay.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="wanted">The Application that is to manage it; null when the overlay has none.</param>
    /// <param name="overlayPath">The overlay's path from the repository's root.</param>
    /// <param name="ns">Argo CD's namespace.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.OverlayMismatch"/></exception>
    public static async Task RequireOwnAsync(TargetCluster cluster, SelfManagement? wanted, string overlayPath, string ns, CancellationToken cancellationToken)
    {
        if (await FindConflictAsync(cluster, wanted, overlayPath, ns, cancellationToken).ConfigureAwait(false) is { } conflict)
        {
            throw new OperationException(
                ErrorIds.OverlayMismatch,
                conflict,
                "Check -Environment, -Cluster and -Context: this is most likely another cluster. Use -Force to let this overlay take it over.") { Context = cluster.Connection.Context, Server = cluster.Connection.Server };
        }
    }

    private static string Place(string path, string repository) =>
        $"{(path.Length > 0 ? path : "no path")}{(repository.Length > 0 ? $" of {repository}" : "")}";
}
