using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Module;

public sealed class LoadContextTests
{
    private static readonly string OtherModule = Path.Combine(AppContext.BaseDirectory, "Fixtures", "OtherYaml", "OtherYaml.psd1");

    [Fact]
    public void Module_WorksBesideOneThatLoadedAnotherVersionOfTheSameLibrary()
    {
        using FleetFolder fleet = new();

        string version = fleet.Session.Value<string>("param($path) Import-Module $path; (ConvertFrom-OtherYaml 'a: b').Version", OtherModule);

        Assert.StartsWith("13.", version, StringComparison.Ordinal);
        Assert.Equal(4, fleet.Session.Invoke("Build-KustomizeOverlay apps -AsYaml").Count);
        Assert.Equal("b", fleet.Session.Value<string>("(ConvertFrom-OtherYaml 'a: b').Values[1]"));
    }

    [Fact]
    public async Task Module_CanBeImportedAfterOneThatLoadedAnotherVersion()
    {
        using TemporaryFolder folder = new();
        folder.Write("script.ps1", """
            param($other, $module, $apps)
            Remove-Module ArgoBootstrap
            Import-Module $other
            (ConvertFrom-OtherYaml 'a: b').Version
            Import-Module $module
            @(Build-KustomizeOverlay $apps -AsYaml).Count
            """);

        (int exitCode, string output, string errors) = await ShellProcess.RunAsync(
            folder.Path, "script.ps1", OtherModule, RepositoryRoot.Manifest, RepositoryRoot.Combine("apps"));

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Equal(["13.0.0.0", "4"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
