using System.Diagnostics;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters;

/// <summary>The moment at which everything that belongs to one call has to be over, by a clock that nobody sets.</summary>
public sealed class Deadline
{
    /// <summary>No end.</summary>
    public static readonly Deadline None = new(Timeout.InfiniteTimeSpan);

    private readonly TimeSpan _total;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly OpenWaits _waits = new();

    private Deadline(TimeSpan total) => _total = total;

    /// <summary>Whether there is an end.</summary>
    public bool IsSet => _total != Timeout.InfiniteTimeSpan;

    /// <summary>The time that there was in all.</summary>
    public TimeSpan Total => _total;

    /// <summary>The time that is left; nothing when it is over, the longest time there is without an end.</summary>
    public TimeSpan Remaining
    {
        get
        {
            if (!IsSet)
            {
                return TimeSpan.MaxValue;
            }
            TimeSpan left = _total - Stopwatch.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Whether the time is up.</summary>
    public bool IsOver => Remaining == TimeSpan.Zero;

    /// <summary>What the call waits for, or waited for when its time ended.</summary>
    public IReadOnlyList<OpenWait> OpenWaits => _waits.All;

    /// <summary>An end that is so far away from now.</summary>
    /// <param name="time">The time.</param>
    public static Deadline After(TimeSpan time) => new(time);

    /// <summary>A time, or what is left where that is less.</summary>
    /// <param name="own">How long a part would take by itself.</param>
    public TimeSpan Limit(TimeSpan own) => Remaining is var left && left < own ? left : own;

    /// <summary>Whether an exception says that this time is up: a request noticed it, or the work was stopped for it.</summary>
    /// <param name="exception">What was thrown.</param>
    internal bool IsSaidBy(Exception exception) => exception is OperationException { EndsCall: true } || (exception is OperationCanceledException && IsOver);

    /// <summary>Records what the call waits for and its state, which the error names when the time ends, wherever that is noticed.</summary>
    /// <param name="target">What is waited for.</param>
    /// <param name="state">The state that was seen last.</param>
    internal void Waits(string target, string state)
    {
        // Nobody asks a call without an end, and many share the one that stands for it.
        if (IsSet)
        {
            _waits.Note(target, state);
        }
    }

    /// <summary>Notes that the call does not wait for something any more.</summary>
    /// <param name="target">What was waited for.</param>
    internal void WaitsNoMore(string target) => _waits.End(target);
}
