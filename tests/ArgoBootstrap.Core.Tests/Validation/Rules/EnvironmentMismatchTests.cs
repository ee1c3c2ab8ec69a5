using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class EnvironmentMismatchTests : RuleTest
{
    private const string Id = "EnvironmentMismatch";

    [Theory]
    [InlineData("environments: [{name: prod}, {name: dev}]", "no folder apps/system/overlays/dev")]
    [InlineData("environments: [{name: prod}, {name: prod}]", "twice")]
    public async Task EnvironmentWithoutFolder_OrTwice(string settings, string message)
    {
        Finding finding = await SettingsFinding(settings);

        Assert.Equal(4, finding.Line);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FolderThatIsNotListed()
    {
        Repository.Write("apps/system/overlays/dev/argocd/kustomization.yaml", "resources: []\n");

        Assert.Contains("'dev'", (await SettingsFinding("environments: [{name: prod}]")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("environments: [{name: prod}]")]
    [InlineData("repoURL: https://git.example.com/platform/gitops.git")]
    [InlineData("environments: [{name: prod}, {name: dev}]\nrules: {EnvironmentMismatch: off}")]
    public async Task SettingsThatAgree(string settings)
    {
        Repository.Settings(settings);

        Assert.DoesNotContain((await Repository.TestAsync("apps")).SelectMany(result => result.Findings), finding => finding.RuleId == Id);
    }

    private async Task<Finding> SettingsFinding(string settings)
    {
        Repository.Settings(settings);
        OverlayTestResult result = Assert.Single(await Repository.TestAsync("apps"), result => result.Overlay == "apps/system/argobootstrap.yaml");
        Finding finding = Assert.Single(result.Findings);
        Assert.Equal(Id, finding.RuleId);
        return finding;
    }
}
