using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class UnknownArgoCDSettingTests : RuleTest
{
    private const string Id = "UnknownArgoCDSetting";

    [Theory]
    [InlineData("argocd-cm", "application.instanceLabelKye", "application.instanceLabelKey")]
    [InlineData("argocd-cmd-params-cm", "server.insecur", "server.insecure")]
    [InlineData("argocd-rbac-cm", "policy.defualt", "policy.default")]
    [InlineData("argocd-cm", "server.insecure", "argocd-cmd-params-cm")]
    public async Task KeyThatIsNotRead(string name, string key, string remedy)
    {
        Finding finding = await AssertFinding(Id, Map(name, key));

        Assert.Equal(5, finding.Line);
        Assert.Contains(remedy, finding.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("argocd-cm", "accounts.alice.enabled")]
    [InlineData("argocd-cm", "resource.customizations.health.argoproj.io_Application")]
    [InlineData("argocd-cm", "kustomize.buildOptions")]
    [InlineData("argocd-cmd-params-cm", "controller.diff.server.side")]
    [InlineData("argocd-rbac-cm", "policy.team.csv")]
    [InlineData("another-cm", "anything")]
    public async Task KeyThatIsRead(string name, string key) => await AssertNone(Map(name, key));

    private static string Map(string name, string key) => $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata:\n  {key}: ''\n";
}
