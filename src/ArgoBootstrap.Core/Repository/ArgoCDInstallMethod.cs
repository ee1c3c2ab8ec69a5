namespace ArgoBootstrap.Core.Repository;

/// <summary>How Argo CD is installed.</summary>
public enum ArgoCDInstallMethod : long
{
    /// <summary>The argo-cd chart, with the values that the self-management Application carries.</summary>
    Helm,

    /// <summary>The upstream manifest, which the base holds as a kustomization.</summary>
    Manifest,
}
