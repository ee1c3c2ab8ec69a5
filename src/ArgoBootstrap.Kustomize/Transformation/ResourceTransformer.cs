using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>A transformer that looks at one object at a time.</summary>
internal abstract class ResourceTransformer : IResourceTransformer
{
    /// <inheritdoc/>
    public virtual void Transform(ResourceMap resources)
    {
        for (int i = 0; i < resources.Count; i++)
        {
            try
            {
                resources[i] = Transform(resources[i]);
            }
            catch (KustomizeException e)
            {
                throw e.In(resources[i]);
            }
        }
    }

    /// <summary>The object as it is after the transformation; the very same when nothing changes.</summary>
    /// <param name="resource">The object.</param>
    protected abstract Resource Transform(Resource resource);
}
