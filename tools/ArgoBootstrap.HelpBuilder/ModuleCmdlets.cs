using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ArgoBootstrap.HelpBuilder;

/// <summary>Asks PowerShell itself for a module's cmdlets, so that syntax and parameters are as users have them.</summary>
internal static class ModuleCmdlets
{
    /// <summary>Imports a module and lists its cmdlets by name.</summary>
    /// <param name="manifest">The path of the module's manifest.</param>
    public static IReadOnlyList<CmdletInfo> Of(string manifest)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using PowerShell pipeline = PowerShell.Create(runspace);
        pipeline.AddScript("param($path) (Import-Module -Name $path -PassThru -ErrorAction Stop).ExportedCmdlets.Values").AddArgument(Path.GetFullPath(manifest));
        return [.. pipeline.Invoke<CmdletInfo>().OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }
}
