namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>Reads escape sequences that stand for one character, and classes of characters that have a name.</summary>
/// <param name="reader">The regular expression.</param>
internal sealed class EscapeParser(ExpressionReader reader)
{
    private const int MaxNameShown = 40;

    /// <summary>Reads a backslash and what follows, which stands for one character.</summary>
    /// <exception cref="ExpressionException">It does not.</exception>
    public int Character()
    {
        int start = reader.At;
        reader.At++;
        int c = reader.Take();
        switch (c)
        {
            case -1:
                throw new ExpressionException("it ends with a backslash");
            case 'a':
                return '\a';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case 'x':
                return Hexadecimal() ?? throw Invalid(start);
            case '0':
            case >= '1' and <= '7' when reader.Rest is [>= '0' and <= '7', ..]:
                return Octal(c - '0');
            case >= '1' and <= '9':
                throw new ExpressionException($"'{reader.Since(start)}' is a back reference, which Go does not support");
            default:
                return c < 0x80 && !char.IsAsciiLetter((char)c) ? c : throw Invalid(start);
        }
    }

    /// <summary>Reads <c>\d</c>, <c>\pL</c> and the like; null when none of them follows.</summary>
    /// <param name="ignoreCase">Whether case does not matter.</param>
    /// <exception cref="ExpressionException">The class does not exist.</exception>
    public RuneSet? Class(bool ignoreCase)
    {
        if (reader.Rest is not ['\\', char letter, ..])
        {
            return null;
        }
        if (letter is 'p' or 'P')
        {
            return Unicode(letter == 'P', ignoreCase);
        }
        RuneSet? set = NamedClasses.Perl(char.ToLowerInvariant(letter));
        if (set is null)
        {
            return null;
        }
        reader.At += 2;
        return Of(set, char.IsUpper(letter), ignoreCase);
    }

    /// <summary>Reads <c>[:alpha:]</c> and the like; null when none of them follows.</summary>
    /// <param name="ignoreCase">Whether case does not matter.</param>
    /// <exception cref="ExpressionException">The class does not exist.</exception>
    public RuneSet? PosixClass(bool ignoreCase)
    {
        int end = reader.Rest.StartsWith("[:") ? reader.Rest[2..].IndexOf(":]") : -1;
        if (end < 0)
        {
            return null;
        }
        int start = reader.At;
        string name = reader.Rest[2..(end + 2)].ToString();
        reader.At += end + 4;
        bool negated = name.StartsWith('^');
        return NamedClasses.Posix(negated ? name[1..] : name) is { } set
            ? Of(set, negated, ignoreCase)
            : throw new ExpressionException($"{Quoted(reader.Since(start))} is not a character class");
    }

    private static RuneSet Of(RuneSet set, bool negated, bool ignoreCase)
    {
        var result = new RuneSetBuilder();
        result.Add(set, negated, ignoreCase);
        return result.Build();
    }

    private RuneSet Unicode(bool negated, bool ignoreCase)
    {
        int start = reader.At;
        reader.At += 2;
        int nameStart = reader.At;
        string name;
        if (reader.Take() != '{')
        {
            name = reader.Since(nameStart);
        }
        else
        {
            int end = reader.Rest.IndexOf('}');
            name = end < 0 ? "" : reader.Rest[..end].ToString();
            reader.At += end < 0 ? reader.Rest.Length : end + 1;
        }
        if (name.StartsWith('^'))
        {
            negated = !negated;
            name = name[1..];
        }
        return UnicodeTables.Class(name) is { } set
            ? Of(set, negated, ignoreCase)
            : throw new ExpressionException($"{Quoted(reader.Since(start))} is not a category or script of Unicode");
    }

    private static string Quoted(string text) => text.Length <= MaxNameShown ? $"'{text}'" : $"'{text[..MaxNameShown]}…'";

    private int Octal(int value)
    {
        for (int i = 1; i < 3 && reader.Rest is [>= '0' and <= '7', ..]; i++)
        {
            value = value * 8 + reader.Take() - '0';
        }
        return value;
    }

    private int? Hexadecimal()
    {
        if (!reader.TryTake("{"))
        {
            int high = Digit(reader.Take());
            int low = Digit(reader.Take());
            return high < 0 || low < 0 ? null : high * 16 + low;
        }
        int value = 0;
        for (int count = 0; ; count++)
        {
            int c = reader.Take();
            if (c == '}')
            {
                return count > 0 ? value : null;
            }
            int digit = Digit(c);
            value = value * 16 + digit;
            if (digit < 0 || value > RuneSet.MaxRune)
            {
                return null;
            }
        }
    }

    private static int Digit(int c) => c is >= 0 and < 0x80 && char.IsAsciiHexDigit((char)c) ? Convert.ToInt32(((char)c).ToString(), 16) : -1;

    private ExpressionException Invalid(int start)
    {
        string sequence = reader.Since(start);
        return new ExpressionException($"'{sequence}' is not an escape sequence{(sequence == @"\Z" ? @"; write '\z' for the end of the text" : "")}");
    }
}
