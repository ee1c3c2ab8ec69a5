namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>What an assertion asks of a place in the text.</summary>
internal enum Assertion
{
    /// <summary>Nothing stands before it.</summary>
    TextStart,

    /// <summary>Nothing stands after it.</summary>
    TextEnd,

    /// <summary>Nothing, or a line feed, stands before it.</summary>
    LineStart,

    /// <summary>Nothing, or a line feed, stands after it.</summary>
    LineEnd,

    /// <summary>A word starts or ends there.</summary>
    WordBoundary,

    /// <summary>No word starts or ends there.</summary>
    NoWordBoundary,
}

/// <summary>A part of a regular expression. What groups capture and how greedy repetitions are does not show in whether a text fits, and is not kept.</summary>
/// <param name="Height">Number of levels, as Go counts them against its limit.</param>
/// <param name="Size">Number of instructions, as Go estimates them against its limit.</param>
internal abstract record ExpressionNode(int Height, long Size);

/// <summary>Fits the empty text.</summary>
internal sealed record EmptyNode() : ExpressionNode(1, 1);

/// <summary>Fits one text.</summary>
/// <param name="Runes">Its code points.</param>
/// <param name="IgnoreCase">Whether case does not matter.</param>
internal sealed record LiteralNode(IReadOnlyList<int> Runes, bool IgnoreCase) : ExpressionNode(1, Runes.Count);

/// <summary>Fits one code point of a set.</summary>
/// <param name="Set">The set.</param>
internal sealed record SetNode(RuneSet Set) : ExpressionNode(1, 1);

/// <summary>Fits the empty text in some places.</summary>
/// <param name="Assertion">Which ones.</param>
internal sealed record AssertionNode(Assertion Assertion) : ExpressionNode(1, 1);

/// <summary>Fits what its parts fit, one after the other.</summary>
/// <param name="Parts">At least two parts.</param>
internal sealed record ConcatenationNode(IReadOnlyList<ExpressionNode> Parts) : ExpressionNode(1 + Parts.Max(p => p.Height), Parts.Sum(p => p.Size));

/// <summary>Fits what one of its parts fits.</summary>
/// <param name="Parts">At least two parts.</param>
internal sealed record AlternativesNode(IReadOnlyList<ExpressionNode> Parts) : ExpressionNode(1 + Parts.Max(p => p.Height), Parts.Sum(p => p.Size) + Parts.Count - 1);

/// <summary>Fits what its part fits.</summary>
/// <param name="Part">The part.</param>
internal sealed record GroupNode(ExpressionNode Part) : ExpressionNode(1 + Part.Height, 2 + Part.Size);

/// <summary>Fits what its part fits, several times.</summary>
/// <param name="Part">The part.</param>
/// <param name="Least">How often at least.</param>
/// <param name="Most">How often at most; null for no limit.</param>
internal sealed record RepetitionNode(ExpressionNode Part, int Least, int? Most) : ExpressionNode(1 + Part.Height, SizeOf(Part.Size, Least, Most))
{
    private static long SizeOf(long part, int least, int? most) =>
        Math.Max(1, most is { } limit ? limit * part + (limit - least) : least == 0 ? 2 + part : 1 + least * part);
}
