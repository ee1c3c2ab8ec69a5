namespace ArgoBootstrap.Shell;

/// <summary>The few lines of PowerShell that the program itself runs.</summary>
internal static class PowerShellScripts
{
    /// <summary>Imports the module whose manifest is the first argument.</summary>
    public const string ImportModule = "Import-Module -Name $args[0] -ErrorAction Stop";

    /// <summary>Runs a script block in the global scope; arguments: script block, named arguments, positional arguments.</summary>
    public const string RunFile = "$named = $args[1]; $positional = $args[2]; . $args[0] @named @positional";

    /// <summary>Reports the error record that is the first argument.</summary>
    public const string WriteError = "[CmdletBinding()] param($record) $PSCmdlet.WriteError($record)";
}
