using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Kustomize.Schema;

/// <summary>What a build knows of types: which are not namespaced, and how their lists merge. Immutable.</summary>
public sealed class KubernetesSchema
{
    /// <summary>The schema that kustomize 5.8 embeds: Kubernetes 1.21.</summary>
    public static KubernetesSchema Default { get; } = new();

    /// <summary>Whether a type is known to be not namespaced. Unknown types count as namespaced.</summary>
    /// <param name="type">The type.</param>
    public bool IsClusterScoped(GroupVersionKind type) => BuiltInScopes.IsClusterScoped(type) ?? false;
}
