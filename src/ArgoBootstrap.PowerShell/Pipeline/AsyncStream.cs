using System.Management.Automation;
using ArgoBootstrap.PowerShell.Cmdlets;

namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>Writes what an asynchronous stream brings, on the pipeline's thread, with progress.</summary>
internal static class AsyncStream
{
    /// <summary>Writes every result as it comes.</summary>
    /// <typeparam name="T">The type of a result.</typeparam>
    /// <param name="cmdlet">The cmdlet, on its own thread.</param>
    /// <param name="activity">What the progress says is being done.</param>
    /// <param name="total">How many results are expected.</param>
    /// <param name="results">The stream. It is ended where the pipeline ends before it.</param>
    /// <param name="written">Gets every result when it was written.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static void Write<T>(Cmdlet cmdlet, string activity, int total, IAsyncEnumerable<T> results, Action<T> written, CancellationToken cancellationToken)
    {
        ProgressReporter progress = new(activity) { Total = total };
        IAsyncEnumerator<T> enumerator = results.GetAsyncEnumerator(cancellationToken);
        try
        {
            while (Wait(enumerator.MoveNextAsync()))
            {
                cmdlet.WriteObject(OutputNames.Name(enumerator.Current));
                written(enumerator.Current);
                progress.Done(cmdlet);
                (cmdlet as ArgoBootstrapCmdlet)?.Relay?.Flush();
            }
        }
        finally
        {
            enumerator.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        progress.Complete(cmdlet);
    }

    private static bool Wait(ValueTask<bool> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();
}
