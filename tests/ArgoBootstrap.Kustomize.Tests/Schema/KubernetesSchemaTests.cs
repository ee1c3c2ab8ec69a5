using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Schema;

public sealed class KubernetesSchemaTests
{
    private const string Custom = """
        definitions:
          v1.Roll:
            type: object
            properties:
              spec: {$ref: '#/definitions/v1.RollSpec'}
            x-kubernetes-group-version-kind: [{group: example.com, version: v1, kind: Roll}]
          v1.RollSpec:
            properties:
              steps:
                type: array
                items: {$ref: '#/definitions/v1.Step'}
                x-kubernetes-patch-strategy: merge
                x-kubernetes-patch-merge-key: name
              plain: {type: array, items: {type: string}, x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name]}
              any: {additionalProperties: {$ref: '#/definitions/v1.RollSpec'}}
          v1.Step: {type: object, properties: {again: {$ref: '#/definitions/v1.Nothing'}}}
        paths:
          /apis/example.com/v1/rolls/{name}:
            get: {x-kubernetes-group-version-kind: {group: example.com, version: v1, kind: Roll}}
        """;

    [Theory]
    [InlineData("apps/v1", "Deployment", "spec/template/spec/containers", "name")]
    [InlineData("apps/v1", "Deployment", "spec/template/spec/containers/[]/ports", "containerPort,protocol")]
    [InlineData("apps/v1", "Deployment", "spec/template/spec/initContainers/[]/env", "name")]
    [InlineData("batch/v1", "CronJob", "spec/jobTemplate/spec/template/spec/volumes", "name")]
    [InlineData("v1", "Service", "spec/ports", "port,protocol")]
    [InlineData("v1", "ConfigMap", "metadata/finalizers", "")]
    [InlineData("v1", "ServiceAccount", "secrets", "name")]
    [InlineData("apps/v1", "Deployment", "spec/template/spec/containers/[]/args", null)]
    [InlineData("apps/v1", "Deployment", "spec/template/spec/tolerations", null)]
    [InlineData("rbac.authorization.k8s.io/v1", "Role", "rules", null)]
    public void Lists_merge_as_the_Kubernetes_API_says(string apiVersion, string kind, string path, string? keys)
    {
        SchemaNode? node = Walk(KubernetesSchema.Default, apiVersion, kind, path);

        Assert.Equal(keys, node is { MergesItems: true } ? string.Join(',', node.MergeKeys) : null);
    }

    [Theory]
    [InlineData("example.com/v1", "Deployment")]
    [InlineData("", "")]
    public void Unknown_types_have_no_schema(string apiVersion, string kind) =>
        Assert.Null(KubernetesSchema.Default.ForResource(GroupVersionKind.Parse(apiVersion, kind)));

    [Fact]
    public void A_custom_schema_takes_the_place_of_the_built_in_one()
    {
        var schema = KubernetesSchema.FromOpenApi(Objects.Document(Custom));

        Assert.Equal(["name"], Walk(schema, "example.com/v1", "Roll", "spec/any/x/steps")!.MergeKeys);
        Assert.False(Walk(schema, "example.com/v1", "Roll", "spec/plain")!.MergesItems);
        Assert.Null(Walk(schema, "example.com/v1", "Roll", "spec/steps/[]/again"));
        Assert.Null(schema.ForResource(new GroupVersionKind("apps", "v1", "Deployment")));
        Assert.True(schema.IsClusterScoped(new GroupVersionKind("example.com", "v1", "Roll")));
        Assert.True(schema.IsClusterScoped(new GroupVersionKind("", "v1", "Namespace")));
    }

    [Fact]
    public void The_built_in_schema_can_stay() =>
        Assert.NotNull(KubernetesSchema.FromOpenApi(Objects.Document(Custom), keepBuiltIn: true).ForResource(new GroupVersionKind("apps", "v1", "Deployment")));

    [Fact]
    public void A_custom_schema_can_refer_to_definitions_of_the_built_in_one_that_stays()
    {
        const string Text = "{definitions: {A: {properties: {spec: {$ref: '#/definitions/io.k8s.api.core.v1.PodSpec'}}, x-kubernetes-group-version-kind: [{group: e, version: v1, kind: A}]}}}";

        Assert.Equal(["name"], Walk(KubernetesSchema.FromOpenApi(Objects.Document(Text), keepBuiltIn: true), "e/v1", "A", "spec/containers")!.MergeKeys);
        Assert.Null(Walk(KubernetesSchema.FromOpenApi(Objects.Document(Text)), "e/v1", "A", "spec"));
    }

    [Fact]
    public void Only_the_built_in_version_exists()
    {
        Assert.Same(KubernetesSchema.Default, KubernetesSchema.FromVersion("v1.21.2", SourcePosition.None));
        KustomizeException error = Assert.Throws<KustomizeException>(() => KubernetesSchema.FromVersion("v1.20.4", SourcePosition.None));
        Assert.Equal(DiagnosticIds.InvalidSchema, error.Diagnostics[0].Id);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("definitions: []")]
    public void A_document_of_another_form_is_refused(string text) =>
        Assert.Throws<KustomizeException>(() => KubernetesSchema.FromOpenApi(Objects.Document(text)));

    private static SchemaNode? Walk(KubernetesSchema schema, string apiVersion, string kind, string path)
    {
        SchemaNode? node = schema.ForResource(GroupVersionKind.Parse(apiVersion, kind));
        foreach (string part in path.Split('/'))
        {
            node = part == "[]" ? node?.Elements : node?.Field(part);
        }
        return node;
    }
}
