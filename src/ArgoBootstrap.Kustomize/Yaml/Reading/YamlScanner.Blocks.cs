using System.Runtime.InteropServices;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <content>Literal and folded scalars.</content>
internal sealed partial class YamlScanner
{
    private static readonly byte[] LineFeed = [(byte)'\n'];

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
                throw Error("Tabs cannot be used to indent a block scalar.", "Indent with spaces instead.");
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
