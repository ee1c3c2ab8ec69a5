using System.ComponentModel;
using System.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Kustomize.Processes;

/// <summary>
/// The watch of Linux and macOS. A shell waits on a pipe that only this process holds open, from before the program starts: when
/// it closes without a word, the program is asked to end, and after a moment killed.
/// </summary>
internal sealed class ShellWatch : ProcessWatch
{
    // The shell reads the pid of the program: nothing that anybody else wrote is ever part of the script. helm, asked with SIGTERM,
    // notes in its release that it failed; it is given time for that.
    private const string Script = """
        read -r pid || exit 0
        read -r word && exit 0
        kill -TERM "$pid" 2>/dev/null || exit 0
        for i in 1 2 3 4 5 6 7 8 9 10; do sleep 0.5; kill -0 "$pid" 2>/dev/null || exit 0; done
        kill -KILL "$pid" 2>/dev/null
        """;

    private readonly Process _shell;

    private ShellWatch(Process shell) => _shell = shell;

    /// <summary>Gets ready to watch over a program.</summary>
    /// <returns>Ends the watch when it is disposed of; null where there is no shell for it.</returns>
    public static ShellWatch? Create()
    {
        if (ProgramPath.Find("sh") is not { } path)
        {
            return null;
        }
        var info = new ProcessStartInfo(path) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" };
        info.ArgumentList.Add("-c");
        info.ArgumentList.Add(Script);
        try
        {
            return Process.Start(info) is { } shell ? new ShellWatch(shell) : null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override void Observe(Process program) => Tell(program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override void Dispose()
    {
        Tell("done");
        _shell.Dispose();
    }

    private void Tell(string line)
    {
        try
        {
            _shell.StandardInput.WriteLine(line);
            _shell.StandardInput.Flush();
        }
        catch (IOException)
        {
            // The shell is gone.
        }
    }
}
