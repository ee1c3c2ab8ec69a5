namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class UnresolvedPlaceholderTests : RuleTest
{
    private const string Id = "UnresolvedPlaceholder";

    [Theory]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, labels: {argobootstrap.io/cluster: CLUSTER_NAME}}\n")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, annotations: {environment: ENVIRONMENT}}\n")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata: {url: 'https://host.invalid'}\n")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata: {ui.bannercontent: ENVIRONMENT / dc11a}\n")]
    [InlineData("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec: {rules: [{host: host.invalid}]}\n")]
    [InlineData("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec: {tls: [{hosts: [INGRESS_HOST]}]}\n")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: {source: {repoURL: https://charts.example.com, chart: c, helm: {valuesObject: {global: {domain: host.invalid}}}}}\n")]
    public async Task PlaceholderThatIsLeft(string objects) => await AssertFinding(Id, objects);

    [Fact]
    public async Task ApplicationPath_IsReportedOnce()
    {
        Repository.Cluster("dc11a", path: "apps/system/overlays/ENVIRONMENT/argocd");

        Core.Validation.Finding finding = Assert.Single(await Repository.FindingsAsync(TestRepository.Dc11a));

        Assert.Equal(Id, finding.RuleId);
        Assert.Equal(Repository.Combine($"{TestRepository.Dc11a}/application.yaml"), finding.File);
        Assert.Equal((12, 11), (finding.Line, finding.Column));
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {CLUSTER_NAME: dc11a, key: CLUSTER_NAME, doc: set ENVIRONMENT first}\n")]
    [InlineData("apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, env: [{name: CLUSTER_NAME, valueFrom: {configMapKeyRef: {name: x, key: CLUSTER_NAME}}}]}]}\n")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata: {url: 'https://argocd.example.com', help.chatText: \"about\\nENVIRONMENT\\n\"}\n")]
    [InlineData("apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec: {source: {repoURL: https://charts.example.com, chart: c, helm: {valuesObject: {env: [{name: ENVIRONMENT}]}}}}\n")]
    [InlineData("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec: {rules: [{host: invalid.example.com}, {http: {}}]}\n")]
    public async Task NamesInOtherPlaces(string objects) => await AssertNone(objects);
}
