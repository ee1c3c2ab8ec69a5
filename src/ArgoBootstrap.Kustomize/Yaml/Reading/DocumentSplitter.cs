using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>Cuts a file of resources at its separators, as kyaml's reader does before it reads any YAML.</summary>
internal static class DocumentSplitter
{
    /// <summary>Cuts the text by putting NUL bytes, which end a text for the scanner, over the separators.</summary>
    /// <param name="bytes">The text, with its padding. Changed.</param>
    /// <param name="length">Bytes of text.</param>
    /// <param name="file">What messages call the text.</param>
    /// <exception cref="KustomizeException">A separator is followed by something other than a comment on its line.</exception>
    internal static List<Part> Split(byte[] bytes, int length, SourceFile file)
    {
        var parts = new List<Part>();
        int start = 0;
        int startLine = 1;
        int from = 0;
        while (true)
        {
            int found = bytes.AsSpan(from, length - from).IndexOf("\n---"u8);
            int end = found < 0 ? -1 : bytes.AsSpan(from + found + 1, length - from - found - 1).IndexOf((byte)'\n');
            if (end < 0)
            {
                // A separator without a line end at the very end of the file is left to YAML.
                parts.Add(new Part(start, startLine));
                return parts;
            }
            int separator = from + found + 1;
            end += separator;
            int line = startLine + bytes.AsSpan(start, separator - start).Count((byte)'\n');
            string rest = Encoding.UTF8.GetString(bytes, separator + 3, end - separator - 3).Trim();
            if (rest.Length > 0 && rest[0] != '#')
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidYaml,
                    $"Something other than a comment follows the document separator: --- {rest}",
                    new SourcePosition(file, line, 4),
                    "Leave the line of `---` empty after the dashes, and put what follows on the next line.");
            }
            parts.Add(new Part(start, startLine));
            // At least four bytes: the dashes and the line end.
            bytes.AsSpan(separator, end + 1 - separator).Clear();
            start = from = end + 1;
            startLine = line + 1;
        }
    }

    /// <summary>A part of the text, which ends at a NUL byte.</summary>
    /// <param name="Start">Offset of its first byte.</param>
    /// <param name="Line">Its first line, from 1.</param>
    internal readonly record struct Part(int Start, int Line);
}
