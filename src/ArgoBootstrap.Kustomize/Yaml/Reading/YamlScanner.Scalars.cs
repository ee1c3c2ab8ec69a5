using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <content>Scalars: plain, quoted, literal and folded.</content>
internal sealed partial class YamlScanner
{
    private static readonly SearchValues<byte> PlainStops = SearchValues.Create([.. " \t\n\r\0:"u8, 0xC2, 0xE2]);
    private static readonly SearchValues<byte> PlainStopsInFlow = SearchValues.Create([.. " \t\n\r\0:,?[]{}"u8, 0xC2, 0xE2]);
    private static readonly SearchValues<byte> QuotedStops = SearchValues.Create([(byte)'"', (byte)'\\', (byte)'\n', (byte)'\r', 0, 0xC2, 0xE2]);

    private static readonly SearchValues<byte> SingleQuotedStops = SearchValues.Create([(byte)'\'', (byte)'\n', (byte)'\r', 0]);

    private readonly List<byte> _text = [];
    private readonly List<byte> _breaks = [];

    private void AddScalar(in Token at, ScalarStyle style, ReadOnlySpan<byte> text)
    {
        PlainText.Entry entry = PlainText.Of(text, style == ScalarStyle.Plain);
        Token token = at;
        token.Kind = TokenKind.Scalar;
        token.Style = style;
        token.Text = entry.Text;
        token.Extra = style == ScalarStyle.Plain ? entry.Tag : null;
        _queue.Add(token);
    }

    private Token Here() => new() { Line = Line, Column = Column, EndLine = Line, EndColumn = Column };

    private void ScanPlainScalar()
    {
        Token token = Here();
        int indent = _indent + 1;
        int start = At;
        int end = PlainLine();
        bool joined = false;
        bool trailingBreaks = false;
        while (IsBreak(At))
        {
            bool folded = SkipBreaks(indent, token);
            trailingBreaks = true;
            if ((_flowLevel == 0 && Column < indent) || IsDocumentIndicator((byte)'-') || IsDocumentIndicator((byte)'.') || Bytes[At] == '#')
            {
                break;
            }
            int next = At;
            int nextEnd = PlainLine();
            if (nextEnd == next)
            {
                break;
            }
            if (!joined)
            {
                _text.Clear();
                _text.AddRange(Bytes.AsSpan(start, end - start));
                joined = true;
            }
            JoinBreaks(folded);
            _text.AddRange(Bytes.AsSpan(next, nextEnd - next));
            trailingBreaks = false;
        }
        _afterBreak = trailingBreaks;
        _simpleKeyAllowed |= trailingBreaks;
        AddScalar(token, ScalarStyle.Plain, joined ? CollectionsMarshal.AsSpan(_text) : Bytes.AsSpan(start, end - start));
    }

    /// <summary>Moves over the text of a plain scalar on one line and the blanks after it.</summary>
    /// <returns>The end of the text.</returns>
    private int PlainLine()
    {
        SearchValues<byte> stops = _flowLevel > 0 ? PlainStopsInFlow : PlainStops;
        int at = At;
        int end = at;
        while (true)
        {
            int run = at;
            at += Bytes.AsSpan(at).IndexOfAny(stops);
            while ((Bytes[at] == ':' && !IsBlankOrEnd(at + 1)) || (Bytes[at] is 0xC2 or 0xE2 && !IsBreak(at)))
            {
                at++;
                at += Bytes.AsSpan(at).IndexOfAny(stops);
            }
            end = at > run ? at : end;
            if (!IsBlank(at))
            {
                break;
            }
            while (IsBlank(at))
            {
                at++;
            }
            if (Bytes[at] == '#' || IsEnd(at) || IsBreak(at))
            {
                break;
            }
        }
        MoveTo(at);
        return end;
    }

    /// <summary>Moves over line ends and blanks, keeping the line ends.</summary>
    /// <param name="indent">The column before which no tab may stand; 0 to allow them everywhere.</param>
    /// <param name="scalar">The scalar, for the message.</param>
    /// <returns>Whether the first line end is one that folds into a blank.</returns>
    private bool SkipBreaks(int indent, in Token scalar)
    {
        _breaks.Clear();
        ReadOnlySpan<byte> first = NextLine();
        bool folds = first.Length == 1;
        if (!folds)
        {
            _breaks.AddRange(first);
        }
        while (true)
        {
            if (Bytes[At] == ' ')
            {
                At++;
            }
            else if (Bytes[At] == '\t')
            {
                if (Column < indent)
                {
                    throw Error("A tab stands where only blanks may indent.", scalar.Line, scalar.Column, "Indent with blanks: YAML allows no tabs there.");
                }
                At++;
            }
            else if (IsBreak(At))
            {
                _breaks.AddRange(NextLine());
            }
            else
            {
                return folds;
            }
        }
    }

