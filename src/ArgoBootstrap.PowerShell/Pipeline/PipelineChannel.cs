using System.Management.Automation;
using System.Threading.Channels;
using ArgoBootstrap.PowerShell.Cmdlets;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>Carries what workers write to the pipeline's thread, in the order in which they wrote it.</summary>
/// <param name="cancellationToken">Frees workers that wait for a pipeline that has ended.</param>
internal sealed class PipelineChannel(CancellationToken cancellationToken) : IPipelineWriter
{
    /// <summary>How far workers may be ahead: enough that none waits, little enough that a slow reader bounds the memory.</summary>
    private const int Capacity = 64;

    private readonly Channel<Action<Cmdlet>> _messages = Channel.CreateBounded<Action<Cmdlet>>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <inheritdoc/>
    public void WriteObject(object value) => Send(cmdlet => cmdlet.WriteObject(OutputNames.Name(value)));

    /// <inheritdoc/>
    public void WriteObjects(IReadOnlyList<object> values) => Send(cmdlet => cmdlet.WriteObject(values.Select(OutputNames.Name), enumerateCollection: true));

    /// <inheritdoc/>
    public void WriteError(ErrorRecord record) => Send(cmdlet => cmdlet.WriteError(record));

    /// <inheritdoc/>
    public void WriteWarning(string text) => Send(cmdlet => cmdlet.WriteWarning(text));

    /// <inheritdoc/>
    public void WriteVerbose(string text) => Send(cmdlet => cmdlet.WriteVerbose(text));

    /// <inheritdoc/>
    public void WriteHost(string text) => Send(cmdlet => cmdlet.WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]));

    /// <inheritdoc/>
    public void WriteProgress(ProgressRecord record) => Send(cmdlet => cmdlet.WriteProgress(record));

    /// <inheritdoc/>
    public void Send(Action<Cmdlet> message)
    {
        if (!_messages.Writer.TryWrite(message))
        {
            _messages.Writer.WriteAsync(message, cancellationToken).AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>Has something done on the pipeline's thread, unless that is behind or has ended.</summary>
    /// <param name="message">What to do.</param>
    public void TrySend(Action<Cmdlet> message) => _messages.Writer.TryWrite(message);

    /// <summary>Lets the pipeline's thread look for what else there is to write.</summary>
    public void Wake() => _messages.Writer.TryWrite(static _ => { });

    /// <summary>Writes what has come, without waiting.</summary>
    /// <param name="cmdlet">The cmdlet, on its own thread.</param>
    public void Drain(Cmdlet cmdlet)
    {
        ActivityRelay? activity = (cmdlet as ArgoBootstrapCmdlet)?.Relay;
        if (activity is not null)
        {
            activity.Wake = Wake;
            activity.Flush();
        }

        while (_messages.Reader.TryRead(out Action<Cmdlet>? message))
        {
            message(cmdlet);
            activity?.Flush();
        }
    }

    /// <summary>Waits for more.</summary>
    /// <returns>Whether there is more to come.</returns>
    public bool WaitForMore() => _messages.Reader.WaitToReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult();

    /// <summary>Tells that nothing more will come.</summary>
    public void Complete() => _messages.Writer.TryComplete();
}
