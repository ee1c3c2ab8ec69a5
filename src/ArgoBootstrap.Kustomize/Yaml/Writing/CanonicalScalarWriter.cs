using System.Text;

namespace ArgoBootstrap.Kustomize.Yaml.Writing;

/// <summary>Writes one scalar as kustomize prints it: the style that go-yaml v2 chooses, folded where a line has passed column 80.</summary>
internal static class CanonicalScalarWriter
{
    private const int BestWidth = 80;
    private const int LongestSimpleKey = 128;

    /// <summary>Whether a key can stand before a colon; otherwise it needs the form <c>? key</c>.</summary>
    /// <param name="text">The key.</param>
    internal static bool IsSimpleKey(string text) =>
        (text.Length <= LongestSimpleKey / 3 || Encoding.UTF8.GetByteCount(text) <= LongestSimpleKey) && !text.AsSpan().ContainsAny("\n\r\u0085\u2028\u2029");

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
            return ScalarStyles.Block(ref output, text, indent, '|');
        }
        int width = simpleKey ? ScalarStyles.NoFolding : BestWidth;
        bool ambiguous = ScalarResolver.IsAmbiguousInYaml11(text);
        bool plain = analysis.Plain && !ambiguous && !(simpleKey && analysis.Multiline);
        if (plain)
        {
            ScalarStyles.Plain(ref output, text, column, indent, width);
        }
        else if (!ambiguous && !text.Contains('\n') && analysis.Single && !(simpleKey && analysis.Multiline))
        {
            ScalarStyles.SingleQuoted(ref output, text, column, indent, width);
        }
        else
        {
            ScalarStyles.DoubleQuoted(ref output, text, column, indent, width);
        }
        return false;
    }
}
