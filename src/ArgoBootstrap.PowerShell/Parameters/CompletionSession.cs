using System.Management.Automation;
using System.Management.Automation.Language;
using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>What completers need of the session, which is not handed to them: they ask the runspace that completes.</summary>
internal static class CompletionSession
{
    /// <summary>The absolute path of what is typed as a path.</summary>
    /// <param name="path">The path, relative to the session's location.</param>
    public static string ToFileSystem(string path)
    {
        using System.Management.Automation.PowerShell pipeline = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        SessionState? session = pipeline.AddScript("$ExecutionContext.SessionState").Invoke<SessionState>().FirstOrDefault();
        return session is null ? WorkingFolder.Resolve(path) : SessionPaths.ToFileSystem(session, path);
    }

    /// <summary>Makes the session's location the folder that relative paths of the environment count from.</summary>
    /// <returns>Ends that when it is disposed of.</returns>
    public static IDisposable EnterLocation()
    {
        using System.Management.Automation.PowerShell pipeline = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        SessionState? session = pipeline.AddScript("$ExecutionContext.SessionState").Invoke<SessionState>().FirstOrDefault();
        return WorkingFolder.Enter(session?.Path.CurrentFileSystemLocation.ProviderPath);
    }

    /// <summary>A value as it is typed: in quotes where PowerShell would take it apart.</summary>
    /// <param name="value">The value.</param>
    public static string Quote(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':') ? value : $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
}
