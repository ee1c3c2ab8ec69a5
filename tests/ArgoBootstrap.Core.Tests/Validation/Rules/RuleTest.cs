using ArgoBootstrap.Core.Validation;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

/// <summary>Puts objects into a cluster's overlay and looks at what one rule says.</summary>
public abstract class RuleTest : IDisposable
{
    private protected TestRepository Repository { get; } = new();

    public void Dispose()
    {
        Repository.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The only finding in dc11a with these objects, which must be of the rule and have a place.</summary>
    private protected async Task<Finding> AssertFinding(string ruleId, string objects)
    {
        Finding finding = Assert.Single(await Repository.FindingsWithAsync(objects));
        Assert.Equal(ruleId, finding.RuleId);
        Assert.True(finding.Line > 0 && finding.Column > 0);
        Assert.NotEmpty(finding.Remedy);
        return finding;
    }

    private protected async Task AssertNone(string objects) => Assert.Empty(await Repository.FindingsWithAsync(objects));
}
