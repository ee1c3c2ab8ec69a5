namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>How often something is repeated: <c>*</c>, <c>+</c>, <c>?</c>, <c>{2}</c>, <c>{2,}</c>, <c>{2,5}</c>.</summary>
/// <param name="Least">How often at least.</param>
/// <param name="Most">How often at most; null for no limit.</param>
internal readonly record struct RepetitionCount(int Least, int? Most)
{
    /// <summary>Most repetitions, repetitions within repetitions multiplied.</summary>
    public const int Limit = 1000;

    private const int TooMany = int.MaxValue;

    /// <summary>Reads a count; null when none follows. A brace that starts none stands for itself.</summary>
    /// <param name="reader">The regular expression.</param>
    /// <exception cref="ExpressionException">The count is too high, or its limits are the wrong way round.</exception>
    public static RepetitionCount? Read(ExpressionReader reader)
    {
        switch (reader.Rest[0])
        {
            case '*':
                reader.At++;
                return new RepetitionCount(0, null);
            case '+':
                reader.At++;
                return new RepetitionCount(1, null);
            case '?':
                reader.At++;
                return new RepetitionCount(0, 1);
            case '{':
                return ReadBraces(reader);
            default:
                return null;
        }
    }

    /// <summary>Whether no text in a repetition is repeated more often than a limit.</summary>
    /// <param name="node">The repetition.</param>
    /// <param name="limit">The limit.</param>
    public static bool IsWithinLimit(ExpressionNode node, int limit)
    {
        switch (node)
        {
            case RepetitionNode { Most: 0 }:
                return true;
            case RepetitionNode repetition:
                int count = repetition.Most ?? repetition.Least;
                return count <= limit && IsWithinLimit(repetition.Part, limit / Math.Max(1, count));
            case GroupNode group:
                return IsWithinLimit(group.Part, limit);
            case ConcatenationNode concatenation:
                return concatenation.Parts.All(part => IsWithinLimit(part, limit));
            case AlternativesNode alternatives:
                return alternatives.Parts.All(part => IsWithinLimit(part, limit));
            default:
                return true;
        }
    }

    private static RepetitionCount? ReadBraces(ExpressionReader reader)
    {
        int start = reader.At;
        reader.At++;
        int? least = Number(reader);
        int? most = least;
        bool isOpen = false;
        if (least is not null && reader.TryTake(","))
        {
            isOpen = reader.Rest is ['}', ..];
            most = isOpen ? null : Number(reader);
        }
        if (least is null || (most is null && !isOpen) || !reader.TryTake("}"))
        {
            reader.At = start;
            return null;
        }
        string text = reader.Since(start);
        if (least > Limit || most > Limit)
        {
            throw new ExpressionException($"'{text}' is more than {Limit} repetitions");
        }
        return most < least ? throw new ExpressionException($"'{text}' has its limits the wrong way round") : new RepetitionCount(least.Value, most);
    }

    // Leading zeros are not allowed.
    private static int? Number(ExpressionReader reader)
    {
        int length = reader.Rest.IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> digits = length < 0 ? reader.Rest : reader.Rest[..length];
        if (digits.IsEmpty || (digits.Length > 1 && digits[0] == '0'))
        {
            return null;
        }
        reader.At += digits.Length;
        return digits.Length > 8 ? TooMany : int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
    }
}
