using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Secrets;

/// <summary>Finds places in a text that is itself the value of a field.</summary>
internal static class EmbeddedText
{
    /// <summary>Where a line of the text is written.</summary>
    /// <param name="text">The field's value.</param>
    /// <param name="line">The line in it, from 1; 0 where it is not known.</param>
    /// <returns>The line in the file where the text is a literal block there; otherwise the value's own place.</returns>
    public static SourcePosition PositionOf(ScalarNode text, int line)
    {
        SourcePosition position = text.Position;
        return text.Style == ScalarStyle.Literal && line > 0 && position.Line > 0 && IsWrittenThere(text, position)
            ? new SourcePosition(position.File, position.Line + line, 1)
            : position;
    }

    /// <summary>A text that a generator reads from a file has the place of the generator's entry.</summary>
    private static bool IsWrittenThere(ScalarNode text, SourcePosition position)
    {
        try
        {
            string line = File.ReadLines(position.File.Path).ElementAtOrDefault(position.Line - 1) ?? "";
            int start = Math.Max(position.Column - 1, 0);
            return start < line.Length && line[start] == '|' && text.Value.Length > 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }
}
