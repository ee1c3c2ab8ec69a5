using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>Several transformers, one after the other.</summary>
/// <param name="transformers">The transformers.</param>
internal sealed class TransformerSequence(params IReadOnlyList<IResourceTransformer> transformers) : IResourceTransformer
{
    /// <inheritdoc/>
    public void Transform(ResourceMap resources)
    {
        foreach (IResourceTransformer transformer in transformers)
        {
            transformer.Transform(resources);
        }
    }
}
