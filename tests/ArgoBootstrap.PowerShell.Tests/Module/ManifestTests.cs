using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Module;

public sealed class ManifestTests
{
    private const string ReadCmdletsToExport = """
        param($path)
        $ast = [System.Management.Automation.Language.Parser]::ParseFile($path, [ref]$null, [ref]$null)
        $ast.Find({ $args[0] -is [System.Management.Automation.Language.HashtableAst] }, $false).SafeGetValue().CmdletsToExport
        """;

    private const string ExportedNames = "(Get-Module ArgoBootstrap).ExportedCommands.Keys";

    [Fact]
    public void Manifest_IsValidAndExportsNothingButCmdlets()
    {
        using ModuleRunspace runspace = new();

        PSModuleInfo module = runspace.Value<PSModuleInfo>("param($path) Test-ModuleManifest $path", RepositoryRoot.Manifest);

        Assert.Equal(new Version(7, 4), module.PowerShellVersion);
        Assert.Empty(module.ExportedFunctions);
        Assert.Empty(module.ExportedAliases);
        Assert.Empty(module.ExportedVariables);
    }

    [Fact]
    public void CmdletsToExport_AreThoseOfTheAssembly()
    {
        using ModuleRunspace runspace = new();

        IEnumerable<string> listed = runspace.Invoke(ReadCmdletsToExport, RepositoryRoot.Manifest)
            .Select(name => name.ToString());
        IEnumerable<string> implemented = CmdletTypes(runspace)
            .Select(type => type.GetCustomAttributes(typeof(CmdletAttribute), false).Cast<CmdletAttribute>().Single())
            .Select(attribute => $"{attribute.VerbName}-{attribute.NounName}");

        Assert.Equal(implemented.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Import_InASecondRunspace_ExportsTheSame()
    {
        using ModuleRunspace first = new();
        using ModuleRunspace second = new();

        Assert.NotEmpty(first.Invoke(ExportedNames));
        Assert.Equal(first.Invoke(ExportedNames).Select(o => o.ToString()), second.Invoke(ExportedNames).Select(o => o.ToString()));
    }

    [Fact]
    public void Import_WithForceAndAfterRemoval_ExportsTheSame()
    {
        using ModuleRunspace runspace = new();
        string[] before = [.. runspace.Invoke(ExportedNames).Select(o => o.ToString())];

        runspace.Invoke("param($path) Import-Module $path -Force", RepositoryRoot.Manifest);
        Assert.Equal(before, runspace.Invoke(ExportedNames).Select(o => o.ToString()));

        runspace.Invoke("param($path) Remove-Module ArgoBootstrap; Import-Module $path", RepositoryRoot.Manifest);
        Assert.Equal(before, runspace.Invoke(ExportedNames).Select(o => o.ToString()));
    }

    [Fact]
    public void Assemblies_AreInALoadContextOfTheirOwn()
    {
        using ModuleRunspace runspace = new();

        Type cmdlet = CmdletTypes(runspace).First();

        Assert.StartsWith(
            "ArgoBootstrap",
            System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(cmdlet.Assembly)!.Name,
            StringComparison.Ordinal);
    }

    private static IEnumerable<Type> CmdletTypes(ModuleRunspace runspace) =>
        runspace.Value<Type>("(Get-Command Get-GitOpsRepository).ImplementingType").Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(Cmdlet).IsAssignableFrom(type));
}
