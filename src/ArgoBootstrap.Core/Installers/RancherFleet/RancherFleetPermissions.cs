using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Installers.Helm;
using ArgoBootstrap.Core.Prerequisites;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Installers.RancherFleet;

/// <summary>Asks for every permission that helm takes for Fleet's charts before helm is started: it stops at the first that is missing, with half of a release on the cluster.</summary>
internal static class RancherFleetPermissions
{
    /// <summary>Makes sure that the user may install charts.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="client">helm, which says what is in the charts.</param>
    /// <param name="charts">The charts.</param>
    /// <param name="ns">Namespace of the releases.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ClusterErrorIds.Forbidden"/>: permissions are missing; or helm cannot render a chart.</exception>
    public static async Task RequireInstallAsync(TargetCluster cluster, HelmClient client, IReadOnlyList<HelmChart> charts, string ns, CancellationToken cancellationToken)
    {
        var check = new PermissionCheck(cluster);
        if (await check.MayDoEverythingAsync(cancellationToken).ConfigureAwait(false))
        {
            return;
        }
        // What every release takes comes first: to say that it is missing needs neither helm nor the charts.
        var request = new PrerequisiteRequest { Namespace = ns, InstallsArgoCD = false, UsesHelm = true, Objects = [ArgoCDInstaller.NamespaceObject(ns)] };
        await check.RequireAsync(request, cancellationToken).ConfigureAwait(false);
        var objects = new List<ClusterObject>();
        foreach (HelmChart chart in charts)
        {
            objects.AddRange(HelmManifest.Parse(await client.TemplateAsync(chart, ns, cancellationToken, includeHooks: true).ConfigureAwait(false)));
        }
        await check.RequireAsync(request with { Objects = objects }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes sure that the user may delete all objects of releases, and patch those whose finalizers are taken away.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="releases">The releases.</param>
    /// <param name="finalized">What has finalizers that are taken away.</param>
    /// <param name="ns">Namespace of the releases.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ClusterErrorIds.Forbidden"/>: permissions are missing.</exception>
    public static Task RequireUninstallAsync(TargetCluster cluster, IReadOnlyList<HelmRelease> releases, IReadOnlyList<ObjectReference> finalized, string ns, CancellationToken cancellationToken)
    {
        // helm's records go with what they name.
        IEnumerable<ObjectReference> records = releases.Select(r => new ObjectReference(new("", "v1", "Secret"), r.RecordName, ns));
        IEnumerable<ObjectReference> objects = releases.SelectMany(r => HelmManifest.Parse(r.Manifest)).Where(IsDeleted).Select(o => o.Reference)
            .Select(r => r.Namespace.Length > 0 ? r : r with { Namespace = ns });
        return new PermissionCheck(cluster).RequireDeleteAsync([.. records, .. objects], finalized, cancellationToken);
    }

    private static bool IsDeleted(ClusterObject item) => item.Content.At("metadata", "annotations", "helm.sh/resource-policy").Text() != "keep";
}
