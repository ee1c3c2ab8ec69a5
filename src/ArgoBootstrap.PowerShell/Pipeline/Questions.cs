using System.Management.Automation;
using System.Management.Automation.Host;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>Asks the user, where there is one.</summary>
internal static class Questions
{
    /// <summary>Asks whether to go on.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="question">The question.</param>
    /// <param name="caption">What it is about.</param>
    /// <param name="yesToAll">Whether the answer was yes to all.</param>
    /// <param name="noToAll">Whether the answer was "no to all".</param>
    /// <returns>The answer; <see langword="null"/> where nobody can be asked.</returns>
    public static bool? Ask(PSCmdlet cmdlet, string question, string caption, ref bool yesToAll, ref bool noToAll)
    {
        if (!yesToAll && !noToAll && !CanAsk(cmdlet))
        {
            return null;
        }

        try
        {
            return cmdlet.ShouldContinue(question, caption, ref yesToAll, ref noToAll);
        }
        catch (Exception exception) when (exception is HostException or PSInvalidOperationException or NotImplementedException)
        {
            // A session that was started with -NonInteractive, or a host without prompts.
            return null;
        }
    }

    /// <summary>A console whose input is a pipe or a file would take what is in it for the answer, or wait for ever.</summary>
    private static bool CanAsk(PSCmdlet cmdlet) => cmdlet.Host?.UI is not null && !(cmdlet.Host.Name == "ConsoleHost" && Console.IsInputRedirected);
}
