namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>The kinds of token of YAML text, as YAML 1.1's grammar and libyaml name them.</summary>
internal enum TokenKind : byte
{
    /// <summary>The end of the text.</summary>
    StreamEnd,

    /// <summary>A <c>%YAML</c> directive.</summary>
    VersionDirective,

    /// <summary>A <c>%TAG</c> directive.</summary>
    TagDirective,

    /// <summary><c>---</c>.</summary>
    DocumentStart,

    /// <summary><c>...</c>.</summary>
    DocumentEnd,

    /// <summary>A block sequence begins.</summary>
    BlockSequenceStart,

    /// <summary>A block mapping begins.</summary>
    BlockMappingStart,

    /// <summary>A block ends.</summary>
    BlockEnd,

    /// <summary><c>[</c>.</summary>
    FlowSequenceStart,

    /// <summary><c>]</c>.</summary>
    FlowSequenceEnd,

    /// <summary><c>{</c>.</summary>
    FlowMappingStart,

    /// <summary><c>}</c>.</summary>
    FlowMappingEnd,

    /// <summary><c>-</c>.</summary>
    BlockEntry,

    /// <summary><c>,</c>.</summary>
    FlowEntry,

    /// <summary>A key follows, with or without <c>?</c>.</summary>
    Key,

    /// <summary><c>:</c>.</summary>
    Value,

    /// <summary><c>*name</c>.</summary>
    Alias,

    /// <summary><c>&amp;name</c>.</summary>
    Anchor,

    /// <summary><c>!tag</c>.</summary>
    Tag,

    /// <summary>A scalar of any style.</summary>
    Scalar,
}
