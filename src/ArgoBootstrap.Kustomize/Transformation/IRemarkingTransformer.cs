using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>A transformer that can find out that it has nothing to do, which is worth a warning.</summary>
internal interface IRemarkingTransformer : IResourceTransformer
{
    /// <summary>What should be known; complete after the transformation.</summary>
    IReadOnlyList<Diagnostic> Remarks { get; }
}
