using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Generation;

/// <summary>kustomize's built-in <c>IAMPolicyGenerator</c>: a ServiceAccount that stands for a service account of Google Cloud.</summary>
internal static class IamPolicyGenerator
{
    /// <summary>Makes the ServiceAccount.</summary>
    /// <param name="configuration">The generator's configuration.</param>
    /// <exception cref="KustomizeException">The configuration cannot be used.</exception>
    public static Resource Generate(Resource configuration)
    {
        var bag = new DiagnosticBag();
        var fields = new FieldReader(configuration.Node, "an IAMPolicyGenerator", bag);
        FieldReader service = Section(fields, "kubernetesService", bag);
        FieldReader account = Section(fields, "serviceAccount", bag);
        string cloud = fields.String("cloud");
        if (cloud != "gke")
        {
            bag.Error(DiagnosticIds.InvalidValue, $"The cloud '{cloud}' is not supported.", fields.Position, "Only gke is.");
        }
        var annotations = MappingNode.Empty.With(
            "iam.gke.io/gcp-service-account", ScalarNode.Plain($"{account.String("name")}@{account.String("projectId")}.iam.gserviceaccount.com"));
        MappingNode metadata = MappingNode.Empty.With("annotations", annotations).With("name", ScalarNode.Plain(service.String("name")));
        if (service.String("namespace") is { Length: > 0 } ns)
        {
            metadata = metadata.With("namespace", ScalarNode.Plain(ns));
        }
        bag.ThrowIfAny();
        MappingNode node = new MappingNode([], configuration.Node.Position)
            .With("apiVersion", ScalarNode.String("v1"))
            .With("kind", ScalarNode.String("ServiceAccount"))
            .With("metadata", metadata);
        return new Resource(node, KubernetesSchema.Default);
    }

    private static FieldReader Section(FieldReader parent, string field, DiagnosticBag bag) =>
        new(parent.Mapping(field) ?? MappingNode.Empty, $"'{field}' of an IAMPolicyGenerator", bag);
}
