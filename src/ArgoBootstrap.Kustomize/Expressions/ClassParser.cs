namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>Reads a class of characters in brackets.</summary>
/// <param name="reader">The regular expression.</param>
/// <param name="escapes">Reads escape sequences in it.</param>
internal sealed class ClassParser(ExpressionReader reader, EscapeParser escapes)
{
    /// <summary>Reads a class, from its opening bracket to the closing one.</summary>
    /// <param name="ignoreCase">Whether case does not matter.</param>
    /// <exception cref="ExpressionException">It is not a class.</exception>
    public RuneSet Read(bool ignoreCase)
    {
        reader.At++;
        bool negated = reader.TryTake("^");
        var set = new RuneSetBuilder();

        // A bracket right at the start closes nothing.
        for (bool isFirst = true; isFirst || !reader.TryTake("]"); isFirst = false)
        {
            if ((escapes.PosixClass(ignoreCase) ?? escapes.Class(ignoreCase)) is { } named)
            {
                set.Add(named);
            }
            else
            {
                ReadRange(set, ignoreCase);
            }
        }
        return set.Build(negated);
    }

    // After a named class a hyphen stands for itself, and so does one before the closing bracket.
    private void ReadRange(RuneSetBuilder set, bool ignoreCase)
    {
        int start = reader.At;
        int first = ReadCharacter();
        int last = first;
        if (reader.Rest is ['-', not ']', ..])
        {
            reader.At++;
            last = ReadCharacter();
            if (last < first)
            {
                throw new ExpressionException($"the range '{reader.Since(start)}' ends before it starts");
            }
        }
        set.Add(first, last, ignoreCase);
    }

    private int ReadCharacter()
    {
        if (reader.IsAtEnd)
        {
            throw new ExpressionException("a '[' has no closing ']'");
        }
        return reader.Rest[0] == '\\' ? escapes.Character() : reader.Take();
    }
}
