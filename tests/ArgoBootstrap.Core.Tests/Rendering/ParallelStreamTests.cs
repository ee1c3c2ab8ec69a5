using ArgoBootstrap.Core.Rendering;

namespace ArgoBootstrap.Core.Tests.Rendering;

public sealed class ParallelStreamTests
{
    [Fact]
    public async Task SlowConsumer_HoldsTheWorkersBack()
    {
        int begun = 0;
        await using IAsyncEnumerator<int> results = ParallelStream
            .RunAsync(Enumerable.Range(0, 1000), (item, _) => Begin(item), 2, CancellationToken.None).GetAsyncEnumerator();
        await results.MoveNextAsync();

        // One handed out, two waiting in the channel, two with workers that wait to hand theirs over.
        SpinWait.SpinUntil(() => Volatile.Read(ref begun) > 5, TimeSpan.FromMilliseconds(200));
        Assert.InRange(Volatile.Read(ref begun), 1, 5);

        int Begin(int item)
        {
            Interlocked.Increment(ref begun);
            return item;
        }
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

        Assert.InRange(begun, 1, 5);
    }

    [Fact]
    public async Task WorkThatThrows_EndsTheStreamWithTheException()
    {
        IAsyncEnumerable<int> results = ParallelStream.RunAsync<int, int>([1], (_, _) => throw new InvalidOperationException("broken"), 1, CancellationToken.None);

        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(async () => await results.ToListAsync())).Message);
    }
}
