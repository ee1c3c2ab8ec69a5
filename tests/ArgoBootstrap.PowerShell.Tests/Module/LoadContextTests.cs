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
        Assert.Equal(3, fleet.Session.Invoke("Build-KustomizeOverlay apps -AsYaml").Count);
        Assert.Equal("b", fleet.Session.Value<string>("(ConvertFrom-OtherYaml 'a: b').Values[1]"));
    }

    [Fact]
    public async Task Module_CanBeImportedAfterOneThatLoadedAnotherVersion()
    {
        using TemporaryFolder folder = new();
        folder.Write("script.ps1", """
            param($other, $module, $apps)
            Import-Module $other
            (ConvertFrom-OtherYaml 'a: b').Version
            Import-Module $module
            @(Build-KustomizeOverlay $apps -AsYaml).Count
            """);

        (int exitCode, string output, string errors) = await PwshProcess.RunAsync(
            folder.Path, "-File", "script.ps1", OtherModule, RepositoryRoot.Manifest, RepositoryRoot.Combine("apps"));

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Equal(["13.0.0.0", "3"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public void Assemblies_CompiledForThisPlatformAndRuntime_ArePreferred()
    {
        using TemporaryFolder folder = new();
        using FleetFolder fleet = new();
        string target = fleet.Session.Value<string>("[ArgoBootstrap.Loader.ModuleLoadContext]::Target");
        foreach (string file in Directory.GetFiles(RepositoryRoot.Combine("module", "bin"), "*.dll"))
        {
            foreach (string place in new[] { "without", $"with/precompiled/{target}", "other/precompiled/net1.0-amiga-m68k" })
            {
                Directory.CreateDirectory(Path.Combine(folder.Path, place));
                File.Copy(file, Path.Combine(folder.Path, place, Path.GetFileName(file)));
            }
            File.Copy(file, Path.Combine(folder.Path, "with", Path.GetFileName(file)));
            File.Copy(file, Path.Combine(folder.Path, "other", Path.GetFileName(file)));
        }

        string Loaded(string place) => Path.GetRelativePath(
            folder.Path, fleet.Session.Value<string>("param($path) [ArgoBootstrap.Loader.ModuleLoadContext]::LoadModule($path).Location", Path.Combine(folder.Path, place)));

        Assert.Equal($"net{Environment.Version.Major}.0-", target[..(target.IndexOf('-', StringComparison.Ordinal) + 1)]);
        Assert.Equal(Path.Combine("without", "ArgoBootstrap.PowerShell.dll"), Loaded("without"));
        Assert.Equal(Path.Combine("with", "precompiled", target, "ArgoBootstrap.PowerShell.dll"), Loaded("with"));
        Assert.Equal(Path.Combine("other", "ArgoBootstrap.PowerShell.dll"), Loaded("other"));
    }
}
