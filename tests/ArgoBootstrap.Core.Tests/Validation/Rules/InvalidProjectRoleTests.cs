using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class InvalidProjectRoleTests : RuleTest
{
    private const string Id = "InvalidProjectRole";

    [Theory]
    [InlineData("p, proj:shop:deploy, applications, sync, other/*, allow", "object 'other/*'")]
    [InlineData("p, proj:shop:other, applications, sync, shop/*, allow", "subject")]
    [InlineData("p, proj:shop:deploy, projects, get, shop/x, allow", "resource 'projects'")]
    [InlineData("p, proj:shop:deploy, applications, restart, shop/x, allow", "action 'restart'")]
    [InlineData("p, proj:shop:deploy, applications, get, shop/x, permit", "effect 'permit'")]
    [InlineData("p, proj:shop:deploy, applications, get, shop/x", "form")]
    public async Task PolicyThatArgoCDRefuses(string policy, string message)
    {
        Finding finding = await AssertFinding(Id, Project(policy));

        Assert.Equal(9, finding.Line);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p, proj:shop:deploy, applications, *, shop/*, allow")]
    [InlineData("p, proj:shop:deploy, applications, action/apps/Deployment/restart, shop/ns/x, deny")]
    public async Task PolicyThatArgoCDTakes(string policy) => await AssertNone(Project(policy));

    private static string Project(string policy) =>
        $"""
        apiVersion: argoproj.io/v1alpha1
        kind: AppProject
        metadata:
          name: shop
        spec:
          roles:
            - name: deploy
              policies:
                - "{policy}"
        """;
}
