using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using ArgoBootstrap.Shell.Cmdlets;

namespace ArgoBootstrap.Shell;

/// <summary>
/// What a runspace of this program starts with: the engine's own commands, and the few that pipelines cannot do without
/// and that pwsh has in modules which are no packages.
/// </summary>
internal static class InitialState
{
    private const string FunctionPrefix = "Function.";

    /// <summary>Makes the state.</summary>
    public static InitialSessionState Create()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        state.Commands.Add(
        [
            new SessionStateCmdletEntry("Format-Table", typeof(FormatTableCommand), null),
            new SessionStateCmdletEntry("Format-List", typeof(FormatListCommand), null),
            new SessionStateCmdletEntry("ConvertTo-Json", typeof(ConvertToJsonCommand), null),
            .. Functions(),
            .. Aliases(),
        ]);
        state.Types.Add(new SessionStateTypeEntry(RenderedObject(), isRemove: false));
        return state;
    }

    /// <summary>What the module adds to rendered objects where it finds <c>Update-TypeData</c>, which is not among the commands here.</summary>
    private static TypeData RenderedObject()
    {
        TypeData type = new("ArgoBootstrap.Resource");
        foreach (string property in new[] { "Environment", "Cluster", "Overlay", "Namespace", "Name" })
        {
            type.Members.Add(property, new ScriptPropertyData(property, ScriptBlock.Create($"$this.PSOverlay.{property}")) { IsHidden = true });
        }

        return type;
    }

    /// <summary>Those that <c>CreateDefault2</c> leaves to the modules.</summary>
    private static IEnumerable<SessionStateAliasEntry> Aliases() =>
    [
        Alias("cd", "Set-Location"), Alias("pwd", "Get-Location"), Alias("ls", "Get-ChildItem"), Alias("dir", "Get-ChildItem"),
        Alias("cat", "Get-Content"), Alias("echo", "Write-Output"), Alias("select", "Select-Object"), Alias("sort", "Sort-Object"),
        Alias("group", "Group-Object"), Alias("measure", "Measure-Object"), Alias("ft", "Format-Table"), Alias("fl", "Format-List"),
    ];

    private static SessionStateAliasEntry Alias(string name, string command) => new(name, command, "", ScopedItemOptions.AllScope);

    private static IEnumerable<SessionStateFunctionEntry> Functions()
    {
        Assembly assembly = typeof(InitialState).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(FunctionPrefix, StringComparison.Ordinal)))
        {
            using StreamReader reader = new(assembly.GetManifestResourceStream(resource)!);
            yield return new SessionStateFunctionEntry(resource[FunctionPrefix.Length..], reader.ReadToEnd());
        }
    }
}
