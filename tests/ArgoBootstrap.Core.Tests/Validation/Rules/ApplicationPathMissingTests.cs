using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class ApplicationPathMissingTests : RuleTest
{
    private const string Id = "ApplicationPathMissing";
    private const string Url = "repoURL: https://git.example.com/platform/gitops.git\ntargetRevision: main";

    [Theory]
    [InlineData("apps/system/overlays/prod/dc99/argocd", "does not exist")]
    [InlineData("apps/system/base/argocd/namespace.yaml", "is a file")]
    [InlineData("apps/system/../../../../etc", "leads out of the repository")]
    public async Task PathThatIsNotThere(string path, string message)
    {
        Finding finding = await AssertFinding(Id, TestRepository.Application(path, "other"));

        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal(12, finding.Line);
    }

    [Fact]
    public async Task WithSettings_AnyPathOfThisRepository()
    {
        Repository.Settings(Url);

        await AssertFinding(Id, TestRepository.Application("apps/shop", "shop"));
    }

    [Fact]
    public async Task SourcesOfSeveral_AreAllChecked()
    {
        Finding finding = await AssertFinding(
            Id,
            """
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: several}
            spec:
              source: {repoURL: ignored, path: apps/system/ignored}
              sources:
                - {repoURL: https://charts.example.com, chart: argo-cd, path: apps/system/nothing}
                - {repoURL: https://git.example.com/platform/gitops.git, ref: values}
                - {repoURL: https://git.example.com/platform/gitops.git, path: apps/system/gone}
            """);

        Assert.Contains("'apps/system/gone'", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apps/system/base/argocd")]
    [InlineData("charts/of/another/repository")]
    [InlineData(".")]
    public async Task PathThatIsThere_OrCannotBeKnown(string path) => await AssertNone(TestRepository.Application(path, "other"));

    [Theory]
    [InlineData("repoURL: https://git.example.com/other.git")]
    [InlineData("repoURL: https://git.example.com/platform/gitops.git\ntargetRevision: stable")]
    public async Task OtherRepositoryOrRevision_IsNotThisTree(string settings)
    {
        Repository.Settings(settings);

        Assert.DoesNotContain(
            await Repository.FindingsWithAsync(TestRepository.Application("apps/gone", "other")),
            finding => finding.RuleId == Id);
    }

    [Theory]
    [InlineData("git@git.example.com:platform/gitops.git")]
    [InlineData("ssh://git@git.example.com/platform/gitops")]
    [InlineData("https://GIT.example.com/platform/gitops/")]
    public async Task UrlOfAnotherForm_IsTheSameRepository(string url)
    {
        Repository.Settings($"repoURL: {url}");

        await AssertFinding(Id, TestRepository.Application("apps/gone", "other"));
    }

    [Theory]
    [InlineData("https://git.example.com/platform/gitops.git", "main", true)]
    [InlineData("git@git.example.com:platform/gitops", "HEAD", true)]
    [InlineData("https://git.example.com/platform/gitops.git", "work", true)]
    [InlineData("https://git.example.com/platform/gitops.git", "v1.2.0", false)]
    [InlineData("https://git.example.com/other/gitops.git", "main", false)]
    public async Task WithoutSettings_TheRemoteSaysWhichRepositoryItIs(string url, string revision, bool isFound)
    {
        Repository.Write(".git/HEAD", "ref: refs/heads/work\n");
        Repository.Write(".git/config", "[remote \"origin\"]\n\turl = ssh://git@git.example.com:22/platform/gitops.git\n");

        IReadOnlyList<Finding> findings = await Repository.FindingsWithAsync(
            TestRepository.Application("apps/gone", "other", revision).Replace("https://git.example.com/platform/gitops.git", url, StringComparison.Ordinal));

        Assert.Equal(isFound, findings.Any(finding => finding.RuleId == Id));
    }

    [Theory]
    [InlineData("apps/gone", "git: {repoURL: x, directories: [{path: a/*}]}", 1)]
    [InlineData("apps/{{.name}}", "list: {elements: [{name: system}, {name: gone}]}", 1)]
    [InlineData("apps/{{ at.it }}", "list: {elements: [{at: {it: gone}}]}", 1)]
    [InlineData("apps/{{name}}/{{other}}", "list: {elements: [{name: gone}]}", 0)]
    [InlineData("apps/{{name}}", "clusters: {}", 0)]
    [InlineData("{{path}}", "git: {repoURL: https://git.example.com/platform/gitops.git, directories: [{path: apps/gone}, {path: no, exclude: true}]}", 1)]
    [InlineData("{{path}}", "git: {repoURL: https://git.example.com/platform/gitops.git, files: [{path: apps/system}]}", 1)]
    [InlineData("{{path}}", "git: {repoURL: '{{url}}', directories: [{path: apps/gone}]}", 0)]
    public async Task ApplicationSets_AreCheckedWhereTheirPathsAreKnown(string path, string generator, int found)
    {
        Repository.Settings(Url);

        IReadOnlyList<Finding> findings = await Repository.FindingsWithAsync(
            $$$"""
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: {name: set}
            spec:
              generators: [{{{{generator}}}}]
              template:
                metadata: {name: x}
                spec:
                  source: {repoURL: https://git.example.com/platform/gitops.git, targetRevision: main, path: '{{{path}}}'}
            """);

        Assert.Equal(found, findings.Count(finding => finding.RuleId == Id));
    }

    [Theory]
    [InlineData("{{values.path}}", 7)]
    [InlineData("apps/{{name}}", 12)]
    public async Task PathThatAListGives_IsPlacedInTheList(string path, int line)
    {
        Repository.Settings(Url);

        Finding finding = await AssertFinding(
            Id,
            $$$"""
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: {name: set}
            spec:
              generators:
                - list: {elements: [{name: system, values: {path: apps/system}},
                    {name: gone, values: {path: apps/gone}}]}
              template:
                metadata: {name: x}
                spec:
                  source:
                    path: '{{{path}}}'
                    repoURL: https://git.example.com/platform/gitops.git
            """);

        Assert.Equal(line, finding.Line);
    }
}