    /// <summary>Appends line ends as they count between two lines: one becomes a blank, of several the first is dropped.</summary>
    private void JoinBreaks(bool folds)
    {
        if (folds && _breaks.Count == 0)
        {
            _text.Add((byte)' ');
        }
        else
        {
            _text.AddRange(CollectionsMarshal.AsSpan(_breaks));
        }
    }

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
                throw Error($"The quote {(char)quote} that begins here is never closed.", token.Line, token.Column, "Close the quote, or escape quotes inside of the text.");
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

    private void ScanBlockScalar(bool literal)
    {
        Token token = Here();
        At++;
        (int chomping, int increment) = ScanBlockHeader(token);
        int indent = increment == 0 ? 0 : Math.Max(_indent, 0) + increment;
        _text.Clear();
        _breaks.Clear();
        token.EndLine = Line;
        token.EndColumn = Column;
        ScanBlockBreaks(ref indent);
        bool leadingBlank = false;
        bool hasBreak = false;
        bool folds = false;
        byte[] kept = [];
        while (Column == indent && !IsEnd(At))
        {
            bool blank = IsBlank(At);
            if (!literal && folds && !leadingBlank && !blank)
            {
                if (_breaks.Count == 0)
                {
                    _text.Add((byte)' ');
                }
            }
            else if (hasBreak)
            {
                _text.AddRange(kept);
            }
            _text.AddRange(CollectionsMarshal.AsSpan(_breaks));
            _breaks.Clear();
            leadingBlank = blank;
            int end = FindLineEnd(At);
            _text.AddRange(Bytes.AsSpan(At, end - At));
            MoveTo(end);
            hasBreak = folds = false;
            if (!IsEnd(At))
            {
                ReadOnlySpan<byte> line = NextLine();
                folds = line.Length == 1;
                kept = folds ? LineFeed : line.ToArray();
                hasBreak = true;
            }
            ScanBlockBreaks(ref indent);
        }
        if (chomping >= 0 && hasBreak)
        {
            _text.AddRange(kept);
        }
        if (chomping > 0)
        {
            _text.AddRange(CollectionsMarshal.AsSpan(_breaks));
        }
        _afterBreak = true;
        AddScalar(token, literal ? ScalarStyle.Literal : ScalarStyle.Folded, CollectionsMarshal.AsSpan(_text));
    }

    private static readonly byte[] LineFeed = [(byte)'\n'];

    private (int Chomping, int Increment) ScanBlockHeader(in Token token)
    {
        int chomping = 0;
        int increment = 0;
        for (int i = 0; i < 2; i++)
        {
            byte c = Bytes[At];
            if (chomping == 0 && c is (byte)'+' or (byte)'-')
            {
                chomping = c == '+' ? 1 : -1;
            }
            else if (increment == 0 && char.IsAsciiDigit((char)c))
            {
                if (c == '0')
                {
                    throw Error("The indentation indicator of a block scalar is 0.", token.Line, token.Column, "Use a digit from 1 to 9.");
                }
                increment = c - '0';
            }
            else
            {
                break;
            }
            At++;
        }
        while (IsBlank(At))
        {
            At++;
        }
        if (Bytes[At] == '#')
        {
            MoveTo(FindLineEnd(At));
        }
        if (!IsBreak(At) && !IsEnd(At))
        {
            throw Error("Text follows the `|` or `>` of a block scalar on the same line.", token.Line, token.Column, "Begin the text on the next line, or put the value in quotes.");
        }
        if (IsBreak(At))
        {
            NextLine();
        }
        return (chomping, increment);
    }

    /// <summary>Moves over indentation and empty lines, keeping the line ends, and finds out the indentation when it is not known.</summary>
    private void ScanBlockBreaks(ref int indent)
    {
        int widest = 0;
        while (true)
        {
            while ((indent == 0 || Column < indent) && Bytes[At] == ' ')
            {
                At++;
            }
            widest = Math.Max(widest, Column);
            if ((indent == 0 || Column < indent) && Bytes[At] == '\t')
            {
                throw Error("A tab stands where only blanks may indent the block scalar.", "Indent with blanks: YAML allows no tabs there.");
            }
            if (!IsBreak(At))
            {
                break;
            }
            _breaks.AddRange(NextLine());
        }
        if (indent == 0)
        {
            indent = Math.Max(Math.Max(widest, _indent + 1), 1);
        }
    }
}
