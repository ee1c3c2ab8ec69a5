using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class ApplicationNotPermittedTests : RuleTest
{
    private const string Id = "ApplicationNotPermitted";

    [Theory]
    [InlineData("sourceRepos: ['https://git.example.com/platform/old.git'], destinations: [{server: '*', namespace: '*'}]", "source 'https://git.example.com/platform/gitops.git'")]
    [InlineData("sourceRepos: ['https://git.example.com/*'], destinations: [{server: '*', namespace: '*'}]", "source")]
    [InlineData("sourceRepos: ['*', '!https://git.example.com/platform/**'], destinations: [{server: '*', namespace: '*'}]", "source")]
    [InlineData("sourceRepos: ['*'], destinations: [{server: 'https://kubernetes.default.svc', namespace: other}]", "destination")]
    [InlineData("sourceRepos: ['*'], destinations: [{name: 'dc11*', namespace: '*'}]", "destination")]
    [InlineData("sourceRepos: ['*'], destinations: [{server: '*', namespace: '*'}, {server: '*', namespace: '!argocd'}]", "destination")]
    public async Task SourceOrDestination_ThatTheProjectDoesNotPermit(string project, string message)
    {
        Finding finding = await AssertFinding(Id, Project(project) + Application("apps/system/base/argocd"));

        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.NotNull(finding.Resource);
    }

    [Theory]
    [InlineData("sourceRepos: ['https://git.example.com/platform/gitops'], destinations: [{name: in-cluster, namespace: argo*}]")]
    [InlineData("sourceRepos: ['https://git.example.com/**'], destinations: [{server: 'https://kubernetes.default.svc', namespace: '*'}]")]
    [InlineData("sourceRepos: ['*'], destinations: [{server: '*', namespace: '!kube-system'}]")]
    public async Task SourceAndDestination_ThatItPermits(string project) => await AssertNone(Project(project) + Application("apps/system/base/argocd"));

    [Theory]
    [InlineData("", "Namespace")]
    [InlineData("clusterResourceWhitelist: [{group: '*', kind: '*'}], clusterResourceBlacklist: [{group: '', kind: Namespace}]", "Namespace")]
    [InlineData("clusterResourceWhitelist: [{group: '', kind: Namespace}], namespaceResourceBlacklist: [{group: '', kind: ConfigMap}]", "ConfigMap")]
    [InlineData("clusterResourceWhitelist: [{group: '', kind: Namespace, name: 'other-*'}]", "Namespace")]
    public async Task KindsOfTheOverlayItself(string lists, string kind)
    {
        Finding finding = await AssertFinding(Id, Project($"sourceRepos: ['*'], destinations: [{{server: '*', namespace: '*'}}]{(lists.Length > 0 ? ", " + lists : "")}") + Application(TestRepository.Dc11a));

        Assert.Contains($"does not permit {kind}", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KindsOfTheOverlayItself_ThatArePermitted() =>
        await AssertNone(Project("sourceRepos: ['*'], destinations: [{server: '*', namespace: '*'}], clusterResourceWhitelist: [{group: '', kind: Name*}]") + Application(TestRepository.Dc11a));

    [Fact]
    public async Task ProjectOfAnotherOverlay_IsNotKnown() =>
        await AssertNone(Project("sourceRepos: []").Replace("name: platform", "name: another", StringComparison.Ordinal) + Application("apps/system/base/argocd"));

    private static string Project(string spec) => $"apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {{name: platform, namespace: argocd}}\nspec: {{{spec}}}\n---\n";

    private static string Application(string path) =>
        TestRepository.Application(path, "own").Replace("spec:\n", "spec:\n  project: platform\n", StringComparison.Ordinal)
            .Replace("    server: https://kubernetes.default.svc\n", "    server: https://kubernetes.default.svc\n    namespace: argocd\n", StringComparison.Ordinal);
}
