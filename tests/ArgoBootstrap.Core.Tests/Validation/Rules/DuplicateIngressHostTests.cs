using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class DuplicateIngressHostTests : RuleTest
{
    private const string Id = "DuplicateIngressHost";

    [Fact]
    public async Task TwoClustersOfOneHost()
    {
        Repository.Cluster("dc11b", host: "ArgoCD.dc11a.example.com");

        List<OverlayTestResult> results = await Repository.TestAsync("apps");

        Finding finding = Assert.Single(Assert.Single(results, result => result.Cluster == "dc11b").Findings);
        Assert.Equal((Id, 9, 9), (finding.RuleId, finding.Line, finding.Column));
        Assert.Equal(2, results.Count(result => !result.Passed));
    }

    [Fact]
    public async Task HostThatOnlyRenderingShows()
    {
        Repository.Write($"{TestRepository.Dc11b}/kustomization.yaml", "resources: [../../argocd, ingress.yaml]\n");
        Repository.Write($"{TestRepository.Dc11b}/ingress.yaml", "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec:\n  rules:\n    - host: argocd.dc11a.example.com\n");

        List<OverlayTestResult> results = await Repository.TestAsync("apps");

        Assert.Equal(2, results.Count);
        Finding finding = Assert.Single(Assert.Single(results, result => result.Cluster == "dc11b").Findings);
        Assert.Equal((Id, Repository.Combine($"{TestRepository.Dc11b}/ingress.yaml"), 6), (finding.RuleId, finding.File, finding.Line));
        Assert.Single(Assert.Single(results, result => result.Cluster == "dc11a").Findings);
    }

    [Fact]
    public async Task HostOfASharedLayer_IsNoClusters()
    {
        Repository.Write($"{TestRepository.Prod}/kustomization.yaml", "resources: [../../../base/argocd]\nconfigMapGenerator: [{name: environment-config, literals: [INGRESS_HOST=argocd.dc11a.example.com]}]\n");

        Assert.All(await Repository.TestAsync("apps"), result => Assert.Empty(result.Findings));
    }

    [Fact]
    public async Task EnvironmentWithoutClusters_IsOne()
    {
        Repository.Write("apps/system/overlays/dev/argocd/kustomization.yaml", "configMapGenerator: [{name: environment-config, literals: [INGRESS_HOST=argocd.dc11a.example.com]}]\n");

        Assert.Equal(["dev", "prod"], (await Repository.TestAsync("apps")).Where(result => !result.Passed).Select(result => result.Environment).Order());
    }
}
