using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>
/// The phases in which objects are applied: what others need comes first, webhooks come last so that they do not judge the
/// objects whose servers are not yet running. Objects of one phase are independent of each other. Deletion goes backwards.
/// </summary>
public static class ApplyOrder
{
    /// <summary>The phase of Namespaces and CustomResourceDefinitions.</summary>
    public const int Foundation = 0;

    private const int Policy = 1;
    private const int Configuration = 2;
    private const int Binding = 3;
    private const int Workload = 4;
    private const int Custom = 5;
    private const int Admission = 6;

    /// <summary>Number of phases.</summary>
    public const int PhaseCount = 7;

    private static readonly Dictionary<(string Group, string Kind), int> Known = new()
    {
        [("", "Namespace")] = Foundation,
        [("apiextensions.k8s.io", "CustomResourceDefinition")] = Foundation,
        [("scheduling.k8s.io", "PriorityClass")] = Policy,
        [("storage.k8s.io", "StorageClass")] = Policy,
        [("storage.k8s.io", "CSIDriver")] = Policy,
        [("networking.k8s.io", "IngressClass")] = Policy,
        [("node.k8s.io", "RuntimeClass")] = Policy,
        [("", "ResourceQuota")] = Policy,
        [("", "LimitRange")] = Policy,
        [("", "ServiceAccount")] = Configuration,
        [("", "Secret")] = Configuration,
        [("", "ConfigMap")] = Configuration,
        [("", "PersistentVolume")] = Configuration,
        [("", "PersistentVolumeClaim")] = Configuration,
        [("rbac.authorization.k8s.io", "ClusterRole")] = Configuration,
        [("rbac.authorization.k8s.io", "Role")] = Configuration,
        [("networking.k8s.io", "NetworkPolicy")] = Configuration,
        [("rbac.authorization.k8s.io", "ClusterRoleBinding")] = Binding,
        [("rbac.authorization.k8s.io", "RoleBinding")] = Binding,
        [("", "Service")] = Binding,
        [("", "Endpoints")] = Binding,
        [("discovery.k8s.io", "EndpointSlice")] = Binding,
        [("", "Pod")] = Workload,
        [("", "ReplicationController")] = Workload,
        [("apps", "ReplicaSet")] = Workload,
        [("apps", "Deployment")] = Workload,
        [("apps", "StatefulSet")] = Workload,
        [("apps", "DaemonSet")] = Workload,
        [("batch", "Job")] = Workload,
        [("batch", "CronJob")] = Workload,
        [("autoscaling", "HorizontalPodAutoscaler")] = Workload,
        [("policy", "PodDisruptionBudget")] = Workload,
        [("networking.k8s.io", "Ingress")] = Workload,
        [("apiregistration.k8s.io", "APIService")] = Workload,
        [("admissionregistration.k8s.io", "MutatingWebhookConfiguration")] = Admission,
        [("admissionregistration.k8s.io", "ValidatingWebhookConfiguration")] = Admission,
        [("admissionregistration.k8s.io", "ValidatingAdmissionPolicy")] = Admission,
        [("admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding")] = Admission,
        [("admissionregistration.k8s.io", "MutatingAdmissionPolicy")] = Admission,
        [("admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding")] = Admission,
    };

    /// <summary>The phase of a type, from 0. Types that Kubernetes does not bring along come after its workloads.</summary>
    /// <param name="type">The type; its version does not matter.</param>
    public static int PhaseOf(GroupVersionKind type) => Known.GetValueOrDefault((type.Group, type.Kind), Custom);

    /// <summary>Whether a type runs something, or is used by what runs.</summary>
    internal static bool RunsOrFollows(GroupVersionKind type) => PhaseOf(type) >= Workload;

    internal static bool IsDefinition(GroupVersionKind type) => type is { Group: "apiextensions.k8s.io", Kind: "CustomResourceDefinition" };

    internal static bool IsNamespace(GroupVersionKind type) => type is { Group: "", Kind: "Namespace" };
}
