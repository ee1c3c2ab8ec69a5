namespace ArgoBootstrap.Kustomize.Configuration;

public static partial class DefaultTransformerConfiguration
{
    private static FieldSpec[] VariableReferences() =>
    [
        .. ContainerFields("Pod", "spec"),
        new(Kind("Pod"), "spec/volumes/nfs/server"),
        .. TemplatedWorkloads.SelectMany(kind => ContainerFields(kind, TemplatePodSpec)),
        .. TemplatedWorkloads.Where(kind => kind != "StatefulSet").Select(kind => new FieldSpec(Kind(kind), $"{TemplatePodSpec}/volumes/nfs/server")),
        .. ContainerFields("CronJob", CronJobPodSpec),
        new(Kind("CronJob"), "spec/jobTemplate/spec/template/volumes/nfs/server"),
        new(Kind("StatefulSet"), "spec/volumeClaimTemplates/spec/nfs/server"),
        new(Kind("Deployment"), "spec/template/metadata/annotations"),
        new(Kind("Ingress"), "spec/rules/host"),
        new(Kind("Ingress"), "spec/tls/hosts"),
        new(Kind("Ingress"), "spec/tls/secretName"),
        new(Kind("Service"), "spec/ports/port"),
        new(Kind("Service"), "spec/ports/targetPort"),
        new(Kind("PersistentVolume"), "spec/nfs/server"),
        new(Any, "metadata/labels"),
        new(Any, "metadata/annotations"),
    ];

    private static IEnumerable<FieldSpec> ContainerFields(string kind, string podSpec)
    {
        foreach (string containers in (string[])["containers", "initContainers"])
        {
            foreach (string field in (string[])["args", "command", "env/value", "volumeMounts/mountPath"])
            {
                yield return new(Kind(kind), $"{podSpec}/{containers}/{field}");
            }
        }
    }
}
