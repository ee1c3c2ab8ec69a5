namespace ArgoBootstrap.Core.Rendering.Engines;

/// <summary>What renders overlays.</summary>
public enum RenderEngine : long
{
    /// <summary>The module itself, in process: does what <c>kustomize build</c> 5.8 does.</summary>
    BuiltIn,

    /// <summary>The kustomize binary: <c>kustomize build</c>.</summary>
    Kustomize,

    /// <summary>The kustomize inside kubectl: <c>kubectl kustomize</c>.</summary>
    Kubectl,
}
