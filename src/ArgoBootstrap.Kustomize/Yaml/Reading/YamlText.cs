using System.Buffers;
using System.Text;
using System.Text.Unicode;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>Makes text ready for the scanner: one encoding, no byte order mark, no characters that YAML does not allow, NUL bytes after it.</summary>
internal static class YamlText
{
    /// <summary>NUL bytes after the text; as many as the shortest document separator takes.</summary>
    internal const int Padding = 4;

    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (byte)c), 0x7F]);

    /// <summary>Copies the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="limits">How long it may be.</param>
    /// <param name="length">Bytes of text in the result, without the padding.</param>
    /// <exception cref="KustomizeException">It is too long, not Unicode, or has control characters.</exception>
    internal static byte[] Prepare(ReadOnlySpan<byte> text, SourceFile file, YamlLimits limits, out int length)
    {
        if (text.Length > limits.MaximumFileBytes)
        {
            throw new KustomizeException(
                DiagnosticIds.LimitExceeded,
                $"The file has {text.Length} bytes; at most {limits.MaximumFileBytes} are read.",
                new SourcePosition(file, 0, 0),
                "Split the file.");
        }
        if (text.StartsWith("\uFEFF"u8))
        {
            text = text[3..];
        }
        else if (text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            Encoding utf16 = text[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
            text = Encoding.UTF8.GetBytes(utf16.GetString(text[2..]));
        }
        Check(text, file);
        byte[] bytes = new byte[text.Length + Padding];
        text.CopyTo(bytes);
        length = text.Length;
        return bytes;
    }

    /// <summary>Makes line ends of Windows those of Unix, which changes no position.</summary>
    /// <param name="bytes">The text, with its padding. Changed.</param>
    /// <param name="length">Bytes of text.</param>
    /// <returns>Bytes of text that are left.</returns>
    internal static int DropCarriageReturns(byte[] bytes, int length)
    {
        int from = bytes.AsSpan(0, length).IndexOf("\r\n"u8);
        if (from < 0)
        {
            return length;
        }
        int to = from;
        for (; from < length; from++)
        {
            if (bytes[from] != '\r' || bytes[from + 1] != '\n')
            {
                bytes[to++] = bytes[from];
            }
        }
        bytes.AsSpan(to).Clear();
        return to;
    }

    private static void Check(ReadOnlySpan<byte> text, SourceFile file)
    {
        int bad = text.IndexOfAny(Controls);
        if (bad >= 0)
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidYaml,
                $"{Holder(text, bad)} holds the control character U+{text[bad]:X4}, which YAML does not allow.",
                PositionOf(text, bad, file),
                text[bad] == 0 ? "Is this a binary file? Name a YAML file." : $"Remove the character, or put the value in double quotes and write it as \"\\x{text[bad]:X2}\".");
        }
        if (Ascii.IsValid(text))
        {
            return;
        }
        if (!Utf8.IsValid(text))
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidYaml,
                "The text is not UTF-8.",
                PositionOf(text, FirstInvalid(text), file),
                "Save the file as UTF-8.");
        }
        CheckWide(text, file);
    }

    /// <summary>Looks for control characters above ASCII, and for those two that Unicode keeps out of text.</summary>
    private static void CheckWide(ReadOnlySpan<byte> text, SourceFile file)
    {
        int at = 0;
        while (true)
        {
            int next = text[at..].IndexOfAny((byte)0xC2, (byte)0xEF);
            if (next < 0)
            {
                return;
            }
            at += next;
            bool control = text[at] == 0xC2 && text[at + 1] is >= 0x80 and < 0xA0 and not 0x85;
            if (control || (text[at] == 0xEF && text[at + 1] == 0xBF && text[at + 2] is 0xBE or 0xBF))
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidYaml,
                    $"{Holder(text, at)} holds a control character that YAML does not allow.",
                    PositionOf(text, at, file),
                    "Remove the character, or put the value in double quotes and write it as an escape.");
            }
            at++;
        }
    }

    private static string Holder(ReadOnlySpan<byte> text, int at) => YamlMistakes.KeyAt(text, at) is string key ? $"The value of '{key}'" : "The text";

    private static int FirstInvalid(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out int consumed) == OperationStatus.Done)
        {
            at += consumed;
        }
        return at;
    }

    private static SourcePosition PositionOf(ReadOnlySpan<byte> text, int at, SourceFile file)
    {
        ReadOnlySpan<byte> before = text[..at];
        int lineStart = before.LastIndexOf((byte)'\n') + 1;
        int column = 1;
        foreach (byte b in before[lineStart..])
        {
            column += (b & 0xC0) == 0x80 ? 0 : 1;
        }
        return new SourcePosition(file, before.Count((byte)'\n') + 1, column);
    }
}
