namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>A scalar: text, how it was written, and the tag that says what it stands for.</summary>
public sealed class ScalarNode : YamlNode
{
    /// <summary>Makes a scalar whose meaning is given.</summary>
    /// <param name="value">The text, after unquoting and unescaping.</param>
    /// <param name="tag">A short tag, usually one of <see cref="ScalarTags"/>; what the scalar stands for.</param>
    /// <param name="style">How it is written.</param>
    /// <param name="position">Where it was read.</param>
    public ScalarNode(string value, string tag, ScalarStyle style, SourcePosition position)
        : base(position)
    {
        Value = value;
        Tag = tag;
        Style = style;
    }

    /// <summary>The text, after unquoting and unescaping.</summary>
    public string Value { get; }

    /// <summary>What the scalar stands for. A plain scalar gets the tag that its text resolves to when it is read.</summary>
    public string Tag { get; }

    /// <summary>How the scalar is written.</summary>
    public ScalarStyle Style { get; }

    /// <summary>Whether the tag was written out; only text that keeps its style tells the difference.</summary>
    internal bool HasExplicitTag { get; init; }

    /// <summary>Whether the tag is only what the text resolves to, since the text was set without saying what it stands for.</summary>
    internal bool IsUntagged { get; init; }

    /// <summary>
    /// The tag that a quoted text still has in kustomize, though it is written as text: that of a number which took the place
    /// of something quoted. It shows once the text is set to something that it does not fit. Null for none.
    /// </summary>
    internal string? HiddenTag { get; init; }

    /// <summary>
    /// Whether every place of an object in which this very node stands changes when one of them is set. So it is in kustomize
    /// for the value of a label or annotation that one transformer put into several fields.
    /// </summary>
    internal bool IsShared { get; init; }

    /// <summary>The OpenAPI schema of the key's value, where a comment gives one; only strategic merge looks at it.</summary>
    internal MappingNode? Schema { get; private init; }

    /// <inheritdoc/>
    public override string KindName => "scalar";

    /// <summary>Makes a string, whatever its text looks like: <c>12</c> and <c>true</c> stay text.</summary>
    /// <param name="value">The text.</param>
    public static ScalarNode String(string value) => new(value, ScalarTags.String, ScalarStyle.Plain, SourcePosition.None);

    /// <summary>Makes a plain scalar whose meaning follows from its text, as if it had been read from a file.</summary>
    /// <param name="value">The text.</param>
    public static ScalarNode Plain(string value) => new(value, ScalarResolver.Resolve(value), ScalarStyle.Plain, SourcePosition.None);

    /// <summary>The same scalar, as a key whose value a comment gives a schema.</summary>
    /// <param name="schema">The schema.</param>
    internal ScalarNode WithSchema(MappingNode schema) => new(Value, Tag, Style, Position) { HasExplicitTag = HasExplicitTag, HiddenTag = HiddenTag, Schema = schema };

    /// <summary>The same scalar, shared by several places of an object or not.</summary>
    /// <param name="shared">Whether it is.</param>
    internal ScalarNode AsShared(bool shared) => shared == IsShared
        ? this
        : new(Value, Tag, Style, Position) { HasExplicitTag = HasExplicitTag, HiddenTag = HiddenTag, IsUntagged = IsUntagged, IsShared = shared };

    /// <summary>The null scalar.</summary>
    public static ScalarNode Null { get; } = new("null", ScalarTags.Null, ScalarStyle.Plain, SourcePosition.None);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
