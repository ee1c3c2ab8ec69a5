using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Core.Prerequisites;

/// <summary>
/// Checks that the storage and ingress classes that objects name are there, or a default where they name none. Pods do not
/// start without their storage. An Ingress only waits for its class, which may well be what Argo CD is going to bring.
/// </summary>
internal static class ClassCheck
{
    public static async Task<IReadOnlyList<PrerequisiteResult>> RunAsync(TargetCluster cluster, PrerequisiteRequest request, CancellationToken cancellationToken)
    {
        (ObjectReference, string?)[] storage = [.. request.Objects.SelectMany(StorageClasses)];
        (ObjectReference, string?)[] ingress = [.. request.Objects.Where(o => o.Reference.Type is { Group: "networking.k8s.io", Kind: "Ingress" })
            .Select(o => (o.Reference, Name(o.Content.At("spec", "ingressClassName")) ?? Name(o.Content.At("metadata", "annotations", "kubernetes.io/ingress.class"))))];
        return
        [
            .. await CheckAsync(cluster, "StorageClass", "storage.k8s.io", "storageclass.kubernetes.io/is-default-class", PrerequisiteStatus.Failed, storage, cancellationToken).ConfigureAwait(false),
            .. await CheckAsync(cluster, "IngressClass", "networking.k8s.io", "ingressclass.kubernetes.io/is-default-class", PrerequisiteStatus.Warning, ingress, cancellationToken).ConfigureAwait(false),
        ];
    }

    private static async Task<IReadOnlyList<PrerequisiteResult>> CheckAsync(
        TargetCluster cluster, string kind, string group, string defaultAnnotation, PrerequisiteStatus missing, (ObjectReference Object, string? Class)[] uses, CancellationToken cancellationToken)
    {
        if (uses.Length == 0)
        {
            return [];
        }
        IReadOnlyList<JsonObject> live = await cluster.Reader.ListAsync(group, kind, "", "", cancellationToken).ConfigureAwait(false);
        string[] names = [.. live.Select(c => c.At("metadata", "name").Text())];
        bool hasDefault = live.Any(c => c.At("metadata", "annotations", defaultAnnotation).Text() == "true");
        var results = new List<PrerequisiteResult>();
        foreach ((ObjectReference item, string? name) in uses)
        {
            if (name is null ? !hasDefault : !names.Contains(name))
            {
                string there = names.Length > 0 ? $"The cluster has {string.Join(", ", names)}." : "The cluster has none.";
                results.Add(new PrerequisiteResult(
                    kind,
                    missing,
                    name is null ? $"{item} names no {kind}, and the cluster has no default one." : $"{item} needs the {kind} {name}, which the cluster does not have.",
                    $"Install what provides it, or name another one in the overlay. {there}") { Target = name ?? "(default)" });
            }
        }
        return results.Count > 0 ? results : [new PrerequisiteResult(kind, PrerequisiteStatus.Passed, $"Every {kind} that is needed is there.")];
    }

    private static IEnumerable<(ObjectReference, string?)> StorageClasses(ClusterObject item)
    {
        if (item.Reference.Type is { Group: "", Kind: "PersistentVolumeClaim" })
        {
            yield return (item.Reference, Name(item.Content.At("spec", "storageClassName")));
        }
        foreach (JsonNode? template in item.Content.At("spec", "volumeClaimTemplates") as JsonArray ?? [])
        {
            yield return (item.Reference, Name(template.At("spec", "storageClassName")));
        }
    }

    private static string? Name(JsonNode? node) => node.Text() is { Length: > 0 } text ? text : null;
}
