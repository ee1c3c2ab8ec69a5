using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation;

public sealed class OverlayValidatorTests : IDisposable
{
    private readonly TestRepository _repository = new();

    public void Dispose() => _repository.Dispose();

    [Fact]
    public async Task Options_ChooseRules_ButNotWhatKeepsAnOverlayFromRendering()
    {
        _repository.Write($"{TestRepository.Dc11a}/extra.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s, labels: {c: CLUSTER_NAME}}\nstringData: {token: x}\n");
        _repository.Write($"{TestRepository.Dc11b}/kustomization.yaml", "resources: [gone.yaml]\n");

        Assert.Equal(["UnresolvedPlaceholder", "SecretInRepository"], await RuleIds(TestRepository.Dc11a, new OverlayTestOptions()));
        Assert.Equal(["SecretInRepository"], await RuleIds(TestRepository.Dc11a, new OverlayTestOptions { IncludeRule = ["SecretInRepository"] }));
        Assert.Equal(["UnresolvedPlaceholder"], await RuleIds(TestRepository.Dc11a, new OverlayTestOptions { ExcludeRule = ["SecretInRepository"] }));
        Assert.Equal([DiagnosticIds.FileNotFound], await RuleIds(TestRepository.Dc11b, new OverlayTestOptions { ExcludeRule = [DiagnosticIds.FileNotFound] }));
    }

    [Fact]
    public async Task Results_OfClustersThatSayWhoTheyAre_ComeBeforeTheOthersAreRendered()
    {
        foreach (int number in Enumerable.Range(0, 60))
        {
            _repository.Cluster($"c{number}");
        }

        CountingRule counter = new();
        OverlayValidator validator = new(catalog: new RuleCatalog([counter], RuleCatalog.Default.FleetRules));
        await using IAsyncEnumerator<OverlayTestResult> results =
            validator.TestAsync(new OverlayDiscovery().Find(_repository.Path), new OverlayTestOptions { ThrottleLimit = 1 }).GetAsyncEnumerator();

        Assert.True(await results.MoveNextAsync());
        Assert.InRange(counter.Checked, 1, 40);
    }

    [Fact]
    public async Task Overlay_ThatHasToBeRenderedToKnowItsHost_GoesFirst()
    {
        _repository.Cluster("a0");
        _repository.Write($"{TestRepository.Dc11b}/kustomization.yaml", "resources: [../../argocd]\n");
        CountingRule counter = new();

        IReadOnlyList<OverlayTarget> targets = new OverlayDiscovery().Find(_repository.Path);
        List<OverlayTestResult> results = await new OverlayValidator(catalog: new RuleCatalog([counter], []))
            .TestAsync(targets, new OverlayTestOptions { ThrottleLimit = 1 }).ToListAsync();

        Assert.Equal("dc11b", counter.First?.Overlay?.Cluster);
        Assert.Equal(3, counter.Checked);
        Assert.Equal(targets.Select(target => target.Path), results.Select(result => result.Path));
    }

    [Fact]
    public async Task RuleThatFails_IsAFinding()
    {
        RuleCatalog catalog = new([new FailingRule()], []);

        OverlayTestResult result = Assert.Single(await new OverlayValidator(catalog: catalog).TestAsync([_repository.Combine(TestRepository.Dc11a)]).ToListAsync());

        Assert.Equal("UnexpectedError", Assert.Single(result.Findings).RuleId);
    }

    [Fact]
    public async Task Cancelled_Stops() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await new OverlayValidator().TestAsync(new OverlayDiscovery().Find(_repository.Path), null, new CancellationToken(canceled: true)).ToListAsync());

    [Fact]
    public void PathWithoutOverlay_IsRefused() =>
        Assert.Equal(ErrorIds.OverlayNotFound, Assert.Throws<OperationException>(() => new OverlayValidator().TestAsync([_repository.Combine("gone")])).Id);

    [Fact]
    public async Task OverlayOutsideOfARepository_IsTestedToo()
    {
        using TemporaryFolder folder = new();
        folder.Write("prod/kustomization.yaml", "configMapGenerator: [{name: c, literals: [a=$(CLUSTER_NAME)]}]\n");

        OverlayTestResult result = Assert.Single(await new OverlayValidator().TestAsync([folder.Path]).ToListAsync());

        Assert.Equal(("prod", "UnresolvedVariable"), (result.Overlay, Assert.Single(result.Findings).RuleId));
        Assert.Null(result.RepositoryRoot);
    }

    private async Task<IEnumerable<string>> RuleIds(string path, OverlayTestOptions options) =>
        Assert.Single(await new OverlayValidator().TestAsync([_repository.Combine(path)], options).ToListAsync()).Findings.Select(finding => finding.RuleId);

    private sealed class CountingRule : IOverlayRule
    {
        private int _checked;

        public int Checked => Volatile.Read(ref _checked);

        public OverlayTarget? First { get; private set; }

        public string Id => "Counting";

        public DiagnosticSeverity Severity => DiagnosticSeverity.Information;

        public string Summary => "Counts.";

        public bool ChecksSharedLayers => true;

        public IEnumerable<RuleViolation> Check(OverlayRuleContext context)
        {
            First ??= context.Target;
            Interlocked.Increment(ref _checked);
            return [];
        }
    }

    private sealed class FailingRule : IOverlayRule
    {
        public string Id => "Failing";

        public DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

        public string Summary => "Fails.";

        public bool ChecksSharedLayers => true;

        public IEnumerable<RuleViolation> Check(OverlayRuleContext context) => throw new InvalidOperationException("a fault");
    }

    [Fact]
    public async Task PlacesInMessagesAndRemedies_AreFromTheRepositorysRoot()
    {
        _repository.Write(
            $"{TestRepository.Dc11a}/kustomization.yaml",
            "resources: [cm.yaml]\npatches:\n- target: {kind: ConfigMap, name: c, namespace: b}\n  patch: '[{\"op\": \"remove\", \"path\": \"/data\"}]'\n");
        _repository.Write($"{TestRepository.Dc11a}/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: a}\n");

        Finding finding = Assert.Single(await _repository.FindingsAsync(TestRepository.Dc11a));

        Assert.Contains($"({TestRepository.Dc11a}/cm.yaml:1:1) is in the namespace a", finding.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(_repository.Path, finding.Remedy, StringComparison.Ordinal);
    }
}
