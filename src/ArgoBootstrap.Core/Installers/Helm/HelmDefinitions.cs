using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Installers.Helm;

/// <summary>Waits for the CustomResourceDefinitions that a chart brings among its templates: helm itself waits only for those in a chart's <c>crds</c> folder.</summary>
internal static class HelmDefinitions
{
    private const string Path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions?labelSelector=app.kubernetes.io%2Fmanaged-by%3DHelm";

    // What is wanted are names, and definitions weigh megabytes.
    private const string MetadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Waits until the server serves the kinds of a release.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="release">Name of the release.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ClusterErrorIds.WaitTimedOut"/>, or the cluster refuses.</exception>
    public static async Task WaitAsync(TargetCluster cluster, string release, string ns, CancellationToken cancellationToken)
    {
        cluster.Discovery.Invalidate();
        ApiResponse list = await cluster.Connection.SendAsync(ApiRequest.Get(Path, "list of CustomResourceDefinitions") with { Accept = MetadataOnly }, cancellationToken).ConfigureAwait(false);
        string[] names =
        [
            .. (list.Json["items"] as JsonArray ?? []).OfType<JsonObject>()
                .Where(d => d.At("metadata", "annotations", "meta.helm.sh/release-name").Text() == release && d.At("metadata", "annotations", "meta.helm.sh/release-namespace").Text() == ns)
                .Select(d => d.At("metadata", "name").Text()),
        ];
        IReadOnlyList<string> missing = await cluster.Discovery.WaitAsync(names, r => $"{r.Plural}.{r.Type.Group}", Timeout, cancellationToken).ConfigureAwait(false);
        if (missing.Count > 0)
        {
            throw cluster.Connection.Errors.Make(
                ClusterErrorIds.WaitTimedOut,
                $"The CustomResourceDefinitions {string.Join(", ", missing)} of the release {release} are not Established in time.",
                "Look at their status with 'kubectl describe crd', then run this again: it goes on where it stopped.");
        }
    }
}
