using System.Buffers;
using System.Runtime.InteropServices;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <content>Plain scalars, and what all scalars need.</content>
internal sealed partial class YamlScanner
{
    private static readonly SearchValues<byte> PlainStops = SearchValues.Create([.. " \t\n\r\0:"u8, 0xC2, 0xE2]);
    private static readonly SearchValues<byte> PlainStopsInFlow = SearchValues.Create([.. " \t\n\r\0:,?[]{}"u8, 0xC2, 0xE2]);


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
                    throw Error("Tabs cannot be used for indentation.", scalar.Line, scalar.Column, "Indent with spaces instead.");
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
}
