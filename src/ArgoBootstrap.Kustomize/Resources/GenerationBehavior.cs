namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>What a generated object does to one that is there already.</summary>
public enum GenerationBehavior
{
    /// <summary>The object is not generated.</summary>
    None,

    /// <summary>Generated without saying; as <see cref="Create"/>.</summary>
    Unspecified,

    /// <summary>It must be new.</summary>
    Create,

    /// <summary>It takes the place of an object that must be there.</summary>
    Replace,

    /// <summary>Its data are merged into an object that must be there.</summary>
    Merge,
}
