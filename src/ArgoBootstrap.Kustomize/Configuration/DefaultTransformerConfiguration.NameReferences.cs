using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Configuration;

public static partial class DefaultTransformerConfiguration
{
    private const string TemplatePodSpec = "spec/template/spec";
    private const string CronJobPodSpec = "spec/jobTemplate/spec/template/spec";
    private const string Rbac = "rbac.authorization.k8s.io";
    private const string Admission = "admissionregistration.k8s.io";

    private static readonly string[] ConfigMapFields =
    [
        "volumes/configMap/name", "containers/env/valueFrom/configMapKeyRef/name", "initContainers/env/valueFrom/configMapKeyRef/name",
        "containers/envFrom/configMapRef/name", "initContainers/envFrom/configMapRef/name", "volumes/projected/sources/configMap/name",
    ];

    private static readonly string[] SecretFields =
    [
        "volumes/secret/secretName", "containers/env/valueFrom/secretKeyRef/name", "initContainers/env/valueFrom/secretKeyRef/name",
        "containers/envFrom/secretRef/name", "initContainers/envFrom/secretRef/name", "imagePullSecrets/name", "volumes/projected/sources/secret/name",
    ];

    private static IEnumerable<NameReference> NameReferences()
    {
        foreach (string kind in (string[])["Deployment", "ReplicationController", "ReplicaSet", "StatefulSet"])
        {
            yield return new(Kind(kind), [new(Kind("HorizontalPodAutoscaler"), "spec/scaleTargetRef/name")]);
        }
        yield return new(new("", "v1", "ConfigMap"), ConfigMapReferrers());
        yield return new(new("", "v1", "Secret"), SecretReferrers());
        yield return new(new("", "v1", "Service"),
            [
                new(Kind("StatefulSet", "apps"), "spec/serviceName"),
                new(Kind("Ingress"), "spec/rules/http/paths/backend/serviceName"),
                new(Kind("Ingress"), "spec/backend/serviceName"),
                new(Kind("Ingress"), "spec/rules/http/paths/backend/service/name"),
                new(Kind("Ingress"), "spec/defaultBackend/service/name"),
                new(Kind("APIService", "apiregistration.k8s.io"), "spec/service/name"),
                new(Kind("ValidatingWebhookConfiguration", Admission), "webhooks/clientConfig/service"),
                new(Kind("MutatingWebhookConfiguration", Admission), "webhooks/clientConfig/service"),
            ]);
        yield return new(Kind("Role", Rbac), [new(Kind("RoleBinding", Rbac), "roleRef/name")]);
        yield return new(Kind("ClusterRole", Rbac), [new(Kind("RoleBinding", Rbac), "roleRef/name"), new(Kind("ClusterRoleBinding", Rbac), "roleRef/name")]);
        yield return new(new("", "v1", "ServiceAccount"),
            [new(Kind("RoleBinding", Rbac), "subjects"), new(Kind("ClusterRoleBinding", Rbac), "subjects"), .. PodFields("serviceAccountName")]);
        yield return new(new("", "v1", "PersistentVolumeClaim"), PodFields("volumes/persistentVolumeClaim/claimName"));
        yield return new(new("", "v1", "PersistentVolume"), [new(Kind("PersistentVolumeClaim"), "spec/volumeName"), new(Kind("ClusterRole"), "rules/resourceNames")]);
        yield return new(new("storage.k8s.io", "v1", "StorageClass"),
            [
                new(Kind("PersistentVolume"), "spec/storageClassName"),
                new(Kind("PersistentVolumeClaim"), "spec/storageClassName"),
                new(Kind("StatefulSet"), "spec/volumeClaimTemplates/spec/storageClassName"),
            ]);
        yield return new(new("scheduling.k8s.io", "v1", "PriorityClass"), PodFields("priorityClassName"));

        // kustomize writes a version into the group, so that this one fits no object.
        yield return new(new("networking.k8s.io/v1", "v1", "IngressClass"), [new(Kind("Ingress"), "spec/ingressClassName")]);
        yield return new(Kind("ValidatingAdmissionPolicy", Admission), [new(Kind("ValidatingAdmissionPolicyBinding", Admission), "spec/policyName")]);
    }

    private static FieldSpec[] ConfigMapReferrers() =>
    [
        .. PodTemplateFields(ConfigMapFields),
        new(Kind("Node"), "spec/configSource/configMap"),
        new(Kind("Role"), "rules/resourceNames"),
        new(Kind("ClusterRole"), "rules/resourceNames"),
        new(Kind("Ingress"), @"metadata/annotations/nginx.ingress.kubernetes.io\/fastcgi-params-configmap"),
    ];

    private static FieldSpec[] SecretReferrers() =>
    [
        .. PodTemplateFields(SecretFields),
        new(Kind("Ingress"), "spec/tls/secretName"),
        new(Kind("Ingress"), @"metadata/annotations/ingress.kubernetes.io\/auth-secret"),
        new(Kind("Ingress"), @"metadata/annotations/nginx.ingress.kubernetes.io\/auth-secret"),
        new(Kind("Ingress"), @"metadata/annotations/nginx.ingress.kubernetes.io\/auth-tls-secret"),

        // There twice in kustomize, which looks a name up again that it has just written.
        new(Kind("Ingress"), "spec/tls/secretName"),
        new(Kind("ServiceAccount"), "imagePullSecrets/name"),
        new(Kind("StorageClass"), "parameters/secretName"),
        new(Kind("StorageClass"), "parameters/adminSecretName"),
        new(Kind("StorageClass"), "parameters/userSecretName"),
        new(Kind("StorageClass"), "parameters/secretRef"),
        new(Kind("Role"), "rules/resourceNames"),
        new(Kind("ClusterRole"), "rules/resourceNames"),
        new(new("serving.knative.dev", "v1", "Service"), "spec/template/spec/containers/env/valueFrom/secretKeyRef/name"),
        new(Kind("PersistentVolume"), "spec/azureFile/secretName"),
    ];

    /// <summary>Fields of the pod spec in everything that holds one, but ReplicationController.</summary>
    private static IEnumerable<FieldSpec> PodTemplateFields(string[] fields)
    {
        foreach ((GroupVersionKind type, string podSpec) in PodSpecs())
        {
            foreach (string field in fields)
            {
                yield return new(type, $"{podSpec}/{field}");
            }
        }
    }

    private static IEnumerable<(GroupVersionKind Type, string Path)> PodSpecs()
    {
        yield return (new("", "v1", "Pod"), "spec");
        yield return (Kind("PodTemplate"), "template/spec");
        foreach (string kind in TemplatedWorkloads)
        {
            yield return (Kind(kind), TemplatePodSpec);
        }
        yield return (Kind("CronJob"), CronJobPodSpec);
    }

    /// <summary>A field of the pod spec, in the shorter list of kinds that kustomize has for fields other than ConfigMaps and Secrets.</summary>
    private static FieldSpec[] PodFields(string field) =>
    [
        new(Kind("Pod"), $"spec/{field}"),
        new(Kind("StatefulSet"), $"{TemplatePodSpec}/{field}"),
        new(Kind("Deployment"), $"{TemplatePodSpec}/{field}"),
        new(Kind("ReplicationController"), $"{TemplatePodSpec}/{field}"),
        new(Kind("CronJob"), $"{CronJobPodSpec}/{field}"),
        new(Kind("Job"), $"{TemplatePodSpec}/{field}"),
        new(Kind("DaemonSet"), $"{TemplatePodSpec}/{field}"),
    ];
}
