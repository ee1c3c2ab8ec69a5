using System.Collections.Concurrent;
using System.Management.Automation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>
/// Brings what the libraries tell of their work to <c>-Verbose</c> and <c>-Debug</c>: at once where it is told on the
/// pipeline's thread, otherwise as soon as that thread comes by.
/// </summary>
/// <param name="cmdlet">The cmdlet that writes.</param>
/// <param name="isVerbose">Whether verbose messages are shown.</param>
/// <param name="isDebug">Whether debug messages are shown.</param>
/// <param name="mask">Takes secrets out of a text.</param>
internal sealed class ActivityRelay(Cmdlet cmdlet, bool isVerbose, bool isDebug, Func<string, string> mask)
{
    private readonly ConcurrentQueue<(ActivityLevel Level, string Text)> _waiting = new();
    private int _pipelineThread;

    /// <summary>Lets the pipeline's thread come by; <see langword="null"/> while nothing waits there.</summary>
    public Action? Wake { get; set; }

    /// <summary>Listens to what is done on this thread, the pipeline's, and on those that it starts.</summary>
    public IDisposable Listen()
    {
        _pipelineThread = System.Environment.CurrentManagedThreadId;
        return ActivityLog.Listen(isDebug ? ActivityLevel.Detail : ActivityLevel.Step, Hear);
    }

    /// <summary>Writes what has come from other threads; on the pipeline's thread.</summary>
    public void Flush()
    {
        while (_waiting.TryDequeue(out (ActivityLevel Level, string Text) entry))
        {
            Write(entry.Level, entry.Text);
        }
    }

    private void Hear(ActivityLevel level, string text)
    {
        string masked = mask(text);
        if (System.Environment.CurrentManagedThreadId == _pipelineThread)
        {
            Flush();
            Write(level, masked);
            return;
        }

        _waiting.Enqueue((level, masked));
        Wake?.Invoke();
    }

    private void Write(ActivityLevel level, string text)
    {
        if (level == ActivityLevel.Step && isVerbose)
        {
            cmdlet.WriteVerbose(text);
        }
        else
        {
            cmdlet.WriteDebug(text);
        }
    }
}
