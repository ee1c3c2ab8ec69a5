using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>The fields that kustomize 5.8 changes without being told (its built-in transformer configuration).</summary>
public static partial class DefaultTransformerConfiguration
{
    private static readonly GroupVersionKind Any = new("", "", "");

    // The kinds with a pod template that every apiVersion of theirs has at the same place.
    private static readonly string[] TemplatedWorkloads = ["Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job"];

    /// <summary>The built-in configuration.</summary>
    public static TransformerConfiguration Instance => Holder.Value;

    private static TransformerConfiguration Build()
    {
        FieldSpec[] metadataLabels = [.. MetadataLabels()];
        return new TransformerConfiguration
        {
            NamePrefix = [new(Any, "metadata/name")],
            NameSuffix = [new(Any, "metadata/name")],
            Namespace = GroupVersionKindOrder.SortFields(
                [
                    new(Kind("Namespace"), "metadata/name", true),
                    new(new("apiregistration.k8s.io", "", "APIService"), "spec/service/namespace", true),
                    new(new("apiextensions.k8s.io", "", "CustomResourceDefinition"), "spec/conversion/webhook/clientConfig/service/namespace"),
                ]),
            CommonLabels = GroupVersionKindOrder.SortFields([.. SelectorLabels(), .. metadataLabels]),
            TemplateLabels = GroupVersionKindOrder.SortFields([.. metadataLabels]),
            CommonAnnotations = GroupVersionKindOrder.SortFields(Annotations()),
            NameReferences = GroupVersionKindOrder.SortReferences([.. NameReferences()]),
            VariableReferences = GroupVersionKindOrder.SortFields(VariableReferences()),
            Images =
            [
                new(Any, "spec/containers[]/image", true),
                new(Any, "spec/initContainers[]/image", true),
                new(Any, "spec/volumes[]/image/reference", true),
                new(Any, "spec/template/spec/containers[]/image", true),
                new(Any, "spec/template/spec/initContainers[]/image", true),
                new(Any, "spec/template/spec/volumes[]/image/reference", true),
            ],
            Replicas = GroupVersionKindOrder.SortFields(
                [
                    new(Kind("Deployment"), "spec/replicas", true),
                    new(Kind("ReplicationController"), "spec/replicas", true),
                    new(Kind("ReplicaSet"), "spec/replicas", true),
                    new(Kind("StatefulSet"), "spec/replicas", true),
                ]),
        };
    }

    private static IEnumerable<FieldSpec> MetadataLabels() =>
    [
        new(Any, "metadata/labels", true),
        new(new("", "v1", "ReplicationController"), "spec/template/metadata/labels", true),
        new(Kind("Deployment"), "spec/template/metadata/labels", true),
        new(Kind("ReplicaSet"), "spec/template/metadata/labels", true),
        new(Kind("DaemonSet"), "spec/template/metadata/labels", true),
        new(Kind("StatefulSet", "apps"), "spec/template/metadata/labels", true),
        new(Kind("StatefulSet", "apps"), "spec/volumeClaimTemplates[]/metadata/labels", true),
        new(Kind("Job", "batch"), "spec/template/metadata/labels", true),
        new(Kind("CronJob", "batch"), "spec/jobTemplate/metadata/labels", true),
        new(Kind("CronJob", "batch"), "spec/jobTemplate/spec/template/metadata/labels", true),
    ];

    private static IEnumerable<FieldSpec> SelectorLabels()
    {
        yield return new(new("", "v1", "Service"), "spec/selector", true);
        yield return new(new("", "v1", "ReplicationController"), "spec/selector", true);
        yield return new(Kind("Deployment"), "spec/selector/matchLabels", true);
        yield return new(Kind("ReplicaSet"), "spec/selector/matchLabels", true);
        yield return new(Kind("DaemonSet"), "spec/selector/matchLabels", true);
        yield return new(Kind("StatefulSet", "apps"), "spec/selector/matchLabels", true);
        foreach (string kind in (string[])["Deployment", "StatefulSet"])
        {
            foreach (string affinity in (string[])["podAffinity", "podAntiAffinity"])
            {
                string path = $"spec/template/spec/affinity/{affinity}";
                yield return new(Kind(kind, "apps"), $"{path}/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels");
                yield return new(Kind(kind, "apps"), $"{path}/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels");
            }
            yield return new(Kind(kind, "apps"), "spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels");
        }
        yield return new(Kind("Job", "batch"), "spec/selector/matchLabels");
        yield return new(Kind("CronJob", "batch"), "spec/jobTemplate/spec/selector/matchLabels");
        yield return new(Kind("PodDisruptionBudget", "policy"), "spec/selector/matchLabels");
        yield return new(Kind("NetworkPolicy", "networking.k8s.io"), "spec/podSelector/matchLabels");
        yield return new(Kind("NetworkPolicy", "networking.k8s.io"), "spec/ingress/from/podSelector/matchLabels");
        yield return new(Kind("NetworkPolicy", "networking.k8s.io"), "spec/egress/to/podSelector/matchLabels");
    }

    private static FieldSpec[] Annotations() =>
    [
        new(Any, "metadata/annotations", true),
        new(new("", "v1", "ReplicationController"), "spec/template/metadata/annotations", true),
        new(Kind("Deployment"), "spec/template/metadata/annotations", true),
        new(Kind("ReplicaSet"), "spec/template/metadata/annotations", true),
        new(Kind("DaemonSet"), "spec/template/metadata/annotations", true),
        new(Kind("StatefulSet"), "spec/template/metadata/annotations", true),
        new(Kind("Job", "batch"), "spec/template/metadata/annotations", true),
        new(Kind("CronJob", "batch"), "spec/jobTemplate/metadata/annotations", true),
        new(Kind("CronJob", "batch"), "spec/jobTemplate/spec/template/metadata/annotations", true),
    ];

    private static GroupVersionKind Kind(string kind, string group = "") => new(group, "", kind);

    // Built after the static fields of every part of this class, whose order across files is not defined.
    private static class Holder
    {
        public static readonly TransformerConfiguration Value = Build();
    }
}
