namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>A type that the server serves.</summary>
public sealed record ServedType(string Group, string Version, string Kind, string Plural, bool IsNamespaced, bool HasStatus, bool IsBuiltIn)
{
    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";
}

/// <summary>The built-in types of a Kubernetes API server, as far as tests need them.</summary>
internal static class TypeTable
{
    public static readonly IReadOnlyList<ServedType> BuiltIn =
    [
        Core("Namespace", "namespaces", false, true),
        Core("Node", "nodes", false, true),
        Core("PersistentVolume", "persistentvolumes", false, true),
        Core("ConfigMap", "configmaps"),
        Core("Secret", "secrets"),
        Core("ServiceAccount", "serviceaccounts"),
        Core("Service", "services", true, true),
        Core("Endpoints", "endpoints"),
        Core("Event", "events"),
        Core("Pod", "pods", true, true),
        Core("PersistentVolumeClaim", "persistentvolumeclaims", true, true),
        Core("ResourceQuota", "resourcequotas", true, true),
        Core("LimitRange", "limitranges"),
        Of("apps", "v1", "Deployment", "deployments", true, true),
        Of("apps", "v1", "StatefulSet", "statefulsets", true, true),
        Of("apps", "v1", "DaemonSet", "daemonsets", true, true),
        Of("apps", "v1", "ReplicaSet", "replicasets", true, true),
        Of("batch", "v1", "Job", "jobs", true, true),
        Of("batch", "v1", "CronJob", "cronjobs", true, true),
        Of("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", true, true),
        Of("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", true, true),
        Of("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies"),
        Of("networking.k8s.io", "v1", "Ingress", "ingresses", true, true),
        Of("networking.k8s.io", "v1", "IngressClass", "ingressclasses", false),
        Of("rbac.authorization.k8s.io", "v1", "Role", "roles"),
        Of("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings"),
        Of("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles", false),
        Of("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings", false),
        Of("storage.k8s.io", "v1", "StorageClass", "storageclasses", false),
        Of("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", false),
        Of("coordination.k8s.io", "v1", "Lease", "leases"),
        Of("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", false, true),
        Of("apiregistration.k8s.io", "v1", "APIService", "apiservices", false, true),
        Of("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration", "validatingwebhookconfigurations", false),
        Of("admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration", "mutatingwebhookconfigurations", false),
    ];

    private static ServedType Core(string kind, string plural, bool namespaced = true, bool status = false) => Of("", "v1", kind, plural, namespaced, status);

    private static ServedType Of(string group, string version, string kind, string plural, bool namespaced = true, bool status = false) =>
        new(group, version, kind, plural, namespaced, status, true);
}
