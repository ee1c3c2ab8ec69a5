using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class SecretInRepositoryTests : RuleTest
{
    private const string Secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n";

    [Theory]
    [InlineData("stringData: {token: hunter2}")]
    [InlineData("data: {token: aHVudGVyMg==}")]
    public async Task PlainValue_IsAWarningThatDoesNotShowIt(string data)
    {
        Finding finding = await AssertFinding("SecretInRepository", Secret + data + "\n");

        Assert.Equal((DiagnosticSeverity.Warning, 4), (finding.Severity, finding.Line));
        Assert.DoesNotContain("hunter2", finding.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("aHVudGVyMg", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GeneratedSecret_PointsToItsGenerator()
    {
        Repository.Write(
            $"{TestRepository.Dc11a}/kustomization.yaml",
            "resources: [../../argocd]\nsecretGenerator:\n  - name: generated\n    literals: [token=hunter2]\n");

        Finding finding = Assert.Single(await Repository.FindingsAsync(TestRepository.Dc11a), finding => finding.RuleId == "SecretInRepository");

        Assert.Equal(Repository.Combine($"{TestRepository.Dc11a}/kustomization.yaml"), finding.File);
        Assert.True(finding.Line > 0);
    }

    [Theory]
    [InlineData("type: Opaque")]
    [InlineData("stringData: {token: '<path:secrets/data/argocd#token>', other: ''}")]
    [InlineData("data: {token: PHRva2VuPg==}")]
    [InlineData("stringData: {token: 'ENC[AES256_GCM,data:x]'}\nsops: {version: 3.9.0}")]
    public async Task NothingOrReferences(string data) => await AssertNone(Secret + data + "\n");

    [Fact]
    public async Task OtherKinds_AreNoSecrets() =>
        await AssertNone("apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: s}\nspec: {encryptedData: {token: AgBy3i4OJSWK}}\n");
}
