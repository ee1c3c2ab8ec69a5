namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>The short forms of the YAML tags that a scalar can have (YAML 1.2 core schema, plus timestamp and binary).</summary>
public static class ScalarTags
{
    /// <summary>A string.</summary>
    public const string String = "!!str";

    /// <summary>An integer.</summary>
    public const string Integer = "!!int";

    /// <summary>A floating point number.</summary>
    public const string Float = "!!float";

    /// <summary>A boolean.</summary>
    public const string Boolean = "!!bool";

    /// <summary>Null.</summary>
    public const string Null = "!!null";

    /// <summary>A date, with or without a time.</summary>
    public const string Timestamp = "!!timestamp";

    /// <summary>Base64 data.</summary>
    public const string Binary = "!!binary";

    /// <summary>The merge key <c>&lt;&lt;</c>.</summary>
    public const string Merge = "!!merge";
}
