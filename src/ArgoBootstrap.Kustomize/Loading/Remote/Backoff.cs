using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Pauses between attempts.</summary>
/// <param name="options">How many attempts, and how long the pauses are.</param>
internal sealed class Backoff(RemoteOptions options)
{
    private int _attempt = 1;

    /// <summary>Waits before the next attempt, if there is one: twice as long as the last time, with some chance in it, so that many do not come back at once.</summary>
    /// <param name="asked">How long the other side asked to wait, if it did.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False when there are no attempts left, or the other side asks for more patience than there is.</returns>
    public bool Wait(TimeSpan? asked, CancellationToken cancellation)
    {
        if (_attempt >= options.Attempts || asked > options.MaximumRetryDelay)
        {
            return false;
        }
        double doubled = options.RetryDelay.TotalSeconds * Math.Pow(2, Math.Min(_attempt - 1, 20));
        TimeSpan pause = asked ?? TimeSpan.FromSeconds(Math.Min(doubled * (0.5 + (Random.Shared.NextDouble() / 2)), options.MaximumRetryDelay.TotalSeconds));
        _attempt++;
        ActivityLog.Step($"Trying again in {pause.TotalSeconds:0.0} s: attempt {_attempt} of {options.Attempts}");
        if (pause > TimeSpan.Zero && cancellation.WaitHandle.WaitOne(pause))
        {
            cancellation.ThrowIfCancellationRequested();
        }
        return true;
    }
}
