using System.ComponentModel;
using System.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Core.Processes;

/// <summary>
/// Ends a program when this process dies without a chance to do it itself (SIGKILL, out of memory). A shell waits on a pipe that
/// only this process holds open: when it closes without a word, the program is asked to end, and after a moment killed.
/// </summary>
internal sealed class ProcessWatch : IDisposable
{
    // The program gets its pid as an argument: nothing that anybody else wrote is ever part of the script. helm, asked with SIGTERM,
    // notes in its release that it failed; it is given time for that.
    private const string Script = """
        read -r word && exit 0
        kill -TERM "$1" 2>/dev/null || exit 0
        for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.5; kill -0 "$1" 2>/dev/null || exit 0; done
        kill -KILL "$1" 2>/dev/null
        """;

    private readonly Process _shell;

    private ProcessWatch(Process shell) => _shell = shell;

    /// <summary>Watches over a program.</summary>
    /// <param name="program">The program, which has been started.</param>
    /// <returns>Ends the watch when it is disposed of; null where there is no shell for it.</returns>
    public static ProcessWatch? Start(Process program)
    {
        if (OperatingSystem.IsWindows() || ProgramPath.Find("sh") is not { } path)
        {
            return null;
        }
        var info = new ProcessStartInfo(path) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" };
        foreach (string argument in new[] { "-c", Script, "sh", program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) })
        {
            info.ArgumentList.Add(argument);
        }
        try
        {
            return Process.Start(info) is { } shell ? new ProcessWatch(shell) : null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _shell.StandardInput.WriteLine("done");
            _shell.StandardInput.Close();
        }
        catch (IOException)
        {
            // The shell is gone.
        }
        _shell.Dispose();
    }
}
