using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class InvalidRbacPolicyTests : RuleTest
{
    private const string Id = "InvalidRbacPolicy";

    [Theory]
    [InlineData("p, role:x, applications, get, */*", "6 fields")]
    [InlineData("g, alice, role:admin, extra", "3 fields")]
    [InlineData("r, role:x, applications, get, */*, allow", "'r'")]
    [InlineData("g, \"alice, role:admin", "quotation marks")]
    [InlineData("p, role:x, application, get, */*, allow", "no resource 'application'")]
    [InlineData("p, role:x, applications, read, */*, allow", "no action 'read'")]
    [InlineData("p, role:x, logs, create, */*, allow", "no action 'create'")]
    [InlineData("p, role:x, applications, get, shop, allow", "PROJECT/NAME")]
    [InlineData("p, role:x, applications, get, */*, Allow", "neither allow nor deny")]
    [InlineData("g, alice, role:amdin", "'role:amdin'")]
    public async Task LineWithAMistake_IsNamed(string line, string message)
    {
        Finding finding = await AssertFinding(Id, Settings("# comment\n    p, role:y, applications, *, */*, allow\n    " + line));

        Assert.Equal(8, finding.Line);
        Assert.Contains("Line 3", finding.Message, StringComparison.Ordinal);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinesThatAreRight() => await AssertNone(Settings(
        """
        p, role:x, applications, action/apps/Deployment/restart, shop/*, allow
            p, role:x, applications, update/*, */*, deny
            p, role:x, *, get, *, allow
            p, role:x, application*, "{get,sync}", */*, allow
            p, role:x, exec, create, */*, allow
            p, role:x, clusters, get, https://dc11a.example.com, allow
            g, "group, with comma", role:x
            g, role:x, role:readonly
            g, alice, role:admin
        """));

    [Theory]
    [InlineData("policy.default: role:reader")]
    [InlineData("policy.default: readonly")]
    [InlineData("policy.matchMode: regexp")]
    [InlineData("scopes: groups")]
    public async Task OtherSettings(string data) => await AssertFinding(Id, Map(data));

    [Theory]
    [InlineData("policy.default: role:readonly")]
    [InlineData("policy.default: ''")]
    [InlineData("policy.matchMode: regex, policy.csv: 'p, role:x, ^app.*s$, (get|sync), .*/.*, allow'")]
    [InlineData("scopes: '[groups, email]'")]
    public async Task OtherSettings_ThatAreRight(string data) => await AssertNone(Map(data));

    private static string Settings(string policy) => $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: argocd-rbac-cm}}\ndata:\n  policy.csv: |\n    {policy}\n";

    private static string Map(string data) => $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: argocd-rbac-cm}}\ndata: {{{data}}}\n";
}
