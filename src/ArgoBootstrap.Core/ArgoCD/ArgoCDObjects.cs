using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Bootstrap;

namespace ArgoBootstrap.Core.ArgoCD;

/// <summary>The objects that an installation of Argo CD consists of, found by the label that its manifests and its chart give everything.</summary>
internal static class ArgoCDObjects
{
    private static readonly (string Group, string Kind)[] Kinds =
    [
        ("apps", "Deployment"), ("apps", "StatefulSet"), ("batch", "Job"), ("networking.k8s.io", "Ingress"), ("autoscaling", "HorizontalPodAutoscaler"),
        ("policy", "PodDisruptionBudget"), ("", "Service"), ("rbac.authorization.k8s.io", "RoleBinding"), ("rbac.authorization.k8s.io", "Role"),
        ("networking.k8s.io", "NetworkPolicy"), ("", "ConfigMap"), ("", "Secret"), ("", "ServiceAccount"),
        ("monitoring.coreos.com", "ServiceMonitor"), ("monitoring.coreos.com", "PrometheusRule"),
    ];

    /// <summary>Everything in the namespace and the cluster-wide roles that are bound to it, except what users registered with it, CustomResourceDefinitions and the namespace itself.</summary>
    public static async Task<IReadOnlyList<JsonObject>> ListAsync(TargetCluster cluster, string ns, CancellationToken cancellationToken)
    {
        var found = new List<JsonObject>();
        foreach ((string group, string kind) in Kinds)
        {
            found.AddRange((await cluster.Reader.ListAsync(group, kind, ns, ArgoCDDetector.PartOf, cancellationToken).ConfigureAwait(false))
                .Where(o => o.At("metadata", "labels", "argocd.argoproj.io/secret-type").Text().Length == 0));
        }
        JsonObject[] bindings = [.. (await cluster.Reader.ListAsync("rbac.authorization.k8s.io", "ClusterRoleBinding", "", ArgoCDDetector.PartOf, cancellationToken).ConfigureAwait(false))
            .Where(b => (b["subjects"] as JsonArray ?? []).Any(s => s.At("namespace").Text() == ns))];
        string[] roles = [.. bindings.Select(b => b.At("roleRef", "name").Text())];
        found.AddRange(bindings);
        found.AddRange((await cluster.Reader.ListAsync("rbac.authorization.k8s.io", "ClusterRole", "", ArgoCDDetector.PartOf, cancellationToken).ConfigureAwait(false))
            .Where(r => roles.Contains(r.At("metadata", "name").Text())));
        return found;
    }

    /// <summary>
    /// What an earlier manifest brought and this one does not. Only what we installed and nobody else applies is meant: an object
    /// that an overlay, Argo CD or Helm applies too, that somebody changed with kubectl, or that belongs to another object, stays.
    /// </summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="ns">The namespace of the installation.</param>
    /// <param name="manifest">The objects of this manifest.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<DeleteTarget>> FindDroppedAsync(TargetCluster cluster, string ns, IReadOnlyList<ClusterObject> manifest, CancellationToken cancellationToken)
    {
        var kept = manifest.Select(o => (o.Reference.Type.Group, o.Reference.Type.Kind, o.Reference.Name)).ToHashSet();
        return
        [
            .. (await ListAsync(cluster, ns, cancellationToken).ConfigureAwait(false))
                .Where(o => IsOnlyInstalled(o) && ObjectReference.Of(o) is var reference && !kept.Contains((reference.Type.Group, reference.Type.Kind, reference.Name)))
                .Select(TargetOf),
        ];
    }

    public static DeleteTarget TargetOf(JsonObject live) => new(ObjectReference.Of(live), live.At("metadata", "uid").Text());

    private static bool IsOnlyInstalled(JsonObject live)
    {
        string[] appliers = [.. (live.At("metadata", "managedFields") as JsonArray ?? [])
            .Where(e => e.At("subresource").Text().Length == 0)
            .Where(e => e.At("operation").Text() == "Apply" || FieldManagers.Includes([.. FieldManagers.Installers, .. FieldManagers.ByHand, GitOpsBootstrapper.ArgoCDManager], e.At("manager").Text()))
            .Select(e => e.At("manager").Text()).Distinct(StringComparer.Ordinal)];
        return appliers is [FieldManagers.Install] && live.At("metadata", "ownerReferences") is not JsonArray { Count: > 0 };
    }
}
