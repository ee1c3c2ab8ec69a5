using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation;

public sealed class RuleSettingsTests : IDisposable
{
    private const string Secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {token: x}\n";
    private const string Url = "repoURL: https://git.example.com/platform/gitops.git\nrules:\n";

    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("  SecretInRepository: error", DiagnosticSeverity.Error)]
    [InlineData("  SecretInRepository: {severity: information, reason: known}", DiagnosticSeverity.Information)]
    [InlineData("  SecretInRepository: {exclude: ['apps/system/overlays/prod/dc12*/**']}", DiagnosticSeverity.Warning)]
    public async Task Severity_CanBeChanged(string rule, DiagnosticSeverity expected)
    {
        _repository.Settings(Url + rule);

        Assert.Equal(expected, Assert.Single(await _repository.FindingsWithAsync(Secret)).Severity);
    }

    [Theory]
    [InlineData("  SecretInRepository: off")]
    [InlineData("  SecretInRepository: {severity: off, reason: known}")]
    [InlineData("  SecretInRepository: {exclude: ['**/dc11a/*']}")]
    [InlineData("  SecretInRepository: {exclude: ['apps/system/overlays/prod/dc11?/argocd']}")]
    public async Task Rule_CanBeSwitchedOffOrExcluded(string rule)
    {
        _repository.Settings(Url + rule);

        Assert.Empty(await _repository.FindingsWithAsync(Secret));
    }

    [Fact]
    public async Task RuleAboutTheFleet_CanBeExcludedForOneOverlay()
    {
        _repository.Settings(Url + "  DuplicateIngressHost: {exclude: ['**/dc11b/**']}");
        _repository.Cluster("dc11b", host: "argocd.dc11a.example.com");

        Assert.Equal("dc11a", Assert.Single(await _repository.TestAsync("apps"), result => !result.Passed).Cluster);
    }

    [Fact]
    public async Task OverlayThatCannotBeRendered_FailsWhateverTheSettingsSay()
    {
        _repository.Settings(Url + "  FileNotFound: off");
        _repository.Write($"{TestRepository.Dc11a}/kustomization.yaml", "resources: [gone.yaml]\n");

        Assert.False(Assert.Single(await _repository.TestAsync(TestRepository.Dc11a)).Passed);
    }

    [Fact]
    public async Task DeprecatedField_CanBeMadeAnError()
    {
        _repository.Settings(Url + "  DeprecatedField: error");
        _repository.Write($"{TestRepository.Dc11a}/kustomization.yaml", "bases: [../../argocd]\n");

        Assert.False(Assert.Single(await _repository.TestAsync(TestRepository.Dc11a)).Passed);
    }

    [Fact]
    public async Task UnknownRule_IsAWarningOfTheSettingsFile()
    {
        _repository.Settings(Url + "  SecretsInRepository: off");

        List<OverlayTestResult> results = await _repository.TestAsync("apps");

        OverlayTestResult settings = Assert.Single(results, result => result.Overlay == "apps/system/argobootstrap.yaml");
        Finding finding = Assert.Single(settings.Findings);
        Assert.True(settings.Passed);
        Assert.Equal(("UnknownRule", 6, 5), (finding.RuleId, finding.Line, finding.Column));
        Assert.Contains("'SecretInRepository'", finding.Remedy, StringComparison.Ordinal);
        Assert.Equal(3, results.Count);
    }

    [Theory]
    [InlineData("rules: {SecretInRepository: loud}", DiagnosticIds.InvalidValue)]
    [InlineData("rules: {SecretInRepository: {severities: off}}", DiagnosticIds.UnknownField)]
    [InlineData("rules: {SecretInRepository: {exclude: prod}}", DiagnosticIds.WrongType)]
    [InlineData("rules: {SecretInRepository: {exclude: [[prod]]}}", DiagnosticIds.WrongType)]
    [InlineData("rules: [", DiagnosticIds.InvalidYaml)]
    public async Task BrokenSettings_AreOneResultOfTheirOwn(string settings, string ruleId)
    {
        _repository.Settings(settings);

        List<OverlayTestResult> results = await _repository.TestAsync("apps");

        OverlayTestResult broken = Assert.Single(results, result => !result.Passed);
        Assert.Equal((ruleId, _repository.Combine("apps/system/argobootstrap.yaml")), (Assert.Single(broken.Findings).RuleId, broken.Path));
        Assert.Equal(3, results.Count);
    }

    [Fact]
    public void Catalog_ShowsWhatTheSettingsChange()
    {
        _repository.Settings(Url + "  SecretInRepository: {severity: error, exclude: [a], reason: because}\n  UnresolvedVariable: off");

        IReadOnlyList<RuleInfo> rules = RuleCatalog.Default.For(GitOpsRepository.Open(_repository.Path).Settings);

        RuleInfo changed = Assert.Single(rules, rule => rule.Id == "SecretInRepository");
        Assert.Equal((DiagnosticSeverity.Error, "because", "a", false), (changed.Severity, changed.Reason, Assert.Single(changed.Exclude), changed.IsOff));
        Assert.True(Assert.Single(rules, rule => rule.Id == "UnresolvedVariable").IsOff);
        Assert.Equal(RuleCatalog.Default.Rules.Count, rules.Count);
    }
}
