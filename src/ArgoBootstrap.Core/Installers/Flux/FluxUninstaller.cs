using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Prerequisites;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Installers.Flux;

/// <summary>
/// Removes the Flux of one namespace. A second Flux on the cluster keeps what it needs: its roles and bindings, and the
/// CustomResourceDefinitions that both share.
/// </summary>
public static class FluxUninstaller
{
    /// <summary>Removes Flux. Its objects' finalizers are taken away once its controllers are gone; what they deployed stays.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="ns">Where it runs.</param>
    /// <param name="includeDefinitions">Also deletes its CustomResourceDefinitions, and with them all its objects; they stay while another Flux runs.</param>
    /// <param name="dryRun">Asks the server what it would do, and changes nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.NotInstalled"/>: there is nothing of it; <see cref="ClusterErrorIds.Forbidden"/>: permissions are missing, and nothing was changed; or the cluster refuses.</exception>
    public static async Task<FluxUninstallResult> UninstallAsync(TargetCluster cluster, string ns = FluxInstaller.ManifestNamespace, bool includeDefinitions = false, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        var options = new DeleteOptions { DryRun = dryRun, DefaultNamespace = ns };
        IReadOnlyList<string> others = await OthersAsync(cluster, ns, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<JsonObject> deployments = await ListAsync("apps", "Deployment", ns).ConfigureAwait(false);
        IReadOnlyList<JsonObject> definitions = await ListAsync("apiextensions.k8s.io", "CustomResourceDefinition", "").ConfigureAwait(false);
        // Read before anything goes, so that a user who may not see them changes nothing.
        FluxRoles roles = await FluxRoles.ReadAsync(cluster, ns, others, cancellationToken).ConfigureAwait(false);
        var targets = new List<JsonObject>();
        foreach ((string group, string kind) in new[] { ("", "Service"), ("", "ServiceAccount"), ("networking.k8s.io", "NetworkPolicy"), ("", "ResourceQuota") })
        {
            targets.AddRange(await ListAsync(group, kind, ns).ConfigureAwait(false));
        }
        targets.AddRange(roles.Own);
        var kept = new List<KeptObject>(roles.Kept);
        if (includeDefinitions && others.Count == 0)
        {
            targets.AddRange(definitions);
        }
        else if (includeDefinitions)
        {
            kept.AddRange(definitions.Select(d => new KeptObject(ObjectReference.Of(d), $"the Flux in {string.Join(", ", others)} uses it")));
        }
        // Another Flux finalizes what it watches; nobody does what only this one saw, which is at least its own namespace.
        string watched = others.Count > 0 ? ns : "";
        IReadOnlyList<JsonObject> finalized = await FinalizerRemoval.FindAsync(cluster, definitions, IsTheirs, cancellationToken, watched).ConfigureAwait(false);
        await new PermissionCheck(cluster).RequireDeleteAsync(
            deployments.Concat(targets).Select(ObjectReference.Of), [.. finalized.Select(ObjectReference.Of), .. roles.Shared], cancellationToken).ConfigureAwait(false);
        var results = new List<ObjectDeleteResult>(await DeleteAsync(deployments).ConfigureAwait(false));
        try
        {
            await FinalizerRemoval.RunAsync(cluster, dryRun ? [] : definitions, IsTheirs, cancellationToken, watched).ConfigureAwait(false);
            if (!dryRun)
            {
                await roles.RemoveSubjectsAsync(cluster, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (cluster.Connection.Deadline.IsSaidBy(e) && results.Any(r => r.Action == DeleteAction.Terminating))
        {
            // What holds a controller that was waited for says more than that there was no time for the rest.
            return new FluxUninstallResult(ns, results) { Kept = kept };
        }
        results.AddRange(await DeleteAsync(targets).ConfigureAwait(false));
        return results.Count > 0 ? new FluxUninstallResult(ns, results) { Kept = kept }
            : throw new OperationException(ErrorIds.NotInstalled, $"Flux is not in namespace {ns} of {cluster.Connection.Server}.", "Name its namespace with -Namespace, or its cluster with -Context.")
            {
                Context = cluster.Connection.Context, Server = cluster.Connection.Server,
            };

        static bool IsTheirs(string finalizer) => finalizer == "finalizers.fluxcd.io";

        Task<IReadOnlyList<JsonObject>> ListAsync(string group, string kind, string where) => cluster.Reader.ListAsync(group, kind, where, FluxInstaller.PartOf, cancellationToken);

        Task<IReadOnlyList<ObjectDeleteResult>> DeleteAsync(IEnumerable<JsonObject> objects) =>
            cluster.Deleter.DeleteAsync([.. objects.Select(o => new DeleteTarget(ObjectReference.Of(o)))], options, null, cancellationToken);
    }

    /// <summary>The namespaces of other Fluxes, sorted; none for a user who may not look into them.</summary>
    private static async Task<IReadOnlyList<string>> OthersAsync(TargetCluster cluster, string ns, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<JsonObject> all = await cluster.Reader.ListAsync("apps", "Deployment", "", FluxInstaller.PartOf, cancellationToken).ConfigureAwait(false);
            return [.. all.Select(d => d.At("metadata", "namespace").Text()).Where(n => n != ns).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
        catch (OperationException e) when (e.Id == ClusterErrorIds.Forbidden)
        {
            return [];
        }
    }
}
