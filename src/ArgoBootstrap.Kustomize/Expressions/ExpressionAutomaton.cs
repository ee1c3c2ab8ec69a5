using System.Buffers;
using System.Collections.Concurrent;
using System.Text;

namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>
/// Follows all ways through an <see cref="ExpressionProgram"/> at once, one character of the text after the other, and
/// remembers the states that it comes to: the next text takes one step a character. The time is at most the product of the
/// lengths of program and text.
/// </summary>
/// <param name="program">The program.</param>
/// <param name="isAnchored">Whether nothing but a part at the start of the text can fit.</param>
internal sealed class ExpressionAutomaton(ExpressionProgram program, bool isAnchored)
{
    private const int MostStates = 100;
    private const int LongestKept = 1000;
    private const int MostOnStack = 128;
    private const int None = -1;
    private readonly AutomatonState _start = new([0], None, isKept: program.Instructions.Length <= LongestKept);
    private readonly ConcurrentDictionary<string, AutomatonState> _states = new(StringComparer.Ordinal);

    /// <summary>Whether a part of a text fits.</summary>
    /// <param name="text">The text.</param>
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        AutomatonState state = _start;
        while (true)
        {
            int rune = None;
            if (!text.IsEmpty)
            {
                rune = text[0];
                int width = 1;
                if (rune >= AutomatonState.Remembered)
                {
                    Rune.DecodeFromUtf16(text, out Rune decoded, out width);
                    rune = decoded.Value;
                }
                text = text[width..];
            }
            AutomatonState next = state.Next(rune) ?? Step(state, rune);
            if (ReferenceEquals(next, AutomatonState.Fits) || ReferenceEquals(next, AutomatonState.Fails))
            {
                return ReferenceEquals(next, AutomatonState.Fits);
            }
            state = next;
        }
    }

    private AutomatonState Step(AutomatonState state, int rune)
    {
        int length = program.Instructions.Length;
        AutomatonState next;
        if (length <= MostOnStack)
        {
            next = Step(state, rune, stackalloc int[3 * length + 1]);
        }
        else
        {
            int[] rented = ArrayPool<int>.Shared.Rent(3 * length + 1);
            next = Step(state, rune, rented);
            ArrayPool<int>.Shared.Return(rented);
        }
        state.Remember(rune, next);
        return next;
    }

    private AutomatonState Step(AutomatonState state, int rune, Span<int> memory)
    {
        int length = program.Instructions.Length;
        var reached = new PlaceSet(memory[..length], memory[length..(2 * length)]);

        // A start, and at most one more place for each split.
        Span<int> open = memory[(2 * length)..(3 * length + 1)];
        foreach (int place in state.Places)
        {
            if (Follow(place, state.Before, rune, ref reached, open))
            {
                return AutomatonState.Fits;
            }
        }
        if (rune == None)
        {
            return AutomatonState.Fails;
        }
        int count = 0;
        foreach (int place in reached.Items)
        {
            if (Takes(program.Instructions[place], rune))
            {
                open[count++] = place + 1;
            }
        }
        if (!isAnchored)
        {
            open[count++] = 0;
        }
        return count == 0 ? AutomatonState.Fails : StateOf(open[..count], rune);
    }

    private AutomatonState StateOf(Span<int> places, int rune)
    {
        places.Sort();
        int before = rune == '\n' ? '\n' : IsWord(rune) ? 'a' : ' ';
        if (program.Instructions.Length > LongestKept)
        {
            return new AutomatonState(places.ToArray(), before, isKept: false);
        }
        string key = AutomatonState.Key(places, before);
        if (_states.TryGetValue(key, out AutomatonState? known))
        {
            return known;
        }
        bool isKept = _states.Count < MostStates;
        var state = new AutomatonState(places.ToArray(), before, isKept);
        return isKept ? _states.GetOrAdd(key, state) : state;
    }

    /// <summary>Notes the instructions that can be reached without taking a character.</summary>
    /// <returns>Whether the end of the program is among them.</returns>
    private bool Follow(int start, int before, int after, ref PlaceSet reached, Span<int> open)
    {
        int openCount = 1;
        open[0] = start;
        while (openCount > 0)
        {
            int place = open[--openCount];
            if (!reached.Add(place))
            {
                continue;
            }
            ref readonly Instruction instruction = ref program.Instructions[place];
            switch (instruction.Operation)
            {
                case Operation.Match:
                    return true;
                case Operation.Jump:
                    open[openCount++] = instruction.Argument;
                    break;
                case Operation.Split:
                    open[openCount++] = instruction.Other;
                    open[openCount++] = instruction.Argument;
                    break;
                case Operation.Assert when Holds((Assertion)instruction.Argument, before, after):
                    open[openCount++] = place + 1;
                    break;
            }
        }
        return false;
    }

    private bool Takes(Instruction instruction, int rune) => instruction.Operation switch
    {
        Operation.Character => instruction.Argument == rune,
        Operation.Set => program.Sets[instruction.Argument].Contains(rune),
        _ => false,
    };

    private static bool Holds(Assertion assertion, int before, int after) => assertion switch
    {
        Assertion.TextStart => before == None,
        Assertion.TextEnd => after == None,
        Assertion.LineStart => before is None or '\n',
        Assertion.LineEnd => after is None or '\n',
        Assertion.WordBoundary => IsWord(before) != IsWord(after),
        _ => IsWord(before) == IsWord(after),
    };

    private static bool IsWord(int rune) => rune is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_';
}
