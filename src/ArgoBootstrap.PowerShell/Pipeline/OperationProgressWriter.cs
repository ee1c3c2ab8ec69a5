using System.Diagnostics;
using System.Management.Automation;
using ArgoBootstrap.Core.Bootstrap;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>Shows how far an operation is, as often as somebody can read it.</summary>
/// <param name="channel">Leads to the pipeline's thread.</param>
internal sealed class OperationProgressWriter(PipelineChannel channel) : IProgress<OperationProgress>
{
    private const int ActivityId = 1;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly object _sync = new();
    private long _latest;
    private string _activity = "";

    /// <inheritdoc/>
    public void Report(OperationProgress value)
    {
        lock (_sync)
        {
            bool isNew = value.Activity != _activity;
            if (!isNew && Stopwatch.GetElapsedTime(_latest) < Interval)
            {
                return;
            }

            _latest = Stopwatch.GetTimestamp();
            _activity = value.Activity;
        }

        // PowerShell refuses an empty text.
        ProgressRecord record = new(ActivityId, Or(value.Activity, "Working"), Or(value.Message, "..."))
        {
            PercentComplete = value.Total == 0 ? -1 : Math.Clamp(value.Done * 100 / value.Total, 0, 100),
        };
        channel.Send(cmdlet => cmdlet.WriteProgress(record));
    }

    /// <summary>Takes the report away.</summary>
    /// <param name="cmdlet">The cmdlet, on its own thread.</param>
    public void Complete(Cmdlet cmdlet)
    {
        if (_activity.Length > 0)
        {
            cmdlet.WriteProgress(new ProgressRecord(ActivityId, _activity, "Done") { RecordType = ProgressRecordType.Completed });
        }
    }

    private static string Or(string text, string other) => text.Length > 0 ? text : other;
}
