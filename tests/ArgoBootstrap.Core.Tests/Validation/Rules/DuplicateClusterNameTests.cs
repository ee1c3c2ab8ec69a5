using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class DuplicateClusterNameTests : RuleTest
{
    [Fact]
    public async Task TwoClustersOfOneName_AreBothConcerned()
    {
        Repository.Cluster("dc11b", name: "dc11a");

        List<OverlayTestResult> results = await Repository.TestAsync("apps");

        Assert.Equal(["dc11a", "dc11b"], results.Where(result => !result.Passed).Select(result => result.Cluster).Order());
        Finding finding = Assert.Single(Assert.Single(results, result => result.Cluster == "dc11b").Findings);
        Assert.Equal("DuplicateClusterName", finding.RuleId);
        Assert.Contains(TestRepository.Dc11a, finding.Message, StringComparison.Ordinal);
        Assert.Equal((Repository.Combine($"{TestRepository.Dc11b}/kustomization.yaml"), 8, 9), (finding.File, finding.Line, finding.Column));
    }

    [Fact]
    public async Task ClusterOfAnotherEnvironment_NamedByItsFolder()
    {
        Repository.Write("apps/system/overlays/stage/argocd/kustomization.yaml", "resources: [../../../base/argocd]\n");
        Repository.Write("apps/system/overlays/stage/dc11a/argocd/kustomization.yaml", "resources: [../../argocd]\n");

        List<OverlayTestResult> results = await Repository.TestAsync("apps");

        Assert.Equal(["prod", "stage"], results.Where(result => !result.Passed).Select(result => result.Environment).Order());
    }

    [Fact]
    public async Task OverlaysOfOneCluster_ShareItsName()
    {
        Repository.Write("apps/system/overlays/prod/dc11a/shop/kustomization.yaml", "configMapGenerator: [{name: cluster-config, literals: [CLUSTER_NAME=dc11a, INGRESS_HOST=argocd.dc11a.example.com]}]\n");

        Assert.All(await Repository.TestAsync("apps"), result => Assert.Empty(result.Findings));
    }
}
