namespace ArgoBootstrap.Kustomize.Transformation.FieldSpecs;

/// <summary>What <see cref="FieldSpecFilter"/> puts where a field is missing or null that its spec says to create.</summary>
public enum FieldCreation
{
    /// <summary>Nothing: fields that are missing stay missing, and null stays null.</summary>
    None,

    /// <summary>An empty string.</summary>
    String,

    /// <summary>A scalar that stands for an integer. Its text is empty until it is changed.</summary>
    Integer,

    /// <summary>An empty mapping.</summary>
    Mapping,

    /// <summary>An empty sequence.</summary>
    Sequence,
}
