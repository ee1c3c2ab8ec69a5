namespace ArgoBootstrap.Kustomize.Yaml.Writing;

/// <summary>Writes the text of a scalar in one style, as libyaml's emitter does.</summary>
internal static class ScalarStyles
{
    /// <summary>A width at which nothing is folded: that of go-yaml v3, and of keys.</summary>
    internal const int NoFolding = int.MaxValue;

    /// <summary>Writes a text without quotes.</summary>
    /// <param name="output">Receives the text, without a line end.</param>
    /// <param name="text">The text, known to allow the style.</param>
    /// <param name="column">Characters before it on its line.</param>
    /// <param name="indent">Columns before a line that continues it.</param>
    /// <param name="width">The column after which a line is folded at the next blank.</param>
    internal static void Plain(ref Utf8Buffer output, string text, int column, int indent, int width)
    {
        if (width == NoFolding || column + text.Length <= width)
        {
            output.Add(text);
            return;
        }
        int start = 0;
        bool spaces = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == ' ')
            {
                if (!spaces && column > width && text[i + 1] != ' ')
                {
                    output.Add(text.AsSpan(start, i - start));
                    NewLine(ref output, indent);
                    column = indent;
                    start = i + 1;
                }
                else
                {
                    column++;
                }
                spaces = true;
            }
            else
            {
                column += char.IsLowSurrogate(c) ? 0 : 1;
                spaces = false;
            }
        }
        output.Add(text.AsSpan(start));
    }

    /// <summary>Writes a text in single quotes.</summary>
    /// <param name="output">Receives the text, without a line end.</param>
    /// <param name="text">The text, known to allow the style.</param>
    /// <param name="column">Characters before it on its line.</param>
    /// <param name="indent">Columns before a line that continues it.</param>
    /// <param name="width">The column after which a line is folded at the next blank.</param>
    internal static void SingleQuoted(ref Utf8Buffer output, string text, int column, int indent, int width)
    {
        output.Add((byte)'\'');
        column++;
        bool spaces = false;
        bool breaks = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == ' ')
            {
                if (!spaces && column > width && i > 0 && i < text.Length - 1 && text[i + 1] != ' ')
                {
                    NewLine(ref output, indent);
                    column = indent;
                }
                else
                {
                    output.Add((byte)' ');
                    column++;
                }
                spaces = true;
            }
            else if (ScalarAnalysis.IsBreak(c))
            {
                // A line feed needs an empty line, or it would be read as a blank. The Unicode separators stay what they are.
                if (c == '\n' && !breaks)
                {
                    output.Add((byte)'\n');
                }
                output.Add(text.AsSpan(i, 1));
                column = 0;
                breaks = true;
            }
            else
            {
                if (breaks)
                {
                    output.Repeat((byte)' ', indent);
                    column = indent;
                }
                if (c == '\'')
                {
                    output.Add((byte)'\'');
                    column++;
                }
                output.Add(text.AsSpan(i, 1));
                column++;
                spaces = false;
                breaks = false;
            }
        }
        output.Add((byte)'\'');
    }

    /// <summary>Writes a text in double quotes.</summary>
    /// <param name="output">Receives the text, without a line end.</param>
    /// <param name="text">The text.</param>
    /// <param name="column">Characters before it on its line.</param>
    /// <param name="indent">Columns before a line that continues it.</param>
    /// <param name="width">The column after which a line is folded at the next blank.</param>
    internal static void DoubleQuoted(ref Utf8Buffer output, string text, int column, int indent, int width)
    {
        output.Add((byte)'"');
        column++;
        bool spaces = false;
        // A byte order mark at the start makes go-yaml escape everything after it too.
        bool escapeAll = text.StartsWith('\uFEFF');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (escapeAll || !ScalarAnalysis.IsPrintable(c) || ScalarAnalysis.IsBreak(c) || c is '"' or '\\')
            {
                column += WriteEscape(ref output, text, ref i);
                spaces = false;
            }
            else if (c == ' ')
            {
                if (!spaces && column > width && i > 0 && i < text.Length - 1)
                {
                    NewLine(ref output, indent);
                    column = indent;
                    if (text[i + 1] == ' ')
                    {
                        output.Add((byte)'\\');
                        column++;
                    }
                }
                else
                {
                    output.Add((byte)' ');
                    column++;
                }
                spaces = true;
            }
            else
            {
                output.Add(text.AsSpan(i, 1));
                column++;
                spaces = false;
            }
        }
        output.Add((byte)'"');
    }

    /// <summary>Writes an escape, and says how many columns it takes.</summary>
    private static int WriteEscape(ref Utf8Buffer output, string text, ref int at)
    {
        char c = text[at];
        int rune = c;
        if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            rune = char.ConvertToUtf32(c, text[++at]);
        }
        else if (char.IsSurrogate(c))
        {
            rune = 0xFFFD;
        }
        string escape = rune switch
        {
            0 => "\\0",
            7 => "\\a",
            8 => "\\b",
            9 => "\\t",
            10 => "\\n",
            11 => "\\v",
            12 => "\\f",
            13 => "\\r",
            27 => "\\e",
            '"' => "\\\"",
            '\\' => "\\\\",
            0x85 => "\\N",
            0xA0 => "\\_",
            0x2028 => "\\L",
            0x2029 => "\\P",
            <= 0xFF => "\\x" + rune.ToString("X2", ScalarResolver.Culture),
            <= 0xFFFF => "\\u" + rune.ToString("X4", ScalarResolver.Culture),
            _ => "\\U" + rune.ToString("X8", ScalarResolver.Culture),
        };
        output.Add(escape);
        return escape.Length;
    }

    /// <summary>Writes a text as a block.</summary>
    /// <param name="output">Receives the text.</param>
    /// <param name="text">The text, known to allow the style.</param>
    /// <param name="indent">Columns before each line.</param>
    /// <param name="indicator">The indicator of a literal or folded block.</param>
    /// <param name="lines">The lines to write, where they are not those of the text: folding doubles line ends.</param>
    /// <returns>Whether the text ended with a line end of its own.</returns>
    internal static bool Block(ref Utf8Buffer output, string text, int indent, char indicator, string? lines = null)
    {
        output.Add((byte)indicator);
        if (text[0] == ' ' || ScalarAnalysis.IsBreak(text[0]))
        {
            output.Add((byte)'2');
        }
        bool endsInBreak = ScalarAnalysis.IsBreak(text[^1]);
        if (!endsInBreak)
        {
            output.Add((byte)'-');
        }
        else if (text.Length == 1 || ScalarAnalysis.IsBreak(text[^2]))
        {
            output.Add((byte)'+');
        }
        output.Add((byte)'\n');
        ReadOnlySpan<char> rest = lines ?? text;
        bool atLineStart = true;
        while (rest.Length > 0)
        {
            int end = rest.IndexOfAny("\n\u2028\u2029");
            ReadOnlySpan<char> line = end < 0 ? rest : rest[..end];
            if (line.Length > 0)
            {
                output.Repeat((byte)' ', indent);
                output.Add(line);
            }
            atLineStart = end >= 0 && rest[end] == '\n';
            if (end < 0)
            {
                break;
            }
            output.Add(rest.Slice(end, 1));
            rest = rest[(end + 1)..];
        }
        return atLineStart || endsInBreak;
    }

    private static void NewLine(ref Utf8Buffer output, int indent)
    {
        output.Add((byte)'\n');
        output.Repeat((byte)' ', indent);
    }
}
