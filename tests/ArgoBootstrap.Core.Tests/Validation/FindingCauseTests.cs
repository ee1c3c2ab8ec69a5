using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation;

/// <summary>What is wrong in a shared layer is found in every overlay above it, and is one thing to be mended.</summary>
public sealed class FindingCauseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(10)]
    [InlineData(300)]
    public async Task MissingFileOfTheBase_IsOneCauseOfEveryOverlay(int count)
    {
        _folder.Write("base/kustomization.yaml", "openapi:\n  path: gone.json\nnamePrefix: x-\n");
        Overlays(count, _ => "resources: [../../base]\n");

        IReadOnlyList<OverlayTestResult> results = await Test();

        Assert.Equal(count, results.Count);
        Assert.All(results, result => Assert.False(result.Passed));
        Assert.All(results, result => Assert.Equal(DiagnosticIds.FileNotFound, Assert.Single(result.Findings).RuleId));
        Finding first = Assert.Single(results.SelectMany(result => result.Findings), finding => finding.RepeatOf is null);
        Assert.Equal(results.Select(result => result.Overlay), first.AffectedOverlays);
        Assert.All(results.Skip(1), result => Assert.Equal(results[0].Overlay, result.Findings[0].RepeatOf));
        Assert.All(results.Skip(1), result => Assert.Empty(result.Findings[0].AffectedOverlays));
    }

    [Fact]
    public async Task RuleFinding_IsOneCause_AlthoughEachOverlayNamesTheObjectDifferently()
    {
        _folder.Write("base/kustomization.yaml", "resources: [secret.yaml]\n");
        _folder.Write("base/secret.yaml", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: x\n");
        Overlays(4, number => $"resources: [../../base]\nnamePrefix: c{number}-\nnamespace: n{number}\n");

        Finding[] findings = [.. (await Test()).SelectMany(result => result.Findings)];

        Assert.Equal(4, findings.Length);
        Assert.Equal(4, Assert.Single(findings, finding => finding.RepeatOf is null).AffectedOverlays.Count);
    }

    [Fact]
    public async Task SameMistakeInTwoFiles_IsTwoCauses()
    {
        Overlays(2, _ => "resources: [gone.yaml]\n");

        Finding[] findings = [.. (await Test()).SelectMany(result => result.Findings)];

        Assert.All(findings, finding => Assert.Null(finding.RepeatOf));
        Assert.All(findings, finding => Assert.Single(finding.AffectedOverlays));
    }

    [Fact]
    public async Task DeprecatedField_PointsToItsName()
    {
        _folder.Write("overlays/c0/kustomization.yaml", "namePrefix: x-\ncommonLabels:\n  a: b\n");
        _folder.Write("overlays/c1/kustomization.yaml", "namePrefix: x-\nbases:\n  - ../c0\n");

        Finding[] findings = [.. (await Test()).SelectMany(result => result.Findings).Where(finding => finding.RepeatOf is null)];

        Assert.Equal([(2, 1, "'commonLabels' is deprecated."), (2, 1, "'bases' is deprecated.")], findings.Select(finding => (finding.Line, finding.Column, finding.Message)));
    }

    private void Overlays(int count, Func<int, string> kustomization)
    {
        foreach (int number in Enumerable.Range(0, count))
        {
            _folder.Write($"overlays/c{number:000}/kustomization.yaml", kustomization(number));
        }
    }

    private async Task<IReadOnlyList<OverlayTestResult>> Test() =>
        await new OverlayValidator().TestAsync(
            Directory.GetDirectories(_folder.Combine("overlays")).Order(StringComparer.Ordinal), new OverlayTestOptions { ThrottleLimit = 1 }).ToListAsync();
}
