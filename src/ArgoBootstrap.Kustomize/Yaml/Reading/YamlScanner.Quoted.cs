using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <content>Scalars in quotes.</content>
internal sealed partial class YamlScanner
{
    private static readonly SearchValues<byte> QuotedStops = SearchValues.Create([(byte)'"', (byte)'\\', (byte)'\n', (byte)'\r', 0, 0xC2, 0xE2]);
    private static readonly SearchValues<byte> SingleQuotedStops = SearchValues.Create([(byte)'\'', (byte)'\n', (byte)'\r', 0]);

    private void ScanQuotedScalar(byte quote)
    {
        Token token = Here();
        ScalarStyle style = quote == '"' ? ScalarStyle.DoubleQuoted : ScalarStyle.SingleQuoted;
        int start = At + 1;
        int end = quote == '"'
            ? start + Bytes.AsSpan(start).IndexOfAny(QuotedStops)
            : start + Bytes.AsSpan(start).IndexOfAny(SingleQuotedStops);
        if (Bytes[end] == quote && (quote == '"' || (Bytes[end + 1] != quote && !Bytes.AsSpan(start, end - start).ContainsAny((byte)0xC2, (byte)0xE2))))
        {
            // All on one line, and nothing to translate.
            MoveTo(end + 1);
            token.EndColumn = Column;
            AddScalar(token, style, Bytes.AsSpan(start, end - start));
        }
        else
        {
            At++;
            _text.Clear();
            ScanQuotedText(quote, token);
            token.EndLine = Line;
            token.EndColumn = Column;
            AddScalar(token, style, CollectionsMarshal.AsSpan(_text));
        }
        _afterBreak = false;
    }

    private void ScanQuotedText(byte quote, in Token token)
    {
        while (true)
        {
            if (IsDocumentIndicator((byte)'-') || IsDocumentIndicator((byte)'.'))
            {
                throw Error($"The quote {(char)quote} that begins here is not closed before the end of the document.", token.Line, token.Column, "Close the quote.");
            }
            if (IsEnd(At))
            {
                throw Error($"The quote {(char)quote} that begins here is never closed.", token.Line, token.Column, "Close the quote, or escape quotes inside the text.");
            }
            bool escapedBreak = ScanQuotedWord(quote, token);
            if (Bytes[At] == quote && !escapedBreak)
            {
                At++;
                return;
            }
            int blanks = At;
            while (!escapedBreak && IsBlank(At))
            {
                At++;
            }
            if (escapedBreak)
            {
                _breaks.Clear();
                SkipBlanksAndBreaks();
                _text.AddRange(CollectionsMarshal.AsSpan(_breaks));
            }
            else if (IsBreak(At))
            {
                JoinBreaks(SkipBreaks(0, token));
            }
            else
            {
                _text.AddRange(Bytes.AsSpan(blanks, At - blanks));
            }
        }
    }

    private void SkipBlanksAndBreaks()
    {
        while (true)
        {
            if (IsBlank(At))
            {
                At++;
            }
            else if (IsBreak(At))
            {
                _breaks.AddRange(NextLine());
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>Takes characters up to a blank, a line end or the closing quote.</summary>
    /// <returns>Whether it ended with an escaped line end, which was skipped.</returns>
    private bool ScanQuotedWord(byte quote, in Token token)
    {
        while (!IsBlankOrEnd(At))
        {
            byte c = Bytes[At];
            if (c == '\'' && quote == c && Bytes[At + 1] == c)
            {
                _text.Add(c);
                At += 2;
            }
            else if (c == quote)
            {
                return false;
            }
            else if (c == '\\' && quote == '"')
            {
                if (IsBreak(At + 1))
                {
                    At++;
                    NextLine();
                    return true;
                }
                ScanEscape(token);
            }
            else
            {
                int length = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
                _text.AddRange(Bytes.AsSpan(At, length));
                MoveTo(At + length);
            }
        }
        return false;
    }

    private void ScanEscape(in Token token)
    {
        byte kind = Bytes[At + 1];
        int digits = kind switch
        {
            (byte)'x' => 2,
            (byte)'u' => 4,
            (byte)'U' => 8,
            _ => 0,
        };
        int rune = kind switch
        {
            (byte)'0' => 0,
            (byte)'a' => 7,
            (byte)'b' => 8,
            (byte)'t' or (byte)'\t' => 9,
            (byte)'n' => 10,
            (byte)'v' => 11,
            (byte)'f' => 12,
            (byte)'r' => 13,
            (byte)'e' => 27,
            (byte)' ' or (byte)'"' or (byte)'\'' or (byte)'\\' => kind,
            (byte)'N' => 0x85,
            (byte)'_' => 0xA0,
            (byte)'L' => 0x2028,
            (byte)'P' => 0x2029,
            _ => -1,
        };
        if (digits > 0)
        {
            long value = 0;
            for (int i = 0; i < digits; i++)
            {
                char c = (char)Bytes[At + 2 + i];
                if (!char.IsAsciiHexDigit(c))
                {
                    throw Error($"The escape \\{(char)kind} needs {digits} hexadecimal digits.", "Complete the escape, or write the backslash twice.");
                }
                value = (value << 4) + (char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
            }
            rune = value > 0x10FFFF ? -1 : (int)value;
            if (!Rune.IsValid(rune))
            {
                throw Error($"The escape stands for no Unicode character: {value:X}.", "Write the character itself, or an escape \\U with its code point.");
            }
        }
        if (rune < 0)
        {
            throw Error($"The text in quotes that begins in line {token.Line} has an escape that YAML does not know: \\{(kind is > 32 and < 127 ? (char)kind : ' ')}.", "Write the backslash twice, or use single quotes.");
        }
        Span<byte> utf8 = stackalloc byte[4];
        _text.AddRange(utf8[..new Rune(rune).EncodeToUtf8(utf8)]);
        At += 2 + digits;
    }
}
