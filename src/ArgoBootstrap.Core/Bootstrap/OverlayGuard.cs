using System.Text.Json.Nodes;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Clusters;
using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>Tells whether a cluster is managed from another overlay than the one it is to get.</summary>
public static class OverlayGuard
{
    private const string Overlays = $"{GitOpsLayout.SystemFolder}/{GitOpsLayout.OverlaysFolder}/";

    /// <summary>The Application that manages the cluster from another overlay, as a sentence; null when there is none.</summary>
    internal static async Task<string?> FindConflictAsync(TargetCluster cluster, SelfManagement? wanted, string overlayPath, string ns, CancellationToken cancellationToken)
    {
        foreach (JsonObject live in await cluster.Reader.ListAsync("argoproj.io", "Application", ns, "", cancellationToken).ConfigureAwait(false))
        {
            SelfManagement present = SelfManagement.Of(live);
            bool isSelf = wanted is not null && present.Reference.Name == wanted.Reference.Name;
            bool isArgoOverlay = present.IsForOwnCluster
                && present.OverlayPath.StartsWith(Overlays, StringComparison.Ordinal)
                && present.OverlayPath.EndsWith("/" + GitOpsLayout.ArgoCDApplication, StringComparison.Ordinal);
            bool isSame = isSelf ? present.HasSameOverlay(wanted!) : present.OverlayPath == overlayPath;
            if ((isSelf || isArgoOverlay) && !isSame)
            {
                return $"The Application {present.Reference.Name} in namespace {ns} manages this cluster from {Place(present)}, not from {(wanted is null ? overlayPath : Place(wanted))}.";
            }
        }
        return null;
    }

    /// <summary>Refuses a cluster that is managed from another overlay.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="wanted">The Application that is to manage it; null when the overlay has none.</param>
    /// <param name="overlayPath">The overlay's path from the repository's root.</param>
    /// <param name="ns">Argo CD's namespace.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ClusterException"><see cref="BootstrapErrorIds.OverlayMismatch"/></exception>
    public static async Task RequireOwnAsync(TargetCluster cluster, SelfManagement? wanted, string overlayPath, string ns, CancellationToken cancellationToken)
    {
        if (await FindConflictAsync(cluster, wanted, overlayPath, ns, cancellationToken).ConfigureAwait(false) is { } conflict)
        {
            throw new ClusterException(
                BootstrapErrorIds.OverlayMismatch,
                conflict,
                "Check -Environment, -Cluster and -Context: this is most likely another cluster. Use -Force to let this overlay take it over.") { Context = cluster.Connection.Context, Server = cluster.Connection.Server };
        }
    }

    private static string Place(SelfManagement application) =>
        $"{(application.OverlayPath.Length > 0 ? application.OverlayPath : "no path")}{(application.RepositoryUrl.Length > 0 ? $" of {application.RepositoryUrl}" : "")}";
}
