using System.Management.Automation;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>
/// What a worker may tell the pipeline. Everything is written later, by the pipeline's own thread; a call waits while the
/// pipeline is behind.
/// </summary>
internal interface IPipelineWriter
{
    /// <summary>Writes an object.</summary>
    /// <param name="value">The object.</param>
    void WriteObject(object value);

    /// <summary>Writes objects one after the other, with none of another worker between them.</summary>
    /// <param name="values">The objects.</param>
    void WriteObjects(IReadOnlyList<object> values);

    /// <summary>Writes an error that does not end the pipeline.</summary>
    /// <param name="record">The error.</param>
    void WriteError(ErrorRecord record);

    /// <summary>Writes a warning.</summary>
    /// <param name="text">The warning.</param>
    void WriteWarning(string text);

    /// <summary>Writes a verbose message.</summary>
    /// <param name="text">The message.</param>
    void WriteVerbose(string text);

    /// <summary>Has something done on the pipeline's thread, in its turn.</summary>
    /// <param name="message">What to do.</param>
    void Send(Action<Cmdlet> message);

    /// <summary>Shows a line on the host, as <c>Write-Host</c> does.</summary>
    /// <param name="text">The line.</param>
    void WriteHost(string text);

    /// <summary>Shows how far something is.</summary>
    /// <param name="record">The report.</param>
    void WriteProgress(ProgressRecord record);
}
