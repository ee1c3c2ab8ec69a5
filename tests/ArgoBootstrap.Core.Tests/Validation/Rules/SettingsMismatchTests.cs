using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class SettingsMismatchTests : RuleTest
{
    private const string Id = "SettingsMismatch";

    private const string Chart =
        """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: chart}
        spec:
          source:
            repoURL: https://argoproj.github.io/argo-helm
            chart: argo-cd
            targetRevision: 10.4.0
        """;

    [Theory]
    [InlineData("argocd: {chart: {version: 10.5.0}}", "spec.argocd.chart.version", 8)]
    [InlineData("argocd: {chart: {version: 10.4.0, repoURL: https://mirror.example.com/helm}}", "spec.argocd.chart.repoURL", 6)]
    public async Task ChartThatDiffers(string settings, string setting, int line)
    {
        Repository.Settings("repoURL: https://git.example.com/platform/gitops.git\n" + settings);

        Finding finding = await AssertFinding(Id, Chart);

        Assert.Equal((DiagnosticSeverity.Warning, line), (finding.Severity, finding.Line));
        Assert.Contains(setting, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RepositoryThatDiffers()
    {
        Repository.Settings("repoURL: https://git.example.com/platform/other.git");

        Finding finding = Assert.Single(await Repository.FindingsAsync(TestRepository.Dc11a));

        Assert.Equal((Id, 10), (finding.RuleId, finding.Line));
    }

    [Fact]
    public async Task RevisionThatDiffers()
    {
        Repository.Settings("repoURL: https://git.example.com/platform/gitops.git\ntargetRevision: stable");

        Finding finding = Assert.Single(await Repository.FindingsAsync(TestRepository.Dc11a));

        Assert.Equal((Id, 11), (finding.RuleId, finding.Line));
        Assert.Contains("'stable'", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("argocd: {chart: {version: 10.4.0, repoURL: https://argoproj.github.io/argo-helm/}}")]
    [InlineData("argocd: {chart: {version: 1.0.0, name: another-chart}}")]
    [InlineData("targetRevision: main")]
    public async Task SettingsThatAgree_OrSayNothing(string settings)
    {
        Repository.Settings("repoURL: git@git.example.com:platform/gitops.git\n" + settings);

        await AssertNone(Chart);
    }

    [Fact]
    public async Task WithoutSettings() => await AssertNone(Chart);
}
