using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Transformation;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>Appends the hash of their content to the names of generated objects (kustomize: <c>generatorOptions.disableNameSuffixHash</c>).</summary>
/// <param name="explain">Says better what is wrong with an object that has no hash; null to leave it as it is.</param>
public sealed class HashTransformer(Func<KustomizeException, Resource, KustomizeException>? explain = null) : IResourceTransformer
{
    /// <inheritdoc/>
    public void Transform(ResourceMap resources)
    {
        for (int i = 0; i < resources.Count; i++)
        {
            Resource resource = resources[i];
            if (!resource.NeedsHash)
            {
                continue;
            }
            string name = $"{resource.Name}-{Hash(resource)}";
            MappingNode metadata = resource.Node["metadata"] as MappingNode ?? MappingNode.Empty;
            ScalarNode value = metadata["name"] is ScalarNode old ? old.WithText(name) : ScalarNode.String(name);
            resources[i] = resource.WithStoredId().WithNode(resource.Node.With("metadata", metadata.With("name", value)));
        }
    }

    private string Hash(Resource resource)
    {
        try
        {
            return ContentHash.Of(resource);
        }
        catch (KustomizeException e)
        {
            throw explain?.Invoke(e, resource) ?? e.In(resource);
        }
    }
}
