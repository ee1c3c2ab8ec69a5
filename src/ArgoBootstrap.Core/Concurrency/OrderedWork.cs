using System.Diagnostics.CodeAnalysis;

namespace ArgoBootstrap.Core.Concurrency;

/// <summary>
/// Works on several items at a time and hands the results out in the order of the items, each as soon as all before it were
/// taken. Work runs only so far ahead that a slow item, or somebody who takes slowly, bounds the memory. Items are added and
/// results taken by one thread.
/// </summary>
/// <typeparam name="TItem">The type of an item.</typeparam>
/// <typeparam name="TResult">What an item comes to.</typeparam>
public sealed class OrderedWork<TItem, TResult>
{
    private readonly Func<TItem, CancellationToken, Task<TResult>> _work;
    private readonly int _limit;
    private readonly int _ahead;
    private readonly CancellationToken _cancellationToken;
    private readonly Queue<TItem> _waiting = new();
    private readonly Queue<Task<TResult>> _begun = new();
    private readonly object _sync = new();
    private int _running;

    /// <summary>Makes ready.</summary>
    /// <param name="work">What is done with an item, on a thread of the pool. What it throws is thrown where its result would be taken.</param>
    /// <param name="limit">The largest number of items that are worked on at a time.</param>
    /// <param name="ahead">The largest number of items that are begun and not taken; <see langword="null"/> for <see cref="DefaultAhead"/>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is less than 1.</exception>
    public OrderedWork(Func<TItem, CancellationToken, Task<TResult>> work, int limit, int? ahead = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead ?? 1, 1, nameof(ahead));
        _work = work;
        _limit = limit;
        _ahead = ahead ?? DefaultAhead(limit);
        _cancellationToken = cancellationToken;
    }

    /// <summary>How far work runs ahead unless said otherwise: enough that one slow item does not leave the other workers idle.</summary>
    /// <param name="limit">The largest number of items that are worked on at a time.</param>
    public static int DefaultAhead(int limit) => Math.Max(32, (int)Math.Min(4L * limit, int.MaxValue));

    /// <summary>Adds an item.</summary>
    /// <param name="item">The item.</param>
    public void Add(TItem item)
    {
        lock (_sync)
        {
            _waiting.Enqueue(item);
            Begin();
        }
    }

    /// <summary>Takes the next result if it is there, without waiting.</summary>
    /// <param name="result">The result.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake([MaybeNullWhen(false)] out TResult result)
    {
        Task<TResult>? next = Next();
        result = default;
        if (next is not { IsCompleted: true })
        {
            return false;
        }

        result = next.GetAwaiter().GetResult();
        Taken();
        return true;
    }

    /// <summary>Takes the results of all items that were added, waiting for each.</summary>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public async IAsyncEnumerable<TResult> TakeAllAsync()
    {
        while (Next() is { } next)
        {
            // Nothing is handed out any more, though it may be done already.
            _cancellationToken.ThrowIfCancellationRequested();
            TResult result = await next.WaitAsync(_cancellationToken).ConfigureAwait(false);
            Taken();
            yield return result;
        }

        _cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until nothing runs any more, after the work was ended. What ran may have failed.</summary>
    public async Task WaitForEndAsync()
    {
        Task[] begun;
        lock (_sync)
        {
            _waiting.Clear();
            begun = [.. _begun];
        }

        await Task.WhenAll(begun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task<TResult>? Next()
    {
        lock (_sync)
        {
            return _begun.TryPeek(out Task<TResult>? next) ? next : null;
        }
    }

    private void Taken()
    {
        lock (_sync)
        {
            _begun.Dequeue();
            Begin();
        }
    }

    private void Begin()
    {
        while (_running < _limit && _begun.Count < _ahead && !_cancellationToken.IsCancellationRequested && _waiting.TryDequeue(out TItem? item))
        {
            _running++;
            _begun.Enqueue(Task.Run(() => RunAsync(item), CancellationToken.None));
        }
    }

    private async Task<TResult> RunAsync(TItem item)
    {
        try
        {
            return await _work(item, _cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_sync)
            {
                _running--;
                Begin();
            }
        }
    }
}
