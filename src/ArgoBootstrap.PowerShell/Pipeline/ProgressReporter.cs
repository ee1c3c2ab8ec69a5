using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>Reports how many of the items are done; not at all for work that is over before one could read it.</summary>
/// <param name="activity">What is being done.</param>
internal sealed class ProgressReporter(string activity)
{
    private const int ActivityId = 1;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private TimeSpan _next = Delay;
    private bool _shown;
    private int _done;

    /// <summary>How many items are to be done, as far as is known.</summary>
    public int Total { get; set; }

    /// <summary>Counts an item that is done; on the pipeline's thread.</summary>
    /// <param name="cmdlet">The cmdlet that reports.</param>
    public void Done(Cmdlet cmdlet)
    {
        _done++;
        if (_sinceStart.Elapsed >= _next)
        {
            _next = _sinceStart.Elapsed + Interval;
            _shown = true;
            cmdlet.WriteProgress(Record($"{_done.ToString(CultureInfo.CurrentCulture)} of {Total.ToString(CultureInfo.CurrentCulture)}"));
        }
    }

    /// <summary>Takes the report away.</summary>
    /// <param name="cmdlet">The cmdlet that reports.</param>
    public void Complete(Cmdlet cmdlet)
    {
        if (_shown)
        {
            ProgressRecord record = Record("Done");
            record.RecordType = ProgressRecordType.Completed;
            cmdlet.WriteProgress(record);
        }
    }

    private ProgressRecord Record(string status) => new(ActivityId, activity, status) { PercentComplete = Total == 0 ? 100 : Math.Min(100, _done * 100 / Total) };
}
