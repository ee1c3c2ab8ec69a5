using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Tests.References;

public sealed class NameReferenceTransformerTests
{
    [Theory]
    [InlineData("apps/v1", "Deployment", "spec: {template: {spec: {volumes: [{configMap: {name: cm}}]}}}", "spec/template/spec/volumes/0/configMap/name")]
    [InlineData("batch/v1", "CronJob", "spec: {jobTemplate: {spec: {template: {spec: {containers: [{envFrom: [{configMapRef: {name: cm}}]}]}}}}}", "spec/jobTemplate/spec/template/spec/containers/0/envFrom/0/configMapRef/name")]
    [InlineData("rbac.authorization.k8s.io/v1", "Role", "rules: [{resourceNames: [other, cm]}]", "rules/0/resourceNames/1")]
    [InlineData("networking.k8s.io/v1", "Ingress", "metadata: {name: r, annotations: {nginx.ingress.kubernetes.io/fastcgi-params-configmap: cm}}", "metadata/annotations/nginx.ingress.kubernetes.io/fastcgi-params-configmap")]
    public void NamesOfRenamedObjectsAreRepaired(string apiVersion, string kind, string fields, string path)
    {
        string metadata = fields.StartsWith("metadata", StringComparison.Ordinal) ? "" : "metadata: {name: r}\n";
        ResourceMap map = Repair(ConfigMap("cm").Renamed("p-cm"), Read($"apiVersion: {apiVersion}\nkind: {kind}\n{metadata}{fields}"));

        Assert.Contains("p-cm", Objects.Print(map[1].Node));
        if (!path.Contains("kubernetes.io", StringComparison.Ordinal))
        {
            Assert.Equal("p-cm", map[1].At(path));
        }
    }

    [Fact]
    public void ObjectsWithoutFieldsThatChangeStayTheSame()
    {
        Resource pod = Read("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {volumes: [{configMap: {name: unknown}}]}");
        Resource crd = Read("apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: p}");

        ResourceMap map = Repair(ConfigMap("cm").Renamed("p-cm"), pod, crd);

        Assert.Same(pod, map[1]);
        Assert.Same(crd, map[2]);
    }

    [Theory]
    [InlineData("name: cm", "name: \"1e3\"")]
    [InlineData("name: 'cm'", "name: \"1e3\"")]
    public void QuotesDecideWhatANameStandsFor(string written, string quoted)
    {
        ResourceMap map = Repair(ConfigMap("cm").Renamed("1e3"), Read($"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec:\n  volumes:\n  - configMap:\n      {written}"));

        string expected = written.Contains('\'', StringComparison.Ordinal) ? quoted : "name: 1000";
        Assert.Contains(expected, Objects.Print(map[1].Node));
    }

    [Fact]
    public void AnObjectSeesOnlyItsOwnNamespace()
    {
        ResourceMap map = Repair(ConfigMap("cm", "a").Renamed("cm-a"), ConfigMap("cm", "b").Renamed("cm-b"), Pod("cm", "b"), Pod("cm", "c"));

        Assert.Equal("cm-b", map[2].At("spec/volumes/0/configMap/name"));
        Assert.Equal("cm", map[3].At("spec/volumes/0/configMap/name"));
    }

    [Fact]
    public void NoNamespaceIsTheDefaultOne()
    {
        ResourceMap map = Repair(ConfigMap("cm", "default").Renamed("cm-a"), Pod("cm", null));

        Assert.Equal("cm-a", map[1].At("spec/volumes/0/configMap/name"));
    }

