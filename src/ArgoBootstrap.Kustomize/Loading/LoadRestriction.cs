namespace ArgoBootstrap.Kustomize.Loading;

/// <summary>Which files a kustomization may read (kustomize: <c>--load-restrictor</c>).</summary>
public enum LoadRestriction
{
    /// <summary>Files in or below its own folder. Other kustomizations may be anywhere.</summary>
    RootOnly,

    /// <summary>Any file.</summary>
    None,
}
