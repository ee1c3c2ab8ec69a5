using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>Applies strategic merge patches to the objects that they name (kustomize: <c>patchesStrategicMerge</c>, PatchStrategicMergeTransformer).</summary>
/// <param name="patches">The patches, in order.</param>
public sealed class StrategicMergePatchTransformer(IReadOnlyList<Resource> patches) : IResourceTransformer
{
    /// <inheritdoc/>
    /// <exception cref="KustomizeException">A patch names no object or several, or does not fit.</exception>
    public void Transform(ResourceMap resources)
    {
        foreach (Resource patch in patches)
        {
            ResourcePatching.Apply(resources, [ResourcePatching.Find(resources, patch)], patch, adopts: true);
        }
    }
}
