using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ArgoBootstrap.Core.Rendering;

/// <summary>Works on many items at once and hands the results out as they are done.</summary>
internal static class ParallelStream
{
    /// <summary>Runs work on every item.</summary>
    /// <param name="items">The items.</param>
    /// <param name="work">What to do; called on several threads. What it throws ends the stream.</param>
    /// <param name="limit">Most items at once; <see langword="null"/> for the number of processors.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1.</exception>
    public static IAsyncEnumerable<TResult> RunAsync<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, CancellationToken, TResult> work, int? limit, CancellationToken cancellationToken)
    {
        int throttle = limit ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(throttle, 1, nameof(limit));
        return Run(items, work, throttle, cancellationToken);
    }

    private static async IAsyncEnumerable<TResult> Run<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, CancellationToken, TResult> work, int throttle, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Channel<TResult> done = Channel.CreateBounded<TResult>(throttle);
        Task producer = Task.Run(() => Produce(items, work, throttle, done.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (TResult result in done.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            // Also when the consumer has seen enough: nothing runs on behind its back.
            await stop.CancelAsync().ConfigureAwait(false);
            await producer.ConfigureAwait(false);
        }
    }

    private static async Task Produce<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, CancellationToken, TResult> work, int throttle, ChannelWriter<TResult> done, CancellationToken cancellationToken)
    {
        try
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = throttle, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(items, options, async (item, token) => await done.WriteAsync(work(item, token), token).ConfigureAwait(false)).ConfigureAwait(false);
            done.Complete();
        }
        catch (Exception exception)
        {
            done.Complete(exception);
        }
    }
}
