using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>
/// Says on Argo CD's namespace which overlay the cluster is set up from, until the Application does: a first run that fails
/// before that would otherwise leave nothing by which the next one tells that it is another cluster.
/// </summary>
/// <param name="OverlayPath">The overlay's path in its repository.</param>
/// <param name="RepositoryUrl">The repository; empty when it is not known.</param>
internal sealed record OverlayMark(string OverlayPath, string RepositoryUrl)
{
    private const string PathAnnotation = "argobootstrap.io/overlay";
    private const string RepositoryAnnotation = "argobootstrap.io/repository";

    /// <summary>The mark of a cluster, or null.</summary>
    public static async Task<OverlayMark?> FindAsync(TargetCluster cluster, string ns, CancellationToken cancellationToken)
    {
        JsonObject? live = await cluster.Reader.FindAsync("", "Namespace", ns, "", cancellationToken).ConfigureAwait(false);
        string path = live.At("metadata", "annotations", PathAnnotation).Text();
        return path.Length > 0 ? new OverlayMark(path, live.At("metadata", "annotations", RepositoryAnnotation).Text()) : null;
    }

    /// <summary>Sets the mark; a namespace that is not there gets none.</summary>
    public async Task SetAsync(TargetCluster cluster, string ns, CancellationToken cancellationToken)
    {
        if (await FindAsync(cluster, ns, cancellationToken).ConfigureAwait(false) != this)
        {
            await WriteAsync(cluster, ns, OverlayPath, RepositoryUrl.Length > 0 ? RepositoryUrl : null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the mark away, as when Argo CD is removed.</summary>
    public static async Task RemoveAsync(TargetCluster cluster, string ns, CancellationToken cancellationToken)
    {
        if (await FindAsync(cluster, ns, cancellationToken).ConfigureAwait(false) is not null)
        {
            await WriteAsync(cluster, ns, null, null, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task WriteAsync(TargetCluster cluster, string ns, string? path, string? repository, CancellationToken cancellationToken) => ObjectPatch.MergeAsync(
        cluster,
        new ObjectReference(new("", "v1", "Namespace"), ns, ""),
        new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [PathAnnotation] = path, [RepositoryAnnotation] = repository } } },
        cancellationToken);
}
