namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>The type of a <see cref="ScalarValue"/>.</summary>
public enum ScalarValueKind
{
    /// <summary>Null.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An integer that fits into 64 bits with a sign.</summary>
    Integer,

    /// <summary>An integer above that, up to 64 bits without a sign.</summary>
    UnsignedInteger,

    /// <summary>A floating point number, possibly infinite or not a number.</summary>
    Float,

    /// <summary>A string; dates count as strings in RFC 3339 form, since JSON has no other.</summary>
    String,
}
