using ArgoBootstrap.Core.Concurrency;

namespace ArgoBootstrap.Core.Tests.Concurrency;

public sealed class ParallelStreamTests
{
    [Fact]
    public async Task SlowConsumer_HoldsTheWorkersBack()
    {
        int begun = 0;
        await using IAsyncEnumerator<int> results = ParallelStream
            .RunAsync(Enumerable.Range(0, 1000), (item, _) => Task.FromResult(Begin(item)), 2, ahead: 4, CancellationToken.None).GetAsyncEnumerator();
        await results.MoveNextAsync();

        // One handed out, four that wait to be.
        SpinWait.SpinUntil(() => Volatile.Read(ref begun) > 5, TimeSpan.FromMilliseconds(200));
        Assert.InRange(Volatile.Read(ref begun), 1, 5);

        int Begin(int item)
        {
            Interlocked.Increment(ref begun);
            return item;
        }
    }

    [Fact]
    public async Task Results_ComeInTheOrderOfTheItems_WhicheverIsDoneFirst()
    {
        TaskCompletionSource[] gates = [.. Enumerable.Range(0, 8).Select(_ => new TaskCompletionSource())];
        IAsyncEnumerable<int> results = ParallelStream.RunAsync(Enumerable.Range(0, 8), WaitAsync, 8, null, CancellationToken.None);

        ValueTask<List<int>> all = results.ToListAsync();
        for (int i = gates.Length - 1; i >= 0; i--)
        {
            gates[i].SetResult();
        }

        Assert.Equal(Enumerable.Range(0, 8), await all);

        async Task<int> WaitAsync(int item, CancellationToken token)
        {
            await gates[item].Task.WaitAsync(token);
            return item;
        }
    }

    [Fact]
    public async Task Result_IsHandedOutAsSoonAsThoseBeforeItWere()
    {
        TaskCompletionSource last = new();
        await using IAsyncEnumerator<int> results = ParallelStream.RunAsync(
            Enumerable.Range(0, 3),
            async (item, token) =>
            {
                await (item == 2 ? last.Task.WaitAsync(token) : Task.CompletedTask);
                return item;
            },
            2,
            null,
            CancellationToken.None).GetAsyncEnumerator();

        Assert.True(await results.MoveNextAsync());
        Assert.True(await results.MoveNextAsync());
        ValueTask<bool> third = results.MoveNextAsync();
        Assert.False(third.IsCompleted);
        last.SetResult();
        Assert.True(await third);
        Assert.Equal(2, results.Current);
        Assert.False(await results.MoveNextAsync());
    }

    [Fact]
    public async Task NoMoreThanTheLimit_RunAtATime()
    {
        int running = 0;
        int most = 0;
        await ParallelStream.RunAsync(
            Enumerable.Range(0, 50),
            async (_, token) =>
            {
                int now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                await Task.Delay(2, token);
                return Interlocked.Decrement(ref running);
            },
            3,
            null,
            CancellationToken.None).ToListAsync();

        Assert.InRange(most, 1, 3);

        static void InterlockedMax(ref int target, int value)
        {
            int seen;
            while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
            {
            }
        }
    }

    [Fact]
    public async Task Cancelled_WhileTheFirstRuns_Ends()
    {
        using CancellationTokenSource stop = new();
        TaskCompletionSource started = new();
        IAsyncEnumerable<int> results = ParallelStream.RunAsync(
            Enumerable.Range(0, 10),
            async (item, token) =>
            {
                started.TrySetResult();
                await Task.Delay(Timeout.Infinite, token);
                return item;
            },
            2,
            null,
            stop.Token);

        ValueTask<List<int>> all = results.ToListAsync();
        await started.Task;
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await all);
    }

    [Fact]
    public async Task ConsumerThatHasSeenEnough_EndsTheWork()
    {
        int begun = 0;
        await foreach (int item in ParallelStream.RunAsync(Enumerable.Range(0, 1000), (item, _) => Interlocked.Increment(ref begun) * 0 + item, 2, CancellationToken.None))
        {
            Assert.InRange(item, 0, 999);
            break;
        }

        Assert.InRange(begun, 1, 1 + OrderedWork<int, int>.DefaultAhead(2));
    }

    [Fact]
    public async Task WorkThatThrows_EndsTheStreamWithTheException()
    {
        IAsyncEnumerable<int> results = ParallelStream.RunAsync<int, int>([1], (_, _) => throw new InvalidOperationException("broken"), 1, CancellationToken.None);

        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await results.ToListAsync())).Message);
    }
}
