namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>How a scalar was written.</summary>
public enum ScalarStyle
{
    /// <summary>Without quotes.</summary>
    Plain,

    /// <summary>In single quotes.</summary>
    SingleQuoted,

    /// <summary>In double quotes.</summary>
    DoubleQuoted,

    /// <summary>As a literal block, <c>|</c>.</summary>
    Literal,

    /// <summary>As a folded block, <c>&gt;</c>.</summary>
    Folded,
}
