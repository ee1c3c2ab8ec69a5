namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>What an instruction of an <see cref="ExpressionProgram"/> does.</summary>
internal enum Operation : byte
{
    /// <summary>Takes one code point, then the next instruction follows.</summary>
    Character,

    /// <summary>Takes one code point of a set, then the next instruction follows.</summary>
    Set,

    /// <summary>Asks an assertion, then the next instruction follows.</summary>
    Assert,

    /// <summary>Goes on at two instructions at once.</summary>
    Split,

    /// <summary>Goes on at another instruction.</summary>
    Jump,

    /// <summary>The text fits.</summary>
    Match,
}

/// <summary>An instruction.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="Argument">The code point, the number of the set, the assertion, or the instruction to go on at.</param>
/// <param name="Other">The other instruction to go on at.</param>
internal readonly record struct Instruction(Operation Operation, int Argument, int Other);

/// <summary>A regular expression as instructions, which are followed along the text all at once.</summary>
internal sealed class ExpressionProgram
{
    private readonly List<Instruction> _instructions = [];
    private readonly List<RuneSet> _sets = [];
    private readonly Dictionary<RuneSet, int> _numbers = [];
    private readonly Dictionary<int, int> _caseSets = [];

    /// <summary>Makes a program.</summary>
    /// <param name="node">The regular expression.</param>
    public ExpressionProgram(ExpressionNode node)
    {
        Emit(node);
        Emit(Operation.Match);
        Instructions = [.. _instructions];
        Sets = [.. _sets];
    }

    /// <summary>The instructions; the first one starts.</summary>
    public Instruction[] Instructions { get; }

    /// <summary>The sets that instructions name by number.</summary>
    public RuneSet[] Sets { get; }

    private void Emit(ExpressionNode node)
    {
        switch (node)
        {
            case LiteralNode literal:
                foreach (int rune in literal.Runes)
                {
                    EmitCharacter(rune, literal.IgnoreCase);
                }
                break;
            case SetNode set:
                Emit(Operation.Set, NumberOf(set.Set));
                break;
            case AssertionNode assertion:
                Emit(Operation.Assert, (int)assertion.Assertion);
                break;
            case GroupNode group:
                Emit(group.Part);
                break;
            case ConcatenationNode concatenation:
                foreach (ExpressionNode part in concatenation.Parts)
                {
                    Emit(part);
                }
                break;
            case AlternativesNode alternatives:
                EmitAlternatives(alternatives.Parts);
                break;
            case RepetitionNode repetition:
                EmitRepetition(repetition);
                break;
        }
    }

    private void EmitCharacter(int rune, bool ignoreCase)
    {
        if (!ignoreCase)
        {
            Emit(Operation.Character, rune);
            return;
        }
        if (!_caseSets.TryGetValue(rune, out int number))
        {
            var cases = new RuneSetBuilder();
            cases.Add(rune, rune, ignoreCase: true);
            number = NumberOf(cases.Build());
            _caseSets.Add(rune, number);
        }
        Emit(Operation.Set, number);
    }

    private void EmitAlternatives(IReadOnlyList<ExpressionNode> parts)
    {
        List<int> ends = [];
        for (int i = 0; i < parts.Count - 1; i++)
        {
            int split = Emit(Operation.Split);
            Emit(parts[i]);
            ends.Add(Emit(Operation.Jump));
            _instructions[split] = new Instruction(Operation.Split, split + 1, _instructions.Count);
        }
        Emit(parts[^1]);
        foreach (int end in ends)
        {
            _instructions[end] = new Instruction(Operation.Jump, _instructions.Count, 0);
        }
    }

    private void EmitRepetition(RepetitionNode repetition)
    {
        for (int i = 0; i < repetition.Least; i++)
        {
            Emit(repetition.Part);
        }
        if (repetition.Most is not { } most)
        {
            int loop = Emit(Operation.Split);
            Emit(repetition.Part);
            Emit(Operation.Jump, loop);
            _instructions[loop] = new Instruction(Operation.Split, loop + 1, _instructions.Count);
            return;
        }
        List<int> splits = [];
        for (int i = repetition.Least; i < most; i++)
        {
            splits.Add(Emit(Operation.Split));
            Emit(repetition.Part);
        }
        foreach (int split in splits)
        {
            _instructions[split] = new Instruction(Operation.Split, split + 1, _instructions.Count);
        }
    }

    private int Emit(Operation operation, int argument = 0)
    {
        _instructions.Add(new Instruction(operation, argument, 0));
        return _instructions.Count - 1;
    }

    private int NumberOf(RuneSet set)
    {
        if (!_numbers.TryGetValue(set, out int number))
        {
            number = _sets.Count;
            _sets.Add(set);
            _numbers.Add(set, number);
        }
        return number;
    }
}
