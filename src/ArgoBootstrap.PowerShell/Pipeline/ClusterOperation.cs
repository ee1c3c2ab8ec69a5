using System.Management.Automation;
using ArgoBootstrap.Core.Bootstrap;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>Runs work on clusters beside the pipeline's thread, which meanwhile writes what the work reports.</summary>
internal static class ClusterOperation
{
    /// <summary>Runs work to its end, also when the pipeline is stopped: only then has it cleaned up behind itself.</summary>
    /// <typeparam name="T">What the work comes to.</typeparam>
    /// <param name="cmdlet">The cmdlet, on its own thread.</param>
    /// <param name="work">The work. It may write to the pipeline, and report progress.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static T Run<T>(Cmdlet cmdlet, Func<IPipelineWriter, IProgress<OperationProgress>, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PipelineChannel channel = new(ended.Token);
        OperationProgressWriter progress = new(channel);
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
        try
        {
            while (channel.WaitForMore())
            {
                channel.Drain(cmdlet);
            }
        }
        finally
        {
            if (!task.IsCompleted)
            {
                // The pipeline wants no more.
                ended.Cancel();
                Task.WaitAny(task);
            }
        }

        channel.Drain(cmdlet);
        if (progress.Ended is { } report)
        {
            cmdlet.WriteProgress(report);
        }

        return task.GetAwaiter().GetResult();
    }
}
