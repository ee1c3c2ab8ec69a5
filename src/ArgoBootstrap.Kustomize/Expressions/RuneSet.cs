namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>A set of Unicode code points. Immutable.</summary>
internal sealed class RuneSet
{
    /// <summary>The last code point.</summary>
    public const int MaxRune = 0x10FFFF;

    private const int AsciiEnd = 0x80;
    private readonly int[] _bounds;
    private readonly ulong _low;
    private readonly ulong _high;

    /// <summary>Makes a set.</summary>
    /// <param name="bounds">First and last code point of each range, one after the other: sorted, and with a gap between any two.</param>
    public RuneSet(int[] bounds)
    {
        _bounds = bounds;
        for (int i = 0; i < bounds.Length; i += 2)
        {
            for (int rune = bounds[i]; rune <= bounds[i + 1] && rune < AsciiEnd; rune++)
            {
                if (rune < 64)
                {
                    _low |= 1UL << rune;
                }
                else
                {
                    _high |= 1UL << (rune - 64);
                }
            }
        }
    }

    /// <summary>Every code point.</summary>
    public static RuneSet Any { get; } = new([0, MaxRune]);

    /// <summary>Every code point but the line feed.</summary>
    public static RuneSet AnyButLineFeed { get; } = new([0, '\n' - 1, '\n' + 1, MaxRune]);

    /// <summary>First and last code point of each range.</summary>
    public ReadOnlySpan<int> Bounds => _bounds;

    /// <summary>The one code point of the set; -1 when there are more, or none.</summary>
    public int Single => _bounds is [int first, int last] && first == last ? first : -1;

    /// <summary>Whether a code point is in the set.</summary>
    public bool Contains(int rune)
    {
        if (rune < AsciiEnd)
        {
            return rune < 64 ? (_low >> rune & 1) != 0 : (_high >> (rune - 64) & 1) != 0;
        }
        int low = 0;
        int high = _bounds.Length / 2;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (rune > _bounds[2 * middle + 1])
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return 2 * low < _bounds.Length && rune >= _bounds[2 * low];
    }
}
