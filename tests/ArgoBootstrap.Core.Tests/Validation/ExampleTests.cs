using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation;

public sealed class ExampleTests
{
    private static readonly string[] Deprecated = ["bases", "commonLabels", "patchesJson6902", "patchesStrategicMerge", "vars"];

    [Fact]
    public async Task Example_HasOneResultForEachOverlay_AllWithoutFindings()
    {
        List<OverlayTestResult> results = await new OverlayValidator().TestAsync([ExampleRepositories.Example]).ToListAsync();

        Assert.Equal(
            [
                "apps/system/overlays/dev/argocd",
                "apps/system/overlays/prod/dc11a/argocd",
                "apps/system/overlays/prod/dc11b/argocd",
            ],
            results.Select(result => result.Overlay).Order(StringComparer.Ordinal));
        Assert.All(results, result => Assert.Empty(result.Findings));
        Assert.All(results, result => Assert.True(result.Passed && result.Resources > 10));
        OverlayTestResult cluster = Assert.Single(results, result => result.Cluster == "dc11a");
        Assert.Equal("prod", cluster.Environment);
    }

    [Fact]
    public async Task OlderForm_PassesWithDeprecationWarningsOnly()
    {
        List<OverlayTestResult> results = await new OverlayValidator().TestAsync([ExampleRepositories.Vars]).ToListAsync();

        Assert.Equal(2, results.Count);
        Assert.All(results, result => Assert.True(result.Passed));
        Assert.All(results.SelectMany(result => result.Findings), finding =>
        {
            Assert.Equal((DiagnosticIds.DeprecatedField, DiagnosticSeverity.Warning), (finding.RuleId, finding.Severity));
            Assert.Contains(Deprecated, field => finding.Message.Contains($"'{field}'", StringComparison.Ordinal));
            Assert.True(finding.Line > 0 && finding.Column > 0);
        });
    }
}
