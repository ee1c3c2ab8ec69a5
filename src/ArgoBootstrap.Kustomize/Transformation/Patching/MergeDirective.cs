namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>What a patch says with <c>$patch</c>.</summary>
internal enum MergeDirective
{
    /// <summary>Merge, also when nothing is said.</summary>
    Merge,

    /// <summary>Take the patch instead of what is there.</summary>
    Replace,

    /// <summary>Remove what is there.</summary>
    Delete,

    /// <summary>Something else, which is an error where there is something to merge with.</summary>
    Unknown,
}
