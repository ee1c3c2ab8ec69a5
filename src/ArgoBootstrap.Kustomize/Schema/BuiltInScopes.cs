using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Schema;

/// <summary>
/// Which types of the Kubernetes 1.21 API are namespaced. These are the types that kustomize 5.8 knows before it looks at
/// any schema (kyaml/openapi), so a custom schema cannot change their scope.
/// </summary>
internal static class BuiltInScopes
{
    private static readonly (string Group, string Version, string Cluster, string Namespaced)[] Table =
    [
        ("admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration ValidatingWebhookConfiguration", ""),
        ("admissionregistration.k8s.io", "v1beta1", "MutatingWebhookConfiguration ValidatingWebhookConfiguration", ""),
        ("apiextensions.k8s.io", "v1", "CustomResourceDefinition", ""),
        ("apiextensions.k8s.io", "v1beta1", "CustomResourceDefinition", ""),
        ("apiregistration.k8s.io", "v1", "APIService", ""),
        ("apiregistration.k8s.io", "v1beta1", "APIService", ""),
        ("apps", "v1", "", "ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet"),
        ("autoscaling", "v1", "", "HorizontalPodAutoscaler Scale"),
        ("autoscaling", "v2beta1", "", "HorizontalPodAutoscaler"),
        ("autoscaling", "v2beta2", "", "HorizontalPodAutoscaler"),
        ("batch", "v1", "", "CronJob Job"),
        ("batch", "v1beta1", "", "CronJob"),
        ("certificates.k8s.io", "v1", "CertificateSigningRequest", ""),
        ("certificates.k8s.io", "v1beta1", "CertificateSigningRequest", ""),
        ("coordination.k8s.io", "v1", "", "Lease"),
        ("coordination.k8s.io", "v1beta1", "", "Lease"),
        ("discovery.k8s.io", "v1", "", "EndpointSlice"),
        ("discovery.k8s.io", "v1beta1", "", "EndpointSlice"),
        ("events.k8s.io", "v1", "", "Event"),
        ("events.k8s.io", "v1beta1", "", "Event"),
        ("extensions", "v1beta1", "", "Ingress"),
        ("flowcontrol.apiserver.k8s.io", "v1beta1", "FlowSchema PriorityLevelConfiguration", ""),
        ("networking.k8s.io", "v1", "IngressClass", "Ingress NetworkPolicy"),
        ("networking.k8s.io", "v1beta1", "IngressClass", "Ingress"),
        ("node.k8s.io", "v1", "RuntimeClass", ""),
        ("node.k8s.io", "v1beta1", "RuntimeClass", ""),
        ("policy", "v1", "", "PodDisruptionBudget"),
        ("policy", "v1beta1", "PodSecurityPolicy", "PodDisruptionBudget"),
        ("rbac.authorization.k8s.io", "v1", "ClusterRole ClusterRoleBinding", "Role RoleBinding"),
        ("rbac.authorization.k8s.io", "v1beta1", "ClusterRole ClusterRoleBinding", "Role RoleBinding"),
        ("scheduling.k8s.io", "v1", "PriorityClass", ""),
        ("scheduling.k8s.io", "v1beta1", "PriorityClass", ""),
        ("storage.k8s.io", "v1", "CSIDriver CSINode StorageClass VolumeAttachment", ""),
        ("storage.k8s.io", "v1beta1", "CSIDriver CSINode StorageClass VolumeAttachment", "CSIStorageCapacity"),
        ("", "v1", "ComponentStatus Namespace Node NodeProxyOptions PersistentVolume", "ConfigMap Endpoints Event LimitRange PersistentVolumeClaim Pod PodAttachOptions PodExecOptions PodPortForwardOptions PodProxyOptions PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount ServiceProxyOptions"),
    ];

    private static readonly Dictionary<GroupVersionKind, bool> ClusterScoped = Build();

    /// <summary>Whether a type is cluster-scoped, or null when it is not one of the types that are known beforehand.</summary>
    /// <param name="type">The type.</param>
    public static bool? IsClusterScoped(GroupVersionKind type) => ClusterScoped.TryGetValue(type, out bool scope) ? scope : null;

    private static Dictionary<GroupVersionKind, bool> Build()
    {
        var scopes = new Dictionary<GroupVersionKind, bool>(128);
        foreach ((string group, string version, string cluster, string namespaced) in Table)
        {
            Add(group, version, cluster, true);
            Add(group, version, namespaced, false);
        }
        return scopes;

        void Add(string group, string version, string kinds, bool scope)
        {
            foreach (string kind in kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                scopes.Add(new GroupVersionKind(group, version, kind), scope);
            }
        }
    }
}
