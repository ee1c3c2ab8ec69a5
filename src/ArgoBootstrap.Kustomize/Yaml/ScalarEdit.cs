namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Scalars with new text, as kustomize's setters leave them.</summary>
internal static class ScalarEdit
{
    /// <summary>A scalar in the place and style of another. Written plainly, its text says anew what it stands for: <c>1</c> becomes a number.</summary>
    /// <param name="scalar">The scalar whose place is taken.</param>
    /// <param name="text">The new text.</param>
    public static ScalarNode WithText(ScalarNode scalar, string text) =>
        text == scalar.Value ? scalar : new(text, scalar.Style == ScalarStyle.Plain ? ScalarResolver.Resolve(text) : ScalarTags.String, scalar.Style, scalar.Position);

    /// <summary>A string in the place of another node.</summary>
    /// <param name="node">The node whose place is taken.</param>
    /// <param name="text">The new text.</param>
    public static YamlNode AsString(YamlNode node, string text) =>
        node is ScalarNode { Tag: ScalarTags.String } scalar && scalar.Value == text
            ? scalar
            : new ScalarNode(text, ScalarTags.String, ScalarStyle.Plain, node.Position);
}
