using DiffPlex;
using DiffPlex.Model;

namespace ArgoBootstrap.Core.Comparison;

/// <summary>
/// Finds what differs between two sequences: lines of a text, items of a list. What only one of them has is put aside first, so
/// that the cost grows with what both have in another order, not with the size.
/// </summary>
internal static class SequenceDiff
{
    /// <summary>Most pairs of common items that are looked for an order of; two sequences with more in common, and in another order, are replaced as a whole.</summary>
    private const long MostPairs = 100_000_000;

    /// <summary>A run that differs. Before it, and after it, both sequences are the same.</summary>
    /// <param name="Before">Where it is in the first sequence.</param>
    /// <param name="Deleted">How many items of the first sequence are gone.</param>
    /// <param name="After">Where it is in the second sequence.</param>
    /// <param name="Inserted">How many items of the second sequence are new.</param>
    public readonly record struct Block(int Before, int Deleted, int After, int Inserted);

    /// <summary>The runs that differ, in order; as few items as possible.</summary>
    /// <param name="before">The first sequence.</param>
    /// <param name="after">The second sequence.</param>
    public static List<Block> Of(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        bool[] isGone = Mark(before, after);
        bool[] isNew = Mark(after, before);
        int start = 0;
        while (start < before.Count && start < after.Count && before[start] == after[start])
        {
            start++;
        }

        int[] left = [.. Enumerable.Range(start, before.Count - start).Where(i => !isGone[i])];
        int[] right = [.. Enumerable.Range(start, after.Count - start).Where(i => !isNew[i])];
        MarkMoved(before, after, left, right, isGone, isNew);
        return Blocks(isGone, isNew);
    }

    private static bool[] Mark(IReadOnlyList<string> items, IReadOnlyList<string> others)
    {
        HashSet<string> known = new(others, StringComparer.Ordinal);
        bool[] marks = new bool[items.Count];
        for (int i = 0; i < marks.Length; i++)
        {
            marks[i] = !known.Contains(items[i]);
        }

        return marks;
    }

    private static void MarkMoved(IReadOnlyList<string> before, IReadOnlyList<string> after, int[] left, int[] right, bool[] isGone, bool[] isNew)
    {
        string[] old = [.. left.Select(i => before[i])];
        string[] fresh = [.. right.Select(i => after[i])];
        if (old.AsSpan().SequenceEqual(fresh))
        {
            return;
        }

        if ((long)old.Length * fresh.Length > MostPairs)
        {
            Array.ForEach(left, i => isGone[i] = true);
            Array.ForEach(right, i => isNew[i] = true);
            return;
        }

        // DiffPlex compares the pieces of two texts; here the pieces are given, and the texts only number them.
        DiffResult diff = Differ.Instance.CreateDiffs("before", "after", ignoreWhiteSpace: false, ignoreCase: false, new Pieces(old, fresh));
        foreach (DiffBlock block in diff.DiffBlocks)
        {
            Array.ForEach(left[block.DeleteStartA..(block.DeleteStartA + block.DeleteCountA)], i => isGone[i] = true);
            Array.ForEach(right[block.InsertStartB..(block.InsertStartB + block.InsertCountB)], i => isNew[i] = true);
        }
    }

    private static List<Block> Blocks(bool[] isGone, bool[] isNew)
    {
        List<Block> blocks = [];
        int i = 0;
        int j = 0;
        while (i < isGone.Length || j < isNew.Length)
        {
            (int before, int after) = (i, j);
            while (i < isGone.Length && isGone[i])
            {
                i++;
            }

            while (j < isNew.Length && isNew[j])
            {
                j++;
            }

            if (i > before || j > after)
            {
                blocks.Add(new Block(before, i - before, after, j - after));
            }

            // What is in both comes in the same order.
            i++;
            j++;
        }

        return blocks;
    }

    private sealed class Pieces(string[] before, string[] after) : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => text == "before" ? before : after;
    }
}
