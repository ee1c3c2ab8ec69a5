using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class UnresolvedVariableTests : RuleTest
{
    private const string Id = "UnresolvedVariable";

    [Theory]
    [InlineData("  labels: {cluster: $(CLUSTER_NAME)}", "metadata.labels.cluster")]
    [InlineData("  labels: {region: $(REGION)}", "metadata.labels.region")]
    [InlineData("  annotations: {host: 'https://$(INGRESS_HOST)/x'}", "metadata.annotations.host")]
    [InlineData("data: {text: 'in $(ENVIRONMENT) now'}", "data.text")]
    public async Task VariableThatIsLeft(string lines, string field)
    {
        Finding finding = await AssertFinding(Id, $"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n{lines}\n");

        Assert.Contains($"is left in {field} of ConfigMap c.", finding.Message, StringComparison.Ordinal);
        Assert.Equal(new ResourceReference("v1", "ConfigMap", "c", null), finding.Resource);
        Assert.Equal((Repository.Combine($"{TestRepository.Dc11a}/extra.yaml"), 5), (finding.File, finding.Line));
        Assert.Equal([Repository.Combine($"{TestRepository.Dc11a}/kustomization.yaml")], finding.OverlayChain);
    }

    [Fact]
    public async Task SameVariableTwice_IsOneFinding() =>
        await AssertFinding(Id, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: $(CLUSTER_NAME), b: $(CLUSTER_NAME)}\n");

    [Fact]
    public async Task InAContainer_WithoutSuchAnEnvironmentVariable() => await AssertFinding(Id, Pod("args: ['--name=$(CLUSTER_NAME)']"));

    [Theory]
    [InlineData("data: {script: 'today=$(date); host=$(hostname)'}")]
    [InlineData("data: {task: 'image $(params.image) $(workspaces.source.path)'}")]
    [InlineData("data: {literal: '$$(CLUSTER_NAME) and $$$$(INGRESS_HOST)'}")]
    [InlineData("data: {other: '$(SOME_NAME_OF_THE_SHELL)'}")]
    [InlineData("data: {open: '$(CLUSTER_NAME', dollar: 'a $', two: '$$'}")]
    [InlineData("  annotations: {kubectl.kubernetes.io/last-applied-configuration: '$(POD_NAME)'}")]
    public async Task TextThatOnlyLooksAlike(string lines) => await AssertNone($"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c\n{lines}\n");

    [Theory]
    [InlineData("env: [{name: POD_NAME, value: x}], args: ['$(POD_NAME)', '$(OTHER)']")]
    [InlineData("env: [{name: CLUSTER_NAME, value: x}], command: ['$(CLUSTER_NAME)']")]
    [InlineData("envFrom: [{configMapRef: {name: c}}], args: ['$(CLUSTER_NAME)']")]
    [InlineData("args: ['$(KUBERNETES_SERVICE_HOST)', 'echo $(date)']")]
    [InlineData("env: [{name: A, value: x}, {name: B, value: '$(A)/$(C)'}]")]
    public async Task EnvironmentVariablesOfAContainer(string container) => await AssertNone(Pod(container));

    [Fact]
    public async Task SharedLayer_LeavesItToTheClusters()
    {
        Repository.Write("apps/system/base/argocd/namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: argocd\n  labels: {c: $(CLUSTER_NAME)}\n");

        Assert.Empty(await Repository.FindingsAsync(TestRepository.Prod));
        Assert.Empty(await Repository.FindingsAsync("apps/system/base/argocd"));
        Finding finding = Assert.Single(await Repository.FindingsAsync(TestRepository.Dc11a));
        Assert.Equal(3, finding.OverlayChain.Count);
        Assert.Equal(Repository.Combine("apps/system/base/argocd/kustomization.yaml"), finding.OverlayChain[^1]);
    }

    [Fact]
    public async Task EnvironmentWithoutClusters_HasToResolveIt()
    {
        Repository.Write("apps/system/overlays/dev/argocd/kustomization.yaml", "resources: [c.yaml]\n");
        Repository.Write("apps/system/overlays/dev/argocd/c.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: $(CLUSTER_NAME)}\n");

        Assert.Equal(Id, Assert.Single(await Repository.FindingsAsync("apps/system/overlays/dev/argocd")).RuleId);
    }

    private static string Pod(string container) =>
        $"apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec:\n  containers:\n    - {{name: c, image: i, {container}}}\n";
}
