using ArgoBootstrap.Core.Comparison;

namespace ArgoBootstrap.Core.Tests.Comparison;

public sealed class SequenceDiffTests
{
    [Fact]
    public void Blocks_LeadFromTheFirstToTheSecond_WithAsFewItemsAsPossible()
    {
        Random random = new(7);
        for (int round = 0; round < 2000; round++)
        {
            string[] before = Items(random);
            string[] after = Items(random);

            List<SequenceDiff.Block> blocks = SequenceDiff.Of(before, after);

            Assert.Equal(after, Apply(before, after, blocks));
            Assert.Equal(before.Length + after.Length - (2 * CommonLength(before, after)), blocks.Sum(block => block.Deleted + block.Inserted));
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    [InlineData(200_000)]
    public void TextsThatHaveNothingInCommon_AreOneBlock(int lines)
    {
        string[] before = [.. Enumerable.Range(0, lines).Select(i => $"old {i}")];
        string[] after = [.. Enumerable.Range(0, lines).Select(i => $"new {i}")];

        Assert.Equal([new SequenceDiff.Block(0, lines, 0, lines)], SequenceDiff.Of(before, after));
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(200_000)]
    public void EverySecondLineChanged_IsABlockForEach(int lines)
    {
        string[] before = [.. Enumerable.Range(0, lines).Select(i => $"line {i}")];
        string[] after = [.. before.Select((line, i) => i % 2 == 0 ? "new " + line : line)];

        Assert.Equal(lines / 2, SequenceDiff.Of(before, after).Count);
    }

    [Fact]
    public void LinesInAnotherOrder_TooManyToCompare_AreReplaced()
    {
        string[] before = [.. Enumerable.Range(0, 40_000).Select(i => $"line {i}")];
        string[] after = [.. before.Reverse()];

        Assert.Equal(after, Apply(before, after, SequenceDiff.Of(before, after)));
    }

    private static string[] Items(Random random) => [.. Enumerable.Range(0, random.Next(12)).Select(_ => ((char)('a' + random.Next(5))).ToString())];

    private static List<string> Apply(string[] before, string[] after, List<SequenceDiff.Block> blocks)
    {
        List<string> result = [];
        int next = 0;
        foreach (SequenceDiff.Block block in blocks)
        {
            result.AddRange(before[next..block.Before]);
            result.AddRange(after[block.After..(block.After + block.Inserted)]);
            next = block.Before + block.Deleted;
        }

        result.AddRange(before[next..]);
        return result;
    }

    private static int CommonLength(string[] before, string[] after)
    {
        int[,] lengths = new int[before.Length + 1, after.Length + 1];
        for (int i = 1; i <= before.Length; i++)
        {
            for (int j = 1; j <= after.Length; j++)
            {
                lengths[i, j] = before[i - 1] == after[j - 1] ? lengths[i - 1, j - 1] + 1 : Math.Max(lengths[i - 1, j], lengths[i, j - 1]);
            }
        }

        return lengths[before.Length, after.Length];
    }
}
