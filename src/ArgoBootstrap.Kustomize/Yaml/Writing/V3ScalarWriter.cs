using System.Text;

namespace ArgoBootstrap.Kustomize.Yaml.Writing;

/// <summary>Writes one scalar as go-yaml v3 prints a node: in the style that it has, unless the text forbids it.</summary>
internal static class V3ScalarWriter
{
    private const int LongestSimpleKey = 128;

    /// <summary>Whether a key can stand before a colon.</summary>
    /// <param name="key">The key.</param>
    internal static bool IsSimpleKey(ScalarNode key) =>
        Encoding.UTF8.GetByteCount(key.Value) + (TagOf(key)?.Length ?? 0) <= LongestSimpleKey && !key.Value.AsSpan().ContainsAny("\n\r\u0085\u2028\u2029");

    /// <summary>Writes a scalar.</summary>
    /// <param name="output">Receives the text.</param>
    /// <param name="scalar">The scalar.</param>
    /// <param name="indent">Columns before a line that continues it.</param>
    /// <param name="spaced">Whether no blank is needed before it.</param>
    /// <param name="flow">Whether it stands inside brackets.</param>
    /// <param name="simpleKey">Whether it is a key before a colon.</param>
    /// <returns>Whether the text ended with a line end of its own.</returns>
    internal static bool Write(ref Utf8Buffer output, ScalarNode scalar, int indent, bool spaced, bool flow, bool simpleKey)
    {
        string? tag = TagOf(scalar);
        if (tag is not null)
        {
            output.Add(spaced ? ""u8 : " "u8);
            output.Add(tag);
            spaced = false;
        }
        string text = scalar.Value;
        ScalarStyle style = Select(scalar, tag, flow, simpleKey);
        if (!spaced && (text.Length > 0 || style != ScalarStyle.Plain))
        {
            output.Add((byte)' ');
        }
        switch (style)
        {
            case ScalarStyle.Plain:
                ScalarStyles.Plain(ref output, text, 0, indent, ScalarStyles.NoFolding);
                return false;
            case ScalarStyle.SingleQuoted:
                ScalarStyles.SingleQuoted(ref output, text, 0, indent, ScalarStyles.NoFolding);
                return false;
            case ScalarStyle.DoubleQuoted:
                ScalarStyles.DoubleQuoted(ref output, text, 0, indent, ScalarStyles.NoFolding);
                return false;
            case ScalarStyle.Folded:
                return ScalarStyles.Block(ref output, text, indent, '>', FoldedText.Write(text));
            default:
                return ScalarStyles.Block(ref output, text, indent, '|');
        }
    }

    /// <summary>The style in which go-yaml v3 prints a Go string, which is not a node and has no style.</summary>
    /// <param name="text">The string.</param>
    internal static ScalarStyle StyleOfString(string text)
    {
        bool plain = Resolved(text) == ScalarTags.String && !ScalarResolver.IsYaml11Boolean(text) && !ScalarResolver.IsBase60(text);
        return text.Contains('\n') || plain ? Select(ScalarNode.String(text), null, flow: false, simpleKey: false) : ScalarStyle.DoubleQuoted;
    }

    private static ScalarStyle Select(ScalarNode scalar, string? tag, bool flow, bool simpleKey)
    {
        string text = scalar.Value;
        ScalarAnalysis analysis = ScalarAnalysis.Of(text, tabsInBlocks: true);
        ScalarStyle style = scalar.Style;
        if (style == ScalarStyle.Plain)
        {
            // A string that looks like something else, and whose tag says that it is one.
            bool forced = tag is null && scalar.Tag == ScalarTags.String && Resolved(text) != ScalarTags.String;
            style = text.Contains('\n') ? ScalarStyle.Literal : forced ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain;
        }
        if (simpleKey && analysis.Multiline)
        {
            return ScalarStyle.DoubleQuoted;
        }
        if (style == ScalarStyle.Plain && (!(flow ? analysis.FlowPlain : analysis.Plain) || (text.Length == 0 && (flow || simpleKey))))
        {
            style = ScalarStyle.SingleQuoted;
        }
        bool impossible = style switch
        {
            ScalarStyle.SingleQuoted => !analysis.Single,
            ScalarStyle.Literal or ScalarStyle.Folded => !analysis.Block || flow || simpleKey,
            _ => false,
        };
        return impossible ? ScalarStyle.DoubleQuoted : style;
    }

    /// <summary>The tag to write; null when the text says the same without it.</summary>
    private static string? TagOf(ScalarNode scalar)
    {
        string tag = scalar.Tag;
        bool implied = !scalar.HasExplicitTag && (tag == ScalarTags.String || tag == Resolved(scalar.Value));
        return implied ? null
            : tag.StartsWith('!') ? tag
            : $"!<{tag}>";
    }

    /// <summary>What the text resolves to; the merge key counts as a string there.</summary>
    private static string Resolved(string text) => text == "<<" ? ScalarTags.String : ScalarResolver.Resolve(text);
}
