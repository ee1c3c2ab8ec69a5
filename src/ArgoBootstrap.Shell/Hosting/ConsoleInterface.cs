using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;

namespace ArgoBootstrap.Shell.Hosting;

/// <summary>Output to standard output; errors, warnings and everything else about the run to standard error.</summary>
internal sealed partial class ConsoleInterface : PSHostUserInterface
{
    private readonly ConsoleRawInterface _raw = new();
    private readonly ProgressLine _progress = new();
    private readonly Lock _sync = new();

    /// <summary>Whether an error was shown.</summary>
    public bool ErrorsWritten { get; private set; }

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI => _raw;

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal { get; } =
        !Console.IsOutputRedirected && !Console.IsErrorRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Takes the progress line off the terminal.</summary>
    public void CompleteProgress()
    {
        lock (_sync)
        {
            _progress.Clear();
        }
    }

    /// <inheritdoc/>
    public override void Write(string value) => Emit(Console.Out, value);

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Emit(Console.Out, value);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Emit(Console.Out, value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value)
    {
        ErrorsWritten = true;
        Emit(Console.Error, value + Environment.NewLine);
    }

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => Emit(Console.Error, $"WARNING: {message}{Environment.NewLine}");

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => Emit(Console.Error, $"VERBOSE: {message}{Environment.NewLine}");

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => Emit(Console.Error, $"DEBUG: {message}{Environment.NewLine}");

    /// <inheritdoc/>
    public override void WriteInformation(InformationRecord record)
    {
        // Write-Host writes to the host on its own; other information is for those who ask for the stream.
    }

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_sync)
        {
            _progress.Show(record);
        }
    }

    private void Emit(TextWriter writer, string? text)
    {
        lock (_sync)
        {
            _progress.Clear();
            writer.Write(SupportsVirtualTerminal || text is null ? text : new StringDecorated(text).ToString(OutputRendering.PlainText));
        }
    }
}
