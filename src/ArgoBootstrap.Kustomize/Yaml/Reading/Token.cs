namespace ArgoBootstrap.Kustomize.Yaml.Reading;

/// <summary>A token with its place.</summary>
internal struct Token
{
    /// <summary>What it is.</summary>
    internal TokenKind Kind;

    /// <summary>The style of a scalar.</summary>
    internal ScalarStyle Style;

    /// <summary>Line of the start, from 1.</summary>
    internal int Line;

    /// <summary>Column of the start, from 0.</summary>
    internal int Column;

    /// <summary>Line of the end, from 1.</summary>
    internal int EndLine;

    /// <summary>Column of the end, from 0.</summary>
    internal int EndColumn;

    /// <summary>Text of a scalar, name of an anchor or alias, handle of a tag or of a <c>%TAG</c> directive.</summary>
    internal string? Text;

    /// <summary>Suffix of a tag, prefix of a <c>%TAG</c> directive, resolved tag of a plain scalar.</summary>
    internal string? Extra;
}
