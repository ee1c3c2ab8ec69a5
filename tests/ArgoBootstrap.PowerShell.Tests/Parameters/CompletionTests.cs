using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Parameters;

public sealed class CompletionTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [InlineData("New-ClusterOverlay -Environment ", "dev", "prod")]
    [InlineData("New-ClusterOverlay -Environment P", "prod")]
    [InlineData("New-ClusterOverlay -Environment prod -Name ", "dc11a", "dc11b")]
    [InlineData("Get-ClusterOverlay -Name dc11b", "dc11b")]
    [InlineData("Resolve-OverlayPath prod ", "dc11a", "dc11b")]
    [InlineData("Resolve-OverlayPath prod -Application ", "argocd")]
    public void Completes_WithNamesOfTheRepository(string line, params string[] expected) =>
        Assert.Equal(expected, _fleet.Session.Complete(line));

    [Fact]
    public void Completes_WithNamesOfTheRepositoryThatIsNamed()
    {
        using ModuleRunspace session = new(Path.GetTempPath());

        Assert.Equal(["dev", "prod"], session.Complete($"Get-ClusterOverlay -RepositoryPath '{_fleet.Path}' -Environment "));
    }
}
