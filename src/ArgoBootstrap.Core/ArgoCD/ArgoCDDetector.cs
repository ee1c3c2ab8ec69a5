using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.ArgoCD;

/// <summary>Finds the installations of Argo CD on a cluster by the label that its manifests and its chart give everything.</summary>
public static class ArgoCDDetector
{
    internal const string PartOf = "app.kubernetes.io/part-of=argocd";

    /// <summary>The installations, by namespace.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="ns">Where to look when the user may not look everywhere.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">The cluster cannot be reached, or refuses.</exception>
    public static async Task<IReadOnlyList<ArgoCDInstallation>> FindAsync(TargetCluster cluster, string ns, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<JsonObject>[] workloads = await Task.WhenAll(
            ListAsync(cluster, "Deployment", ns, cancellationToken), ListAsync(cluster, "StatefulSet", ns, cancellationToken)).ConfigureAwait(false);
        return [.. workloads.SelectMany(w => w).GroupBy(w => w.At("metadata", "namespace").Text(), StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(Describe)];
    }

    /// <summary>Whether objects bring Argo CD's workloads along.</summary>
    /// <param name="objects">The objects, as of an overlay.</param>
    public static bool IsIn(IEnumerable<ClusterObject> objects) =>
        objects.Any(o => o.Reference.Type is { Group: "apps" } && o.Content.At("metadata", "labels", "app.kubernetes.io/part-of").Text() == "argocd");

    /// <summary>The version that the images of Argo CD's own pods name.</summary>
    /// <param name="objects">Objects of a manifest.</param>
    /// <returns>Empty when they name none.</returns>
    internal static string VersionOf(IEnumerable<ClusterObject> objects) =>
        VersionOf(objects.Where(o => o.Reference.Type is { Group: "apps" }).Select(o => o.Content));

    private static string VersionOf(IEnumerable<JsonObject> workloads) => workloads
        .SelectMany(w => w.At("spec", "template", "spec", "containers") as JsonArray ?? [])
        .Select(c => c.At("image").Text().Split('@')[0])
        .Where(image => image.Contains("/argocd:", StringComparison.Ordinal))
        .Select(image => image[(image.LastIndexOf(':') + 1)..])
        .FirstOrDefault("");

    private static async Task<IReadOnlyList<JsonObject>> ListAsync(TargetCluster cluster, string kind, string ns, CancellationToken cancellationToken)
    {
        try
        {
            return await cluster.Reader.ListAsync("apps", kind, "", PartOf, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationException e) when (e.Id == ClusterErrorIds.Forbidden && ns.Length > 0)
        {
            return await cluster.Reader.ListAsync("apps", kind, ns, PartOf, cancellationToken).ConfigureAwait(false);
        }
    }

    private static ArgoCDInstallation Describe(IGrouping<string, JsonObject> workloads)
    {
        string release = workloads.Select(w => w.At("metadata", "annotations", "meta.helm.sh/release-name").Text()).FirstOrDefault(r => r.Length > 0, "");
        return new ArgoCDInstallation
        {
            Namespace = workloads.Key,
            Version = VersionOf(workloads),
            HelmRelease = release,
            InstalledBy = release.Length > 0 ? "Helm" : Installer(workloads),
            Workloads = [.. workloads.Select(w => w.At("metadata", "name").Text()).Order(StringComparer.Ordinal)],
        };
    }

    private static string Installer(IEnumerable<JsonObject> workloads)
    {
        string[] managers = [.. workloads.SelectMany(w => w.At("metadata", "managedFields") as JsonArray ?? [])
            .Where(e => e.At("subresource").Text().Length == 0).Select(e => e.At("manager").Text()).Distinct(StringComparer.Ordinal)];
        return managers.Any(m => m is FieldManagers.Own or FieldManagers.Install) ? "ArgoBootstrap"
            : managers.FirstOrDefault(m => m == "argocd-autopilot")
            ?? (managers.Any(m => m.StartsWith("kubectl", StringComparison.Ordinal)) ? "kubectl" : managers.FirstOrDefault() ?? "unknown");
    }
}
