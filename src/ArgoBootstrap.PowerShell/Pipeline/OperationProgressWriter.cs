using System.Diagnostics;
using System.Management.Automation;
using ArgoBootstrap.Core.Bootstrap;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>Shows how far an operation is, as often as somebody can read it.</summary>
/// <param name="writer">Leads to the pipeline's thread.</param>
/// <param name="subject">What the operation is about, where several run at a time; otherwise empty.</param>
/// <param name="activityId">Tells the reports of operations that run at the same time apart.</param>
/// <param name="parentId">The activity that the operation is a part of; negative for none.</param>
internal sealed class OperationProgressWriter(IPipelineWriter writer, string subject = "", int activityId = 1, int parentId = -1) : IProgress<OperationProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly object _sync = new();
    private long _latest;
    private string _activity = "";

    /// <summary>Takes the report away; <see langword="null"/> where nothing was reported.</summary>
    public ProgressRecord? Ended
    {
        get
        {
            lock (_sync)
            {
                return _activity.Length == 0 ? null : new ProgressRecord(activityId, _activity, "Done") { ParentActivityId = parentId, RecordType = ProgressRecordType.Completed };
            }
        }
    }

    /// <inheritdoc/>
    public void Report(OperationProgress value)
    {
        // PowerShell refuses an empty text.
        string activity = value.Activity.Length > 0 ? value.Activity : "Working";
        activity = subject.Length > 0 ? $"{subject}: {activity}" : activity;
        lock (_sync)
        {
            bool isNew = activity != _activity;
            if (!isNew && Stopwatch.GetElapsedTime(_latest) < Interval)
            {
                return;
            }

            _latest = Stopwatch.GetTimestamp();
            _activity = activity;
        }

        writer.WriteProgress(new ProgressRecord(activityId, activity, value.Message.Length > 0 ? value.Message : "...")
        {
            ParentActivityId = parentId,
            PercentComplete = value.Total == 0 ? -1 : Math.Clamp(value.Done * 100 / value.Total, 0, 100),
        });
    }
}