    [Fact]
    public void SubjectsAreFoundAcrossNamespacesAndTakeTheNewOne()
    {
        Resource account = Read("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa, namespace: a}").Renamed("p-sa", "b");
        Resource binding = Read("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: rb, namespace: c}
            subjects:
            - {kind: ServiceAccount, name: sa, namespace: a}
            - {kind: User, name: other}
            """);

        ResourceMap map = Repair(account, binding);

        // Only namespaces that the subjects name are looked into, and the account has left that one.
        Assert.Equal("sa", map[1].At("subjects/0/name"));
        map = Repair(Read("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa, namespace: a}").Renamed("p-sa"), binding);
        Assert.Equal("p-sa", map[1].At("subjects/0/name"));
        Assert.Equal("a", map[1].At("subjects/0/namespace"));
        Assert.Equal("other", map[1].At("subjects/1/name"));
    }

    [Fact]
    public void ClusterRoleBindingsSeeEveryNamespace()
    {
        Resource account = Read("apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: sa}").Renamed("p-sa", "b");
        Resource binding = Read("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: rb}\nsubjects: [{kind: ServiceAccount, name: sa, namespace: default}]");

        ResourceMap map = Repair(account, binding);

        Assert.Equal("p-sa", map[1].At("subjects/0/name"));
        Assert.Equal("b", map[1].At("subjects/0/namespace"));
    }

    [Theory]
    [InlineData("Role", "p-role")]
    [InlineData("ClusterRole", "p-cluster-role")]
    public void RoleRefSaysWhichKindIsMeant(string kind, string expected)
    {
        const string Group = "rbac.authorization.k8s.io";
        ResourceMap map = Repair(
            Read($"apiVersion: {Group}/v1\nkind: Role\nmetadata: {{name: r}}").Renamed("p-role"),
            Read($"apiVersion: {Group}/v1\nkind: ClusterRole\nmetadata: {{name: r}}").Renamed("p-cluster-role"),
            Read($"apiVersion: {Group}/v1\nkind: RoleBinding\nmetadata: {{name: rb}}\nroleRef: {{apiGroup: {Group}, kind: {kind}, name: r}}"));

        Assert.Equal(expected, map[2].At("roleRef/name"));
    }

    [Fact]
    public void WebhookServicesGetNameAndNamespace()
    {
        ResourceMap map = Repair(
            Read("apiVersion: v1\nkind: Service\nmetadata: {name: svc, namespace: system}").Renamed("p-svc", "prod"),
            Read("apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\nmetadata: {name: w}\nwebhooks: [{clientConfig: {service: {name: svc, namespace: system}}}]"));

        Assert.Equal("p-svc", map[1].At("webhooks/0/clientConfig/service/name"));
        Assert.Equal("prod", map[1].At("webhooks/0/clientConfig/service/namespace"));
    }

    [Fact]
    public void PrefixesTellObjectsOfOneNameApart()
    {
        Resource a = ConfigMap("cm").Renamed("a-cm").WithNamePrefix("a-");
        Resource b = ConfigMap("cm").Renamed("b-cm").WithNamePrefix("b-");

        ResourceMap map = Repair(a, b, Pod("cm", null).Renamed("b-p").WithNamePrefix("b-"));

        Assert.Equal("b-cm", map[2].At("spec/volumes/0/configMap/name"));
    }

    [Fact]
    public void SeveralFittingObjectsAreAnErrorThatNamesThem()
    {
        KustomizeException error = Assert.Throws<KustomizeException>(() => Repair(ConfigMap("cm").Renamed("a-cm"), ConfigMap("cm").Renamed("b-cm"), Pod("cm", null)));

        Diagnostic diagnostic = Assert.Single(error.Diagnostics);
        Assert.Equal(DiagnosticIds.AmbiguousTarget, diagnostic.Id);
        Assert.Contains("a-cm", diagnostic.Message);
        Assert.Contains("b-cm", diagnostic.Message);
        Assert.Contains("Pod p", diagnostic.Message);
        Assert.True(diagnostic.Position.Line > 0);
    }

    [Fact]
    public void SeveralFittingObjectsOfOneNewNameAreNone()
    {
        ResourceMap map = Repair(ConfigMap("cm", "a").Renamed("x"), ConfigMap("cm", "b").Renamed("x"), Read("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {name: r}\nrules: [{resourceNames: [cm]}]"));

        Assert.Equal("x", map[2].At("rules/0/resourceNames/0"));
    }

    [Fact]
    public void AMappingWithoutNameIsAnError()
    {
        Resource binding = Read("apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {name: rb}\nsubjects: [{kind: User}]");

        KustomizeException error = Assert.Throws<KustomizeException>(() => Repair(binding));

        Assert.Equal(DiagnosticIds.InvalidResource, error.Diagnostics[0].Id);
    }

    [Fact]
    public void FieldsWithinOthersAreRepairedInTheOrderOfTheConfiguration()
    {
        NameReference[] references =
        [
            new(new GroupVersionKind("", "v1", "ConfigMap"), [new FieldSpec(new GroupVersionKind("", "", "App"), "spec/ref")]),
            new(new GroupVersionKind("", "v1", "Secret"), [new FieldSpec(new GroupVersionKind("", "", "App"), "spec/ref/name")]),
        ];
        ResourceMap map = new([ConfigMap("cm").Renamed("s"), Read("apiVersion: v1\nkind: Secret\nmetadata: {name: s}").Renamed("final"), Read("apiVersion: x/v1\nkind: App\nmetadata: {name: a}\nspec: {ref: {name: cm}}")]);

        new NameReferenceTransformer(references).Transform(map);

        Assert.Equal("final", map[2].At("spec/ref/name"));
    }

    private static ResourceMap Repair(params Resource[] resources)
    {
        var map = new ResourceMap(resources);
        new NameReferenceTransformer(DefaultTransformerConfiguration.Instance.NameReferences).Transform(map);
        return map;
    }

    private static Resource Read(string yaml) => Objects.Read(yaml).Single();

    private static Resource ConfigMap(string name, string? ns = null) => Read($"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}{Namespace(ns)}}}");

    private static Resource Pod(string configMap, string? ns) =>
        Read($"apiVersion: v1\nkind: Pod\nmetadata: {{name: p{Namespace(ns)}}}\nspec: {{volumes: [{{configMap: {{name: {configMap}}}}}]}}");

    private static string Namespace(string? ns) => ns is null ? "" : $", namespace: {ns}";
}
