using ArgoBootstrap.Kustomize.Yaml.Scalars;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Scalars with new text, as kustomize's setters leave them.</summary>
internal static class ScalarEdit
{
    /// <summary>A scalar written like another one: quotes stay, and without them the new text decides what it stands for, now and whenever it changes again.</summary>
    /// <param name="scalar">The scalar whose place is taken.</param>
    /// <param name="text">The new text.</param>
    /// <returns>The same scalar when the text is the same.</returns>
    public static ScalarNode WithText(this ScalarNode scalar, string text) => text == scalar.Value ? scalar : Untagged(text, scalar.Style, scalar.Position);

    /// <summary>A scalar with another text that stands for the same type: text stays text, unless nobody ever said that it is.</summary>
    /// <param name="scalar">The scalar whose place is taken.</param>
    /// <param name="text">The new text.</param>
    /// <returns>The same scalar when the text is the same.</returns>
    public static ScalarNode WithTextOfSameType(this ScalarNode scalar, string text) => scalar.WithTextOfSameType(text, scalar.Position);

    /// <summary>A scalar with a text that is written elsewhere, which stands for the same type.</summary>
    /// <param name="scalar">The scalar whose place is taken.</param>
    /// <param name="text">The new text.</param>
    /// <param name="position">Where the text is written.</param>
    /// <returns>The same scalar when the text is the same.</returns>
    public static ScalarNode WithTextOfSameType(this ScalarNode scalar, string text, SourcePosition position) =>
        text == scalar.Value ? scalar
        : scalar.IsUntagged ? Untagged(text, scalar.Style, position)
        : scalar is { Style: not ScalarStyle.Plain, HasExplicitTag: false } ? Quoted(text, scalar.HiddenTag ?? scalar.Tag, scalar.Style, position)
        : new ScalarNode(text, scalar.Tag, scalar.Style, position);

    /// <summary>A scalar as kustomize leaves it that sets its own text without saying what it stands for: unquoted, <c>12</c> is a number.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <returns>The same scalar when it is quoted, or known to be set so.</returns>
    public static ScalarNode SetAnew(this ScalarNode scalar) =>
        scalar is { Style: ScalarStyle.Plain, IsUntagged: false } ? Untagged(scalar.Value, scalar.Style, scalar.Position) : scalar;

    /// <summary>A scalar in quotes with a tag: text where the tag is what the text says anyway, and need not be written.</summary>
    /// <param name="text">The text.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="style">The quotes.</param>
    /// <param name="position">Where it stands.</param>
    public static ScalarNode Quoted(string text, string tag, ScalarStyle style, SourcePosition position) =>
        tag != ScalarTags.String && ScalarResolver.Resolve(text) == tag
            ? new ScalarNode(text, ScalarTags.String, style, position) { HiddenTag = tag }
            : new ScalarNode(text, tag, style, position);

    /// <summary>The text of a number that is taken where text is wanted: decimal, as Go prints it; the text of any other scalar.</summary>
    /// <param name="scalar">The scalar.</param>
    public static string NumberText(this ScalarNode scalar)
    {
        if (scalar.Tag is not (ScalarTags.Integer or ScalarTags.Float))
        {
            return scalar.Value;
        }
        ScalarValue value = ScalarValue.Of(scalar);
        return value.Kind switch
        {
            ScalarValueKind.Integer => value.Integer.ToString(ScalarResolver.Culture),
            ScalarValueKind.UnsignedInteger => value.UnsignedInteger.ToString(ScalarResolver.Culture),
            _ => double.IsFinite(value.Float) ? GoNumber.FormatG(value.Float) : double.IsNaN(value.Float) ? "NaN" : value.Float > 0 ? "+Inf" : "-Inf",
        };
    }

    /// <summary>A plain scalar that stands for what its text says.</summary>
    /// <param name="text">The text.</param>
    public static ScalarNode Untagged(string text) => Untagged(text, ScalarStyle.Plain, SourcePosition.None);

    /// <summary>A string in the place of another node. The quotes of a scalar stay, which tells once the text is replaced by a number.</summary>
    /// <param name="node">The node whose place is taken.</param>
    /// <param name="text">The new text.</param>
    public static YamlNode AsString(YamlNode node, string text) =>
        node is not ScalarNode scalar ? new ScalarNode(text, ScalarTags.String, ScalarStyle.Plain, node.Position)
        : scalar.Tag == ScalarTags.String && scalar.Value == text ? scalar
        : new ScalarNode(text, ScalarTags.String, scalar.Style, node.Position);

    /// <summary>A string that was not there before, with the quotes that kustomize gives to one that looks like something else.</summary>
    /// <param name="text">The text.</param>
    public static ScalarNode NewString(string text) => new(
        text, ScalarTags.String, Yaml11Text.IsNonString(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain, SourcePosition.None);

    /// <summary>A scalar that stands for what its text says, unless it is quoted.</summary>
    /// <param name="text">The text.</param>
    /// <param name="style">How it is written.</param>
    /// <param name="position">Where it stands.</param>
    public static ScalarNode Untagged(string text, ScalarStyle style, SourcePosition position)
    {
        // Text of several lines is written as a block, which is always text.
        string tag = style == ScalarStyle.Plain && !text.Contains('\n', StringComparison.Ordinal) ? ScalarResolver.Resolve(text) : ScalarTags.String;
        return new ScalarNode(text, tag, style, position) { IsUntagged = true };
    }
}
