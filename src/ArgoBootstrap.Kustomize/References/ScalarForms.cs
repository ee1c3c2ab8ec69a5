using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>How a new text takes the place of an old scalar.</summary>
internal static class ScalarForms
{
    /// <summary>A scalar with another text, written like the old one: quotes stay, and without them the new text decides what it stands for.</summary>
    /// <param name="old">The scalar.</param>
    /// <param name="value">The new text.</param>
    /// <returns>The same scalar when the text is the same.</returns>
    public static ScalarNode WithRetypedText(this ScalarNode old, string value)
    {
        if (old.Value == value)
        {
            return old;
        }
        string tag = old.Style == ScalarStyle.Plain && !value.Contains('\n', StringComparison.Ordinal) ? ScalarResolver.Resolve(value) : ScalarTags.String;
        return new ScalarNode(value, tag, old.Style, old.Position);
    }

    /// <summary>A scalar with another text and everything else unchanged.</summary>
    /// <param name="old">The scalar.</param>
    /// <param name="value">The new text.</param>
    /// <returns>The same scalar when the text is the same.</returns>
    public static ScalarNode WithText(this ScalarNode old, string value) =>
        old.Value == value ? old : new ScalarNode(value, old.Tag, old.Style, old.Position);
}
