using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>What text says by the rules of YAML 1.1. kustomize asks that of every string that it sets (kyaml: IsValueNonString).</summary>
internal static class Yaml11Text
{
    private static readonly SourceFile Text = new("(text)");

    /// <summary>
    /// Whether unquoted text, read as a document of its own, says anything but a string: a number, <c>yes</c>, but also
    /// <c>a: b</c>, <c>[a]</c> or a comment. Text of several lines never does, nor does a date, which go-yaml v2 keeps as a string.
    /// </summary>
    /// <param name="text">The text.</param>
    public static bool IsNonString(string text)
    {
        if (text.Length == 0 || text.Contains('\n', StringComparison.Ordinal))
        {
            return false;
        }
        return IsPlain(text) ? IsNonString(text, ScalarResolver.Resolve(text)) : IsNonStringDocument(text);
    }

    private static bool IsNonString(string text, string tag) => tag switch
    {
        ScalarTags.Null or ScalarTags.Boolean or ScalarTags.Integer or ScalarTags.Float => true,
        ScalarTags.String => ScalarResolver.IsYaml11Boolean(text),
        _ => false,
    };

    /// <summary>Whether text is certainly nothing but one plain scalar.</summary>
    private static bool IsPlain(string text) =>
        (char.IsAsciiLetterOrDigit(text[0]) || text[0] is '/' or '_' or '$' or '~' or '+' or '.' || (text[0] is '-' && text.Length > 1 && text[1] is not (' ' or '\t' or '-')))
        && text[^1] is not (' ' or '\t' or ':')
        && !text.StartsWith("...", StringComparison.Ordinal)
        && text.AsSpan().IndexOfAny('\t', '\r') < 0
        && !text.Contains(": ", StringComparison.Ordinal)
        && !text.Contains(" #", StringComparison.Ordinal);

    private static bool IsNonStringDocument(string text)
    {
        try
        {
            IReadOnlyList<YamlNode> documents = YamlReader.ReadAll(Encoding.UTF8.GetBytes(text), Text);
            return documents.Count == 0
                || documents[0] is not ScalarNode scalar
                || (scalar.Style == ScalarStyle.Plain || scalar.Tag != ScalarTags.String) && IsNonString(scalar.Value, scalar.Tag);
        }
        catch (KustomizeException)
        {
            return false;
        }
    }
}
