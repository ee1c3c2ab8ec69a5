using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>Changes the objects of an accumulation: one of kustomize's transformers.</summary>
public interface IResourceTransformer
{
    /// <summary>Applies the transformation.</summary>
    /// <param name="resources">The objects; changed in place by putting new resources where changed ones were.</param>
    /// <exception cref="Diagnostics.KustomizeException">The transformation cannot be applied.</exception>
    void Transform(ResourceMap resources);
}
