using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>
/// A place in UTF-8 text that knows its line and column. The text is known to be valid, without NUL, and followed by at
/// least four NUL bytes, so that looking ahead needs no test for the end.
/// </summary>
internal abstract class YamlCursor(byte[] bytes, int start, int line, SourceFile file)
{
    // Where a line may end; the two lead bytes are those of the Unicode line ends.
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create([(byte)'\n', (byte)'\r', 0, 0xC2, 0xE2]);

    // Characters, not bytes, are counted in columns: the bytes that follow a lead byte are taken off by moving the start of the line.
    private int _lineStart = start;
    private int _continuationBytes;

    /// <summary>The text.</summary>
    protected readonly byte[] Bytes = bytes;

    /// <summary>The offset of the next byte.</summary>
    protected int At = start;

    /// <summary>The line, from 1.</summary>
    protected int Line = line;

    /// <summary>What messages call the text.</summary>
    internal SourceFile File => file;

    /// <summary>The column, from 0.</summary>
    protected int Column => At - _lineStart;

    /// <summary>Characters before this place.</summary>
    protected int Index => At - _continuationBytes;

    /// <summary>Whether the text ends here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool IsEnd(int at) => Bytes[at] == 0;

    /// <summary>Whether a blank or tab stands there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool IsBlank(int at) => Bytes[at] is (byte)' ' or (byte)'\t';

    /// <summary>Whether a line ends there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool IsBreak(int at) => Bytes[at] is (byte)'\n' or (byte)'\r' || (Bytes[at] >= 0xC2 && IsUnicodeBreak(at));

    /// <summary>Whether a blank, a line end or the end of the text is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected bool IsBlankOrEnd(int at) => IsBlank(at) || IsEnd(at) || IsBreak(at);

    /// <summary>Whether a letter, digit, <c>_</c> or <c>-</c> stands there.</summary>
    protected bool IsWord(int at) => char.IsAsciiLetterOrDigit((char)Bytes[at]) || Bytes[at] is (byte)'_' or (byte)'-';

    /// <summary>Whether <c>---</c> or <c>...</c> begins the line here.</summary>
    protected bool IsDocumentIndicator(byte mark) =>
        Bytes[At] == mark && At == _lineStart && Bytes[At + 1] == mark && Bytes[At + 2] == mark && IsBlankOrEnd(At + 3);

    private bool IsUnicodeBreak(int at) =>
        (Bytes[at] == 0xC2 && Bytes[at + 1] == 0x85) || (Bytes[at] == 0xE2 && Bytes[at + 1] == 0x80 && Bytes[at + 2] is 0xA8 or 0xA9);

    /// <summary>The first line end, or the end of the text, from a place on.</summary>
    protected int FindLineEnd(int at)
    {
        while (true)
        {
            at += Bytes.AsSpan(at).IndexOfAny(LineEnds);
            if (IsBreak(at) || IsEnd(at))
            {
                return at;
            }
            at++;
        }
    }

    /// <summary>Moves on within the line.</summary>
    protected void MoveTo(int at)
    {
        ReadOnlySpan<byte> passed = Bytes.AsSpan(At, at - At);
        if (!Ascii.IsValid(passed))
        {
            int extra = 0;
            foreach (byte b in passed)
            {
                extra += (b & 0xC0) == 0x80 ? 1 : 0;
            }
            _lineStart += extra;
            _continuationBytes += extra;
        }
        At = at;
    }

    /// <summary>Moves over a line end.</summary>
    /// <returns>The break as it counts in a scalar: the Unicode separators stay, everything else is a line feed.</returns>
    protected ReadOnlySpan<byte> NextLine()
    {
        int length = Bytes[At] switch
        {
            (byte)'\r' => Bytes[At + 1] == '\n' ? 2 : 1,
            (byte)'\n' => 1,
            0xC2 => 2,
            _ => 3,
        };
        ReadOnlySpan<byte> text = length == 3 ? Bytes.AsSpan(At, 3) : "\n"u8;
        _continuationBytes += Bytes[At] >= 0xC2 ? length - 1 : 0;
        At += length;
        Line++;
        _lineStart = At;
        return text;
    }

    /// <summary>Ends the last line, for the place of the end of the text.</summary>
    protected void EndLastLine()
    {
        if (At != _lineStart)
        {
            _lineStart = At;
            Line++;
        }
    }

    /// <summary>The error of text that is not YAML.</summary>
    /// <param name="problem">What is wrong, in one sentence.</param>
    /// <param name="line">Line, from 1.</param>
    /// <param name="column">Column, from 0.</param>
    /// <param name="remedy">What to do about it.</param>
    internal KustomizeException Error(string problem, int line, int column, string remedy) =>
        new(DiagnosticIds.InvalidYaml, problem, new SourcePosition(file, line, column + 1), remedy);

    /// <summary>The error of text that is not YAML, at this place.</summary>
    protected KustomizeException Error(string problem, string remedy) => Error(problem, Line, Column, remedy);
}
