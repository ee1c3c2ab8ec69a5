using System.Management.Automation;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>Keeps what one item comes to until its turn has come.</summary>
/// <param name="progress">Shows progress at once, which has no order; kept like the rest where it is <see langword="null"/>.</param>
internal sealed class PipelineRecord(IPipelineWriter? progress = null) : IPipelineWriter
{
    private readonly List<Action<Cmdlet>> _messages = [];

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
    public void WriteProgress(ProgressRecord record)
    {
        if (progress is null)
        {
            Send(cmdlet => cmdlet.WriteProgress(record));
            return;
        }

        progress.WriteProgress(record);
    }

    /// <inheritdoc/>
    public void Send(Action<Cmdlet> message) => _messages.Add(message);

    /// <summary>Writes everything, on the pipeline's thread.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    public void WriteTo(Cmdlet cmdlet)
    {
        foreach (Action<Cmdlet> message in _messages)
        {
            message(cmdlet);
        }
    }

    /// <summary>Passes everything on.</summary>
    /// <param name="writer">Leads to the pipeline's thread.</param>
    public void WriteTo(IPipelineWriter writer)
    {
        foreach (Action<Cmdlet> message in _messages)
        {
            writer.Send(message);
        }
    }
}
