using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Installers.ArgoCD;

/// <summary>
/// Finds workloads that one way of installing cannot take over from another: the chart's have a selector of their own, and the
/// API does not let a selector, or a StatefulSet's service, be changed.
/// </summary>
internal static class UnchangeableFields
{
    private static readonly string[] Fields = ["selector", "serviceName"];

    /// <summary>Refuses objects that cannot become what is wanted.</summary>
    /// <exception cref="OperationException"><see cref="ErrorIds.ReplacementNeeded"/></exception>
    public static async Task RequireNoneAsync(TargetCluster cluster, IReadOnlyList<ClusterObject> objects, string ns, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        foreach (ClusterObject wanted in objects.Where(o => o.Reference.Type is { Group: "apps", Kind: "Deployment" or "StatefulSet" or "DaemonSet" }))
        {
            string place = wanted.Reference.Namespace.Length > 0 ? wanted.Reference.Namespace : ns;
            JsonObject? live = await cluster.Reader.FindAsync("apps", wanted.Reference.Type.Kind, wanted.Reference.Name, place, cancellationToken).ConfigureAwait(false);
            if (live is not null && Fields.Any(f => wanted.Content.At("spec", f) is { } value && !JsonNode.DeepEquals(value, live.At("spec", f))))
            {
                names.Add($"{wanted.Reference.Type.Kind.ToLowerInvariant()}/{wanted.Reference.Name}");
            }
        }
        if (names.Count > 0)
        {
            throw new OperationException(
                ErrorIds.ReplacementNeeded,
                $"Nothing was changed: {(names.Count == 1 ? "a workload" : $"{names.Count} workloads")} in namespace {ns} cannot be taken over, since their selectors differ and cannot be changed: {string.Join(", ", names)}.",
                $"Delete them, then run this again with -Adopt: kubectl -n {ns} delete {string.Join(' ', names)}. What Argo CD deployed goes on; Argo CD itself stands still until then, and what was changed on these workloads by hand is lost.")
            {
                Context = cluster.Connection.Context, Server = cluster.Connection.Server,
            };
        }
    }
}
