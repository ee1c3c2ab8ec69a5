using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class ApplicationPathForeignTests : RuleTest
{
    private const string Id = "ApplicationPathForeign";

    [Theory]
    [InlineData(TestRepository.Dc11b)]
    [InlineData(TestRepository.Prod)]
    public async Task SelfManagement_OfAnotherOverlay(string path)
    {
        Repository.Cluster("dc11a", path: path);

        Finding finding = Assert.Single(await Repository.FindingsAsync(TestRepository.Dc11a));

        Assert.Equal((Id, 12), (finding.RuleId, finding.Line));
        Assert.Contains($"points to '{path}'", finding.Message, StringComparison.Ordinal);
        Assert.Contains($"'{TestRepository.Dc11a}'", finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apps/system/overlays/prod/dc11b/shop")]
    [InlineData("apps/system/overlays/dev/shop")]
    public async Task AnotherApplication_OfAnotherCluster(string path)
    {
        Repository.Write(path + "/kustomization.yaml", "resources: []\n");

        await AssertFinding(Id, TestRepository.Application(path, "shop"));
    }

    [Theory]
    [InlineData("apps/system/overlays/prod/dc11a/shop")]
    [InlineData("apps/system/overlays/prod/shop")]
    [InlineData("apps/shop")]
    public async Task OwnOrSharedApplications(string path)
    {
        Repository.Write(path + "/kustomization.yaml", "resources: []\n");

        await AssertNone(TestRepository.Application(path, "shop"));
    }

    [Fact]
    public async Task ApplicationForAnotherCluster_MayPointToItsOverlay() =>
        await AssertNone(TestRepository.Application(TestRepository.Dc11b, "remote").Replace("https://kubernetes.default.svc", "https://dc11b.example.com", StringComparison.Ordinal));
}
