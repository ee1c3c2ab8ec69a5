using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class PlaintextRepositoryCredentialTests : RuleTest
{
    private const string Id = "PlaintextRepositoryCredential";

    [Theory]
    [InlineData("repository", "url: https://git.example.com/x.git, password: hunter2")]
    [InlineData("repo-creds", "sshPrivateKey: hunter2")]
    [InlineData("cluster", "server: https://dc11b.example.com, config: '{\"bearerToken\":\"hunter2\"}'")]
    [InlineData("cluster", "config: '{\"tlsClientConfig\":{\"keyData\":\"hunter2\"}}'")]
    public async Task CredentialInASecret(string type, string data)
    {
        Finding finding = await AssertFinding(Id, Secret(type, data));

        Assert.Equal(DiagnosticSeverity.Error, finding.Severity);
        Assert.DoesNotContain("hunter2", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PasswordInAUrl()
    {
        Finding finding = await AssertFinding(
            Id,
            "apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: p}\nspec:\n  sourceRepos: ['https://bot:hunter2@git.example.com/x.git']\n");

        Assert.Contains("https://git.example.com/x.git", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("repository", "url: https://git.example.com/x.git, type: git, username: bot, project: default")]
    [InlineData("repository", "url: 'ssh://git@git.example.com:22/x.git', password: '<path:secrets#password>'")]
    [InlineData("cluster", "config: '{\"awsAuthConfig\":{\"clusterName\":\"dc11b\"}}'")]
    [InlineData("cluster", "config: 'not json'")]
    [InlineData("cluster", "config: '{\"bearerToken\":\"<path:secret/x#y>\"}'")]
    [InlineData("repository", "url: 'https://bot:${TOKEN}@git.example.com/x.git', password: 'op://vault/item/password'")]
    public async Task SecretsWithoutCredentials(string type, string data) => await AssertNone(Secret(type, data));

    [Fact]
    public async Task UserInAUrl_IsNoPassword() =>
        await AssertNone("apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: {name: p}\nspec:\n  sourceRepos: ['ssh://git@git.example.com:2222/x.git', 'git@git.example.com:x.git', '*']\n");

    private static string Secret(string type, string data) =>
        $"apiVersion: v1\nkind: Secret\nmetadata: {{name: s, labels: {{argocd.argoproj.io/secret-type: {type}}}}}\nstringData: {{{data}}}\n";
}
