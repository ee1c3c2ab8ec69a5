using System.Diagnostics;

namespace ArgoBootstrap.Clusters;

/// <summary>The moment at which everything that belongs to one call has to be over, by a clock that nobody sets.</summary>
public sealed class Deadline
{
    /// <summary>No end.</summary>
    public static readonly Deadline None = new(Timeout.InfiniteTimeSpan);

    private readonly TimeSpan _total;
    private readonly long _started = Stopwatch.GetTimestamp();

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

    /// <summary>An end that is so far away from now.</summary>
    /// <param name="time">The time.</param>
    public static Deadline After(TimeSpan time) => new(time);

    /// <summary>A time, or what is left where that is less.</summary>
    /// <param name="own">How long a part would take by itself.</param>
    public TimeSpan Limit(TimeSpan own) => Remaining is var left && left < own ? left : own;
}
