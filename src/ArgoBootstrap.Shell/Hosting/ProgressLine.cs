using System.Management.Automation;

namespace ArgoBootstrap.Shell.Hosting;

/// <summary>One line at the bottom of a terminal; nothing where standard error is not a terminal.</summary>
internal sealed class ProgressLine
{
    private const string EraseLine = "\r\e[2K";

    private readonly bool _enabled = !Console.IsErrorRedirected;
    private bool _shown;

    /// <summary>Shows a record, or takes the line away when the record says that the work is done.</summary>
    /// <param name="record">What a command reports.</param>
    public void Show(ProgressRecord record)
    {
        if (!_enabled)
        {
            return;
        }

        if (record.RecordType == ProgressRecordType.Completed)
        {
            Clear();
            return;
        }

        string percent = record.PercentComplete >= 0 ? $" {record.PercentComplete,3} %" : "";
        string line = $"{record.Activity}{percent} {record.StatusDescription} {record.CurrentOperation}".TrimEnd();
        int width = Math.Max(20, Console.WindowWidth - 1);
        Console.Error.Write(EraseLine + (line.Length > width ? line[..width] : line));
        _shown = true;
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_shown)
        {
            Console.Error.Write(EraseLine);
            _shown = false;
        }
    }
}
