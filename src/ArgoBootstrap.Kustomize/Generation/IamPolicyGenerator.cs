using System.Text;
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
        var fields = new FieldReader(configuration.Node, "an IAMPolicyGenerator", bag, readsScalarsAsText: false);
        FieldReader service = Section(fields, "kubernetesService", bag);
        FieldReader account = Section(fields, "serviceAccount", bag);
        string cloud = fields.String("cloud");
        if (cloud != "gke")
        {
            bag.Error(DiagnosticIds.InvalidValue, $"The cloud '{cloud}' is not supported.", fields.Position, "Only gke is.");
        }
        // kustomize writes the names into YAML text and reads that.
        string text = $"""
            apiVersion: v1
            kind: ServiceAccount
            metadata:
              annotations:
                iam.gke.io/gcp-service-account: {account.String("name")}@{account.String("projectId")}.iam.gserviceaccount.com
              name: {service.String("name")}
            """;
        if (service.String("namespace") is { Length: > 0 } ns)
        {
            text += $"\n  namespace: {ns}";
        }
        bag.ThrowIfAny();
        return new Resource(Read(text, fields.Position), KubernetesSchema.Default);
    }

    private static MappingNode Read(string text, SourcePosition position)
    {
        string cause = "";
        try
        {
            // What is made has the place of its configuration.
            if (YamlReader.ReadAll(Encoding.UTF8.GetBytes(text), new SourceFile(position.File.Path, position.Line - 1)) is [MappingNode node, ..])
            {
                return node;
            }
        }
        catch (KustomizeException e)
        {
            cause = " " + e.Diagnostics[0].Message;
        }
        throw new KustomizeException(
            DiagnosticIds.InvalidValue, $"The names of an IAMPolicyGenerator make no ServiceAccount.{cause}", position, "Correct the names under 'kubernetesService' and 'serviceAccount'.");
    }

    private static FieldReader Section(FieldReader parent, string field, DiagnosticBag bag) =>
        new(parent.Mapping(field) ?? MappingNode.Empty, $"'{field}' of an IAMPolicyGenerator", bag, readsScalarsAsText: false);
}
