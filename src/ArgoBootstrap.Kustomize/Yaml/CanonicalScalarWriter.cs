namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Writes one scalar as kustomize prints it: the style that go-yaml v2 chooses, folded where a line has passed column 80.</summary>
internal static class CanonicalScalarWriter
{
    private const int BestWidth = 80;
    private const int LongestSimpleKey = 128;

    /// <summary>Whether a key can stand before a colon; otherwise it needs the form <c>? key</c>.</summary>
    /// <param name="text">The key.</param>
    internal static bool IsSimpleKey(string text) =>
        (text.Length <= LongestSimpleKey / 3 || System.Text.Encoding.UTF8.GetByteCount(text) <= LongestSimpleKey) && !text.AsSpan().ContainsAny("\n\r\u0085\u2028\u2029");

    /// <summary>Writes a string.</summary>
    /// <param name="output">Receives the text, without a line end.</param>
    /// <param name="text">The string.</param>
    /// <param name="column">Characters before it on its line.</param>
    /// <param name="indent">Columns before a line that continues it.</param>
    /// <param name="simpleKey">Whether it is a key before a colon, which must stay on its line.</param>
    /// <returns>Whether the text ended with a line end of its own.</returns>
    internal static bool WriteString(ref Utf8Buffer output, string text, int column, int indent, bool simpleKey)
    {
        ScalarAnalysis analysis = ScalarAnalysis.Of(text);
        if (text.Contains('\n') && !simpleKey && analysis.Block)
        {
            return WriteLiteral(ref output, text, indent);
        }
        bool ambiguous = ScalarResolver.IsAmbiguousInYaml11(text);
        bool plain = analysis.Plain && !ambiguous && !(simpleKey && analysis.Multiline);
        if (plain)
        {
            WriteFolding(ref output, text, column, indent, simpleKey);
        }
        else if (!ambiguous && !text.Contains('\n') && analysis.Single && !(simpleKey && analysis.Multiline))
        {
            WriteSingleQuoted(ref output, text, column, indent, simpleKey);
        }
        else
        {
            WriteDoubleQuoted(ref output, text, column, indent, simpleKey);
        }
        return false;
    }

    private static void WriteFolding(ref Utf8Buffer output, string text, int column, int indent, bool simpleKey)
    {
        if (simpleKey || column + text.Length <= BestWidth)
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
                if (!spaces && column > BestWidth && text[i + 1] != ' ')
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

    private static void WriteSingleQuoted(ref Utf8Buffer output, string text, int column, int indent, bool simpleKey)
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
                if (!simpleKey && !spaces && column > BestWidth && i > 0 && i < text.Length - 1 && text[i + 1] != ' ')
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
                // Only the Unicode separators get here: they stay, and count as ends of line.
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

    private static void WriteDoubleQuoted(ref Utf8Buffer output, string text, int column, int indent, bool simpleKey)
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
                if (!simpleKey && !spaces && column > BestWidth && i > 0 && i < text.Length - 1)
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

    private static bool WriteLiteral(ref Utf8Buffer output, string text, int indent)
    {
        output.Add((byte)'|');
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
        ReadOnlySpan<char> rest = text;
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
