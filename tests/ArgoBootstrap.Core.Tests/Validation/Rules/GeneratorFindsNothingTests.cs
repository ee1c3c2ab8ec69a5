using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class GeneratorFindsNothingTests : RuleTest
{
    private const string Id = "GeneratorFindsNothing";

    [Theory]
    [InlineData("directories: [{path: tennants/*}]")]
    [InlineData("directories: [{path: apps/system/base/argocd/*}]")]
    [InlineData("directories: [{path: 'apps/system/overlays/pr?d/[x-z]*/argocd'}]")]
    [InlineData("files: [{path: '**/config.{json,yml}'}]")]
    public async Task PatternThatFitsNothing(string generator)
    {
        Repository.Settings("repoURL: https://git.example.com/platform/gitops.git");

        Finding finding = await AssertFinding(Id, Set(generator));

        Assert.Contains("ApplicationSet", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("directories: [{path: apps/*}]")]
    [InlineData("directories: [{path: 'apps/system/overlays/pr?d/*/argocd'}, {path: nothing/*, exclude: true}]")]
    [InlineData("files: [{path: 'apps/**/kustomization.{json,yaml}'}]")]
    [InlineData("directories: [{path: '{{ team }}/*'}]")]
    public async Task PatternThatFits_OrIsNotKnown(string generator)
    {
        Repository.Settings("repoURL: https://git.example.com/platform/gitops.git");

        await AssertNone(Set(generator));
    }

    [Fact]
    public async Task OtherRepository_IsNotLookedUp()
    {
        Repository.Settings("repoURL: https://git.example.com/platform/gitops.git");

        await AssertNone(Set("directories: [{path: nothing/*}]").Replace("gitops.git", "other.git", StringComparison.Ordinal));
    }

    private static string Set(string generator) =>
        $$$"""
        apiVersion: argoproj.io/v1alpha1
        kind: ApplicationSet
        metadata: {name: tenants}
        spec:
          generators:
            - matrix:
                generators:
                  - git:
                      repoURL: git@git.example.com:platform/gitops.git
                      revision: HEAD
                      {{{generator}}}
                  - clusters: {}
          template:
            metadata: {name: '{{path.basename}}'}
            spec:
              project: default
              source: {repoURL: https://git.example.com/platform/gitops.git, targetRevision: HEAD, path: '{{path}}'}
              destination: {server: https://kubernetes.default.svc, namespace: x}
        """;
}
