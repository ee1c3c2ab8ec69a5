using System.Diagnostics;
using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>Shows how far an operation is, as often as somebody can read it.</summary>
/// <param name="writer">Leads to the pipeline's thread.</param>
/// <param name="subject">What the operation is about, where several run at a time; otherwise empty.</param>
/// <param name="activityId">Tells the reports of operations that run at the same time apart.</param>
/// <param name="parentId">The activity that the operation is a part of; negative for none.</param>
internal sealed class OperationProgressWriter(IPipelineWriter writer, string subject = "", int activityId = 1, int parentId = -1) : IProgress<OperationProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly object _sync = new();
    private long _latest;
    private string _activity = "";
    private string _message = "";
    private string _told = "";

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

    /// <summary>What was reported last, in words; empty for nothing.</summary>
    public string Latest
    {
        get
        {
            lock (_sync)
            {
                return _activity.Length == 0 || _message.Length == 0 ? _activity : $"{_activity}: {_message}";
            }
        }
    }

    /// <summary>A report that something is still waited for; null while the work reports by itself.</summary>
    /// <param name="elapsed">How long the operation has run.</param>
    /// <param name="limit">How long it may run in all; null without a limit.</param>
    public ProgressRecord? Waiting(TimeSpan elapsed, TimeSpan? limit)
    {
        lock (_sync)
        {
            if (_activity.Length > 0 && Stopwatch.GetElapsedTime(_latest) < Quiet)
            {
                return null;
            }

            _activity = _activity.Length > 0 ? _activity : "Waiting for an answer";
            string time = limit is { } most ? $"{elapsed.TotalSeconds:0} of {most.TotalSeconds:0} s" : $"{elapsed.TotalSeconds:0} s";
            return new ProgressRecord(activityId, _activity, _message.Length > 0 ? $"{_message} ({time})" : time) { ParentActivityId = parentId };
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
            _message = value.Message;
            if (value.Message.Length > 0 && value.Message != _told)
            {
                _told = value.Message;
                ActivityLog.Step($"{activity}: {value.Message}");
            }

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
