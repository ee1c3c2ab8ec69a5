using System.Management.Automation.Runspaces;

namespace ArgoBootstrap.Shell;

/// <summary>What a runspace of this program starts with.</summary>
internal static class InitialState
{
    /// <summary>The engine's own commands.</summary>
    public static InitialSessionState Create()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        return state;
    }
}
