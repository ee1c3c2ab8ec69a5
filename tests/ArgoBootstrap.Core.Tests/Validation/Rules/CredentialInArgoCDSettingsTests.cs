using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class CredentialInArgoCDSettingsTests : RuleTest
{
    private const string Id = "CredentialInArgoCDSettings";

    [Theory]
    [InlineData("oidc.config", "name: SSO\\nclientID: x\\nclientSecret: hunter2\\n", 8)]
    [InlineData("dex.config", "connectors:\\n- type: github\\n  config:\\n    clientSecret: hunter2\\n", 9)]
    [InlineData("dex.config", "connectors:\\n- {type: ldap, config: {bindPW: hunter2}}\\n", 7)]
    [InlineData("dex.config", "staticClients:\\n- id: x\\n  secret: hunter2\\n", 8)]
    public async Task PlainCredential_IsAnErrorAtItsLine(string key, string config, int line)
    {
        Finding finding = await AssertFinding(Id, Settings(key, config));

        Assert.Equal((DiagnosticSeverity.Error, line), (finding.Severity, finding.Line));
        Assert.DoesNotContain("hunter2", finding.ToString() + finding.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WebhookSecret_IsNoSetting()
    {
        Repository.Write($"{TestRepository.Dc11a}/extra.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: argocd-cm}\ndata: {webhook.github.secret: hunter2}\n");

        Assert.Contains(await Repository.FindingsAsync(TestRepository.Dc11a), finding => finding.RuleId == Id && finding.Line == 4);
    }

    [Theory]
    [InlineData("oidc.config", "clientSecret: $oidc.clientSecret\\n")]
    [InlineData("oidc.config", "clientSecret: $sso:client-secret\\nrequestedScopes: [openid]\\n")]
    [InlineData("oidc.config", "clientSecret: <path:secret/data/x#y>\\n")]
    [InlineData("dex.config", "connectors:\\n- type: oidc\\n  config: {clientSecret: '${SECRET}', clientID: x}\\n")]
    [InlineData("dex.config", "not: [yaml\\n")]
    [InlineData("oidc.config", "clientSecret: ''\\n")]
    public async Task References(string key, string config) => await AssertNone(Settings(key, config));

    private static string Settings(string key, string config) =>
        $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: argocd-cm}}\ndata:\n  {key}: |\n    " + config.Replace("\\n", "\n    ", StringComparison.Ordinal).TrimEnd() + "\n";
}
