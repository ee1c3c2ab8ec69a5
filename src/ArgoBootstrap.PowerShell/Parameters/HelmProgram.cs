using System.Management.Automation;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>The program behind <c>-HelmCommand</c>.</summary>
internal static class HelmProgram
{
    /// <summary>What is looked up in the PATH where nothing is named.</summary>
    public const string Default = "helm";

    /// <summary>The program to start: a path starts from the session's location, a name is left to the PATH.</summary>
    /// <param name="session">The session.</param>
    /// <param name="command">What the user named.</param>
    public static string Resolve(SessionState session, string command) =>
        SessionPaths.ToProgram(session, command);
}
