using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Core.Validation.Applications;

/// <summary>Tells whether objects of a kind are in a namespace.</summary>
internal static class KindScope
{
    /// <summary>Kinds without a namespace that are younger than the schema of kustomize, or that widespread operators bring.</summary>
    private static readonly HashSet<string> Cluster = new(StringComparer.Ordinal)
    {
        "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding", "ClusterTrustBundle", "DeviceClass",
        "ClusterIssuer", "ClusterSecretStore", "ClusterExternalSecret", "ClusterPolicy", "ClusterAdmissionPolicy", "GatewayClass", "ConstraintTemplate",
    };

    private static readonly string[] BuiltInGroups =
        ["apps", "batch", "autoscaling", "policy", "networking.k8s.io", "rbac.authorization.k8s.io", "storage.k8s.io", "apiextensions.k8s.io", "admissionregistration.k8s.io", "apiregistration.k8s.io", "scheduling.k8s.io", "coordination.k8s.io", "discovery.k8s.io", "node.k8s.io", "certificates.k8s.io", ""];

    /// <summary>Whether an object is in a namespace.</summary>
    /// <param name="resource">The object.</param>
    /// <param name="group">The API group of its kind.</param>
    /// <returns><see langword="null"/> for a kind of which only a cluster knows.</returns>
    public static bool? IsNamespaced(Resource resource, string group) =>
        resource.Id.IsClusterScoped || Cluster.Contains(resource.Kind) ? false
        : resource.Namespace.Length > 0 || BuiltInGroups.Contains(group) ? true
        : null;
}
