namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>
/// Reads a regular expression in the syntax of Go's package <c>regexp</c> (RE2), as <c>regexp.Compile</c> does. Groups are
/// kept on a stack of our own, so that no depth of nesting can exhaust the thread's.
/// </summary>
internal sealed class ExpressionParser
{
    /// <summary>Highest number of levels of an expression.</summary>
    private const int MaxHeight = 1000;

    /// <summary>Highest number of instructions of an expression: Go allows 128 MiB of them, at 40 bytes each.</summary>
    private const long MaxSize = (128 << 20) / 40;

    /// <summary>Highest number of ends of ranges in all classes: Go allows 128 MiB of them, at 4 bytes each.</summary>
    private const long MaxBounds = (128 << 20) / 4;

    private readonly ExpressionReader _reader;
    private readonly EscapeParser _escapes;
    private readonly ClassParser _classes;
    private readonly Stack<ExpressionGroup> _outer = new();
    private ExpressionGroup _group = new(isCapture: false, default);
    private ExpressionFlags _flags;
    private long _bounds;

    private ExpressionParser(string text)
    {
        _reader = new ExpressionReader(text);
        _escapes = new EscapeParser(_reader);
        _classes = new ClassParser(_reader, _escapes);
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <exception cref="ExpressionException">Go refuses it.</exception>
    public static ExpressionNode Parse(string text)
    {
        var parser = new ExpressionParser(text);
        parser.Read();
        return parser._outer.Count == 0 ? Checked(parser._group.Close()) : throw new ExpressionException("a '(' has no closing ')'");
    }

    private void Read()
    {
        // Where the repetition starts that was read last, if nothing followed it.
        int repetition = -1;
        while (!_reader.IsAtEnd)
        {
            int start = _reader.At;
            if (TryReadRepetition(repetition))
            {
                repetition = start;
                continue;
            }
            repetition = -1;
            switch (_reader.Rest[0])
            {
                case '(':
                    Open();
                    break;
                case ')':
                    Close();
                    break;
                case '|':
                    _reader.At++;
                    _group.NextAlternative();
                    break;
                case '[':
                    Add(_classes.Read(_flags.IgnoreCase));
                    break;
                case '\\':
                    ReadEscape();
                    break;
                default:
                    ReadCharacter();
                    break;
            }
        }
    }

    private void ReadCharacter()
    {
        int rune = _reader.Take();
        switch (rune)
        {
            case '^':
                Add(_flags.MultipleLines ? Assertion.LineStart : Assertion.TextStart);
                break;
            case '$':
                Add(_flags.MultipleLines ? Assertion.LineEnd : Assertion.TextEnd);
                break;
            case '.':
                Add(_flags.DotFitsLineFeed ? RuneSet.Any : RuneSet.AnyButLineFeed);
                break;
            default:
                AddLiteral(rune);
                break;
        }
    }

    private void ReadEscape()
    {
        switch (_reader.Rest is ['\\', char letter, ..] ? letter : '\0')
        {
            case 'A':
                AddEscaped(Assertion.TextStart);
                break;
            case 'z':
                AddEscaped(Assertion.TextEnd);
                break;
            case 'b':
                AddEscaped(Assertion.WordBoundary);
                break;
            case 'B':
                AddEscaped(Assertion.NoWordBoundary);
                break;
            case 'C':
                throw new ExpressionException(@"'\C', a single byte, is not supported by Go");
            case 'Q':
                ReadQuoted();
                break;
            default:
                if (_escapes.Class(_flags.IgnoreCase) is { } set)
                {
                    Add(set);
                }
                else
                {
                    AddLiteral(_escapes.Character());
                }
                break;
        }
    }

    private void ReadQuoted()
    {
        _reader.At += 2;
        while (!_reader.IsAtEnd && !_reader.TryTake(@"\E"))
        {
            AddLiteral(_reader.Take());
        }
    }

    private void Open()
    {
        if (_reader.Rest.StartsWith("(?"))
        {
            switch (GroupStart.Read(_reader, _flags))
            {
                case { IsCapture: true }:
                    break;
                case { OpensGroup: true } start:
                    Push(isCapture: false);
                    _flags = start.Flags;
                    return;
                case { } start:
                    _flags = start.Flags;
                    return;
            }
        }
        else
        {
            _reader.At++;
        }
        Push(isCapture: true);
    }

    private void Push(bool isCapture)
    {
        _outer.Push(_group);
        _group = new ExpressionGroup(isCapture, _flags);
    }

    private void Close()
    {
        _reader.At++;
        if (!_outer.TryPop(out ExpressionGroup? outer))
        {
            throw new ExpressionException("a ')' has no opening '('");
        }
        ExpressionNode closed = Checked(_group.Close());
        _flags = _group.FlagsOutside;
        ExpressionNode node = _group.IsCapture ? Checked(new GroupNode(closed)) : closed;
        _group = outer;
        _group.Add(node);
    }

    private bool TryReadRepetition(int previous)
    {
        int start = _reader.At;
        if (RepetitionCount.Read(_reader) is not { } count)
        {
            return false;
        }
        _reader.TryTake("?");
        string text = _reader.Since(start);
        if (previous >= 0)
        {
            throw new ExpressionException($"'{_reader.Since(previous)}' repeats a repetition; put the inner one in parentheses");
        }
        if (_group.TakeLast() is not { } part)
        {
            throw new ExpressionException($"nothing stands before '{text}' that it could repeat");
        }
        var repetition = new RepetitionNode(part, count.Least, count.Most);
        _group.Add(Checked(repetition));
        if ((count.Least >= 2 || count.Most >= 2) && !RepetitionCount.IsWithinLimit(repetition, RepetitionCount.Limit))
        {
            throw new ExpressionException($"'{text}' and the repetitions within it come to more than {RepetitionCount.Limit}");
        }
        return true;
    }

    private void AddEscaped(Assertion assertion)
    {
        _reader.At += 2;
        Add(assertion);
    }

    private void Add(Assertion assertion) => _group.Add(new AssertionNode(assertion));

    private void Add(RuneSet set)
    {
        _bounds += set.Bounds.Length;
        if (_bounds > MaxBounds)
        {
            throw TooLarge();
        }
        _group.Add(set.Single >= 0 ? new LiteralNode([set.Single], IgnoreCase: false) : new SetNode(set));
    }

    private void AddLiteral(int rune) => _group.Add(new LiteralNode([rune], _flags.IgnoreCase));

    private static ExpressionNode Checked(ExpressionNode node) =>
        node.Height > MaxHeight ? throw new ExpressionException($"it nests more than {MaxHeight} levels deep")
        : node.Size > MaxSize ? throw TooLarge()
        : node;

    private static ExpressionException TooLarge() => new("it is too large");
}
