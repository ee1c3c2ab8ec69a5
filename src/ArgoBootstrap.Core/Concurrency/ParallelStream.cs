using System.Runtime.CompilerServices;

namespace ArgoBootstrap.Core.Concurrency;

/// <summary>Works on several items at a time and hands the results out in the order of the items.</summary>
public static class ParallelStream
{
    /// <summary>Runs work on every item.</summary>
    /// <typeparam name="TItem">The type of an item.</typeparam>
    /// <typeparam name="TResult">What an item comes to.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="work">What to do; called on several threads. What it throws ends the stream.</param>
    /// <param name="limit">Most items at once; <see langword="null"/> for the number of processors.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1.</exception>
    public static IAsyncEnumerable<TResult> RunAsync<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, CancellationToken, TResult> work, int? limit, CancellationToken cancellationToken) =>
        RunAsync(items, (item, token) => Task.FromResult(work(item, token)), limit, null, cancellationToken);

    /// <summary>Runs work on every item.</summary>
    /// <typeparam name="TItem">The type of an item.</typeparam>
    /// <typeparam name="TResult">What an item comes to.</typeparam>
    /// <param name="items">The items.</param>
    /// <param name="work">What to do; called on several threads. What it throws ends the stream.</param>
    /// <param name="limit">Most items at once; <see langword="null"/> for the number of processors.</param>
    /// <param name="ahead">Most items that are begun and not handed out; as <see cref="OrderedWork{TItem, TResult}"/> has it where it is <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The results. The stream ends when nothing runs any more, also where somebody has seen enough.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A limit is less than 1.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IAsyncEnumerable<TResult> RunAsync<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, CancellationToken, Task<TResult>> work, int? limit, int? ahead, CancellationToken cancellationToken)
    {
        int throttle = limit ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(throttle, 1, nameof(limit));
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead ?? 1, 1, nameof(ahead));
        return Run(items, work, throttle, ahead, cancellationToken);
    }

    private static async IAsyncEnumerable<TResult> Run<TItem, TResult>(
        IEnumerable<TItem> items, Func<TItem, CancellationToken, Task<TResult>> work, int limit, int? ahead, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        OrderedWork<TItem, TResult> ordered = new(work, limit, ahead, stop.Token);
        try
        {
            foreach (TItem item in items)
            {
                ordered.Add(item);
            }

            await foreach (TResult result in ordered.TakeAllAsync().ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            // Also when the consumer has seen enough: nothing runs on behind its back.
            await stop.CancelAsync().ConfigureAwait(false);
            await ordered.WaitForEndAsync().ConfigureAwait(false);
        }
    }
}
