using System.Diagnostics;
using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>Runs work on clusters beside the pipeline's thread, which meanwhile writes what the work reports, and that it waits.</summary>
internal static class ClusterOperation
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    /// <summary>What the work's own limits get to say what they waited for, before it is stopped from outside.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs work to its end, also when the pipeline is stopped: only then has it cleaned up behind itself.</summary>
    /// <typeparam name="T">What the work comes to.</typeparam>
    /// <param name="cmdlet">The cmdlet, on its own thread.</param>
    /// <param name="work">The work. It may write to the pipeline, and report progress.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="deadline">When the work has to be over; null for no limit.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="OperationException"><see cref="ClusterErrorIds.WaitTimedOut"/>: it was not over in time.</exception>
    public static T Run<T>(
        Cmdlet cmdlet, Func<IPipelineWriter, IProgress<OperationProgress>, CancellationToken, Task<T>> work, CancellationToken cancellationToken, Deadline? deadline = null)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PipelineChannel channel = new(ended.Token);
        OperationProgressWriter progress = new(channel);
        if (deadline is { IsSet: true })
        {
            ended.CancelAfter(deadline.Remaining + Grace);
        }

        long started = Stopwatch.GetTimestamp();
        channel.Drain(cmdlet);
        Task<T> task = Task.Run(
            async () =>
            {
                try
                {
                    return await work(channel, progress, ended.Token).ConfigureAwait(false);
                }
                finally
                {
                    channel.Complete();
                }
            },
            CancellationToken.None);
        bool isPiped = false;
        try
        {
            using Timer beat = new(_ => Report(channel, progress.Waiting(Stopwatch.GetElapsedTime(started), deadline is { IsSet: true } ? deadline.Total : null)), null, Beat, Beat);
            while (WaitForMore(channel, task, cancellationToken))
            {
                channel.Drain(cmdlet);
            }

            isPiped = true;
        }
        finally
        {
            if (!task.IsCompleted)
            {
                if (!isPiped)
                {
                    // The pipeline wants no more.
                    ended.Cancel();
                }

                Task.WaitAny(task);
            }
        }

        channel.Drain(cmdlet);
        if (progress.Ended is { } report)
        {
            cmdlet.WriteProgress(report);
        }

        try
        {
            return task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && deadline is { IsOver: true })
        {
            throw TimedOut(deadline, progress.Latest);
        }
    }

    /// <summary>Waits for more to write. When the time is up, what the work still says on its way out is written as well.</summary>
    private static bool WaitForMore(PipelineChannel channel, Task task, CancellationToken cancellationToken)
    {
        try
        {
            return channel.WaitForMore();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Task.WaitAny(task);
            return false;
        }
    }

    private static void Report(PipelineChannel channel, ProgressRecord? record)
    {
        if (record is not null)
        {
            channel.TrySend(cmdlet => cmdlet.WriteProgress(record));
        }
    }

    private static OperationException TimedOut(Deadline deadline, string latest)
    {
        IReadOnlyList<OpenWait> waits = deadline.OpenWaits;
        string at = waits.Count > 0 ? $"waited for {OpenWait.Describe(waits)}" : latest.Length > 0 ? $"was at this: {latest.TrimEnd('.')}" : "";
        return new OperationException(
            ClusterErrorIds.WaitTimedOut,
            $"It was not over within {deadline.Total.TotalSeconds:0.#} seconds{(at.Length > 0 ? $", and {at}" : "")}.",
            "See what holds it up (-Verbose shows each request), or allow more time with -Timeout, then run this again: it goes on where it stopped.",
            waits.Count > 0 ? waits[0].Target : "");
    }
}
