using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation;

/// <summary>Each way to break a repository is one finding that says where and what to do.</summary>
public sealed class BrokenRepositoryTests : IDisposable
{
    private const string Overlay = $"{TestRepository.Dc11a}/kustomization.yaml";

    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task MissingFile() => await AssertBroken("resources:\n  - ../../argocd\n  - nothing.yaml\n", DiagnosticIds.FileNotFound, 3, 5);

    [Fact]
    public async Task CycleOfBases()
    {
        _repository.Write("apps/system/base/one/kustomization.yaml", "resources:\n  - ../two\n");
        _repository.Write("apps/system/base/two/kustomization.yaml", "resources:\n  - ../one\n");

        Finding finding = await AssertBroken("resources:\n  - ../../../../base/one\n", DiagnosticIds.Cycle, 2, 5, "apps/system/base/two/kustomization.yaml");

        Assert.Equal(
            ["apps/system/overlays/prod/dc11a/argocd/kustomization.yaml", "apps/system/base/one/kustomization.yaml", "apps/system/base/two/kustomization.yaml"],
            finding.OverlayChain.Select(file => Path.GetRelativePath(_repository.Path, file)));
    }

    [Fact]
    public async Task BadYaml()
    {
        _repository.Write($"{TestRepository.Dc11a}/bad.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: [\n");

        await AssertBroken("resources:\n  - bad.yaml\n", DiagnosticIds.InvalidYaml, null, null, $"{TestRepository.Dc11a}/bad.yaml");
    }

    [Fact]
    public async Task BadYaml_InTheKustomizationItself() => await AssertBroken("resources: [\n", DiagnosticIds.InvalidYaml, null, null);

    [Fact]
    public async Task UnknownField()
    {
        Finding finding = await AssertBroken("resources:\n  - ../../argocd\nresourses: []\n", DiagnosticIds.UnknownField, 3, 1);

        Assert.Contains("resources", finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DuplicateResource()
    {
        _repository.Write($"{TestRepository.Dc11a}/again.yaml", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: argocd\n");

        await AssertBroken("resources:\n  - ../../argocd\n  - again.yaml\n", DiagnosticIds.DuplicateResource, null, null, null);
    }

    [Fact]
    public async Task WrongType() => await AssertBroken("resources: ../../argocd\n", DiagnosticIds.WrongType, 1, 12);

    [Fact]
    public async Task LinkThatLeavesTheRoot()
    {
        string secret = _repository.Write("elsewhere/secret.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: elsewhere\n");
        File.CreateSymbolicLink(_repository.Combine($"{TestRepository.Dc11a}/link.yaml"), secret);

        await AssertBroken("resources:\n  - link.yaml\n", DiagnosticIds.OutsideRoot, 2, 5);
    }

    [Fact]
    public async Task AliasBomb()
    {
        // Nine levels of ten: a thousand million nodes, a gigabyte of text, from one kilobyte.
        string bomb = "a0: &a0 x\n" + string.Concat(Enumerable.Range(1, 9).Select(level =>
            $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n"));
        _repository.Write($"{TestRepository.Dc11a}/bomb.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: bomb\n" + bomb);

        await AssertBroken("resources:\n  - bomb.yaml\n", DiagnosticIds.LimitExceeded, null, null, $"{TestRepository.Dc11a}/bomb.yaml");
    }

    [Fact]
    public async Task AliasBomb_InTheKustomizationItself()
    {
        string bomb = "a0: &a0 x\n" + string.Concat(Enumerable.Range(1, 9).Select(level =>
            $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n"));

        await AssertBroken(bomb, DiagnosticIds.LimitExceeded, null, null);
    }

    [Fact]
    public async Task KeyThatIsThereTwice()
    {
        _repository.Write($"{TestRepository.Dc11a}/twice.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: twice\ndata:\n  key: one\n  key: two\n");

        await AssertBroken("resources:\n  - twice.yaml\n", DiagnosticIds.DuplicateKey, 7, 3, $"{TestRepository.Dc11a}/twice.yaml");
    }

    [Fact]
    public async Task BinaryFile()
    {
        File.WriteAllBytes(_repository.Combine($"{TestRepository.Dc11a}/binary.yaml"), [0x7F, 0x45, 0x4C, 0x46, 0, 0, 1, 0xFF, 0xFE]);

        await AssertBroken("resources:\n  - binary.yaml\n", DiagnosticIds.InvalidYaml, null, null, $"{TestRepository.Dc11a}/binary.yaml");
    }

    [Fact]
    public async Task FaultInABase_FailsEveryOverlayAboveIt_AndNamesTheBase()
    {
        _repository.Write("apps/system/base/argocd/kustomization.yaml", "resources: [gone.yaml]\n");

        List<OverlayTestResult> results = await _repository.TestAsync("apps");

        Assert.Equal(2, results.Count);
        Assert.All(results, result => Assert.Equal(_repository.Combine("apps/system/base/argocd/kustomization.yaml"), Assert.Single(result.Findings).File));
    }

    [Fact]
    public async Task OneBrokenOverlay_LeavesTheOthersAlone()
    {
        _repository.Write(Overlay, "resources: [gone.yaml]\n");

        List<OverlayTestResult> results = await _repository.TestAsync("apps");

        Assert.Equal("dc11a", Assert.Single(results, result => !result.Passed).Cluster);
        Assert.Equal(2, results.Count);
    }

    private async Task<Finding> AssertBroken(string kustomization, string ruleId, int? line, int? column, string? file = Overlay)
    {
        _repository.Write(Overlay, kustomization);

        OverlayTestResult result = Assert.Single(await _repository.TestAsync(TestRepository.Dc11a));

        Assert.False(result.Passed);
        Assert.Equal(0, result.Resources);
        Finding finding = Assert.Single(result.Findings);
        Assert.Equal((ruleId, DiagnosticSeverity.Error), (finding.RuleId, finding.Severity));
        Assert.True(finding.Line > 0 && finding.Column > 0, finding.ToString());
        Assert.NotEmpty(finding.Remedy);
        Assert.Equal(_repository.Combine(Overlay), finding.OverlayChain[0]);
        if (file is not null)
        {
            Assert.Equal(_repository.Combine(file), finding.File);
        }

        Assert.Equal((line ?? finding.Line, column ?? finding.Column), (finding.Line, finding.Column));
        return finding;
    }
}
