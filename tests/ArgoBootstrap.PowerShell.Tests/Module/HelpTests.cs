using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Module;

public sealed class HelpTests : IDisposable
{
    private readonly ModuleRunspace _session = new();

    public static TheoryData<string> Cmdlets()
    {
        using ModuleRunspace session = new();
        return [.. session.Invoke("(Get-Module ArgoBootstrap).ExportedCmdlets.Keys").Select(name => name.ToString())];
    }

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Cmdlet_HasHelpWithExamplesAndEveryParameter(string name)
    {
        PSObject help = Assert.Single(_session.Invoke("param($name) Get-Help $name -Full", name));

        Assert.NotEmpty(Text(help, "Synopsis"));
        Assert.DoesNotContain(name + " [", Text(help, "Synopsis"), StringComparison.Ordinal);
        Assert.NotEmpty(_session.Invoke("param($help) $help.description.Text", help));
        Assert.True(_session.Invoke("param($help) $help.examples.example", help).Count >= 2);
        Assert.Empty(_session.Invoke(
            """
            param($name, $help)
            $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
            (Get-Command $name).Parameters.Keys | Where-Object { $_ -notin $common } | Where-Object {
                $parameter = $_
                -not ($help.parameters.parameter | Where-Object { $_.name -eq $parameter -and $_.description.Text })
            }
            """,
            name,
            help));
    }

    [Fact]
    public void Help_IsThereAfterTheModuleWasImportedAgain()
    {
        _session.Invoke("param($path) Import-Module $path -Force", RepositoryRoot.Manifest);

        Assert.Equal("Renders overlays, as kustomize build does.", _session.Value<string>("(Get-Help Build-KustomizeOverlay).Synopsis"));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Help_HasTheAddressOfThePage(string name) => Assert.Equal(
        $"https://github.com/argobootstrap/argobootstrap/blob/main/docs/cmdlets/{name}.md",
        _session.Value<string>("param($name) @((Get-Help $name -Full).relatedLinks.navigationLink.uri)[0]", name));

    [Fact]
    public void About_IsFound() =>
        Assert.Contains("Test-KustomizeOverlay", _session.Value<string>("Get-Help about_ArgoBootstrap"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Cmdlet_HasAPage(string name) => Assert.True(File.Exists(RepositoryRoot.Combine("docs", "cmdlets", name + ".md")));

    [Fact]
    public void Pages_AreOfCmdletsThatThereAre()
    {
        IEnumerable<string> pages = Directory.EnumerateFiles(RepositoryRoot.Combine("docs", "cmdlets"), "*.md").Select(path => Path.GetFileNameWithoutExtension(path));

        Assert.Empty(pages.Except(Cmdlets().Select(row => row.Data)));
    }

    private static string Text(PSObject help, string property) => help.Properties[property].Value.ToString()!.Trim();
}
