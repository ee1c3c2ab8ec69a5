using System.Management.Automation;
using System.Runtime.InteropServices;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>
/// Holds off the end of the process that SIGTERM or SIGHUP asks for (a cancelled job, a closed terminal) until a change has stopped
/// and cleaned up: programs ended, locks given up, the audit line written. The process ends by itself afterwards, as it would have.
/// </summary>
internal sealed class TerminationGuard : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static volatile string _received = "";

    private readonly ManualResetEventSlim _done = new();
    private readonly PosixSignalRegistration[] _registrations;

    private TerminationGuard(Action stop)
    {
        void Handle(PosixSignalContext context)
        {
            _received = context.Signal.ToString();
            stop();
            _done.Wait(Patience);
        }

        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle), PosixSignalRegistration.Create(PosixSignal.SIGHUP, Handle)];
    }

    /// <summary>What the audit log says about a change that is stopped: by which signal, if it was one.</summary>
    public static string StopMessage => _received.Length > 0 ? $"stopped by {_received}" : "stopped";

    /// <summary>Begins to hold off.</summary>
    /// <param name="stop">Stops the change.</param>
    /// <returns>Lets the process end when it is disposed of.</returns>
    /// <exception cref="PipelineStoppedException">The process is about to end: nothing is begun any more.</exception>
    public static TerminationGuard Enter(Action stop) => _received.Length > 0 ? throw new PipelineStoppedException() : new TerminationGuard(stop);

    /// <inheritdoc/>
    public void Dispose()
    {
        // The handler may wait in another thread, and unregistering waits for the handler.
        _done.Set();
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }
}
