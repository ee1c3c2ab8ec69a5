using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Installers.Flux;

/// <summary>Flux's CustomResourceDefinitions, which every Flux of a cluster shares: checked before anything is changed.</summary>
internal static class FluxDefinitions
{
    /// <summary>Refuses definitions that are older than those of another Flux, or that leave out a version in which objects are stored.</summary>
    /// <exception cref="OperationException"><see cref="ErrorIds.DowngradeRefused"/></exception>
    public static async Task RequireFittingAsync(TargetCluster cluster, IReadOnlyList<ClusterObject> objects, string version, bool allowDowngrade, CancellationToken cancellationToken)
    {
        foreach (ClusterObject definition in objects.Where(o => ApplyOrder.IsDefinition(o.Reference.Type)))
        {
            JsonObject? live = await cluster.Reader.FindAsync(definition.Reference.Type.Group, definition.Reference.Type.Kind, definition.Reference.Name, "", cancellationToken).ConfigureAwait(false);
            if (live is null)
            {
                continue;
            }
            string[] kept = [.. (definition.Content.At("spec", "versions") as JsonArray ?? []).Select(v => v.At("name").Text())];
            string[] lost = [.. (live.At("status", "storedVersions") as JsonArray ?? []).Select(v => v.Text()).Where(v => !kept.Contains(v))];
            if (lost.Length > 0)
            {
                throw new OperationException(
                    ErrorIds.DowngradeRefused,
                    $"{definition.Reference} has objects stored in {string.Join(", ", lost)}, which Flux {version} does not have any more, or not yet.",
                    "For a newer Flux, run 'flux migrate' while the present version still runs, then run this again. For an older one, install a version that has it, or delete the definition with all its objects.")
                {
                    Context = cluster.Connection.Context, Server = cluster.Connection.Server,
                };
            }
            ArgoCDInstaller.RequireNoDowngrade(live.At("metadata", "labels", FluxInstaller.VersionLabel).Text(), version, allowDowngrade, $"{definition.Reference.Name} of Flux", FluxInstaller.DowngradeReason);
        }
    }
}
