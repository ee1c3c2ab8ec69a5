using ArgoBootstrap.Kustomize.Schema;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>A kustomization that is to be accumulated, and what the one that names it hands down.</summary>
/// <param name="Chain">The kustomizations being visited, this one last.</param>
/// <param name="Repository">Real path of the clone that it lies in, for a remote base; otherwise null.</param>
/// <param name="ChosenSchema">The schema that a kustomization above has chosen, or null.</param>
/// <param name="Origin">Where it lies, when origins are recorded; otherwise null.</param>
/// <param name="ParentNamespace">Namespace of the nearest kustomization above that has one; charts without a namespace get it.</param>
/// <param name="Cancellation">Stops the build.</param>
internal sealed record LayerTarget(
    Chain Chain, string? Repository, KubernetesSchema? ChosenSchema, OriginTracker? Origin, string ParentNamespace, CancellationToken Cancellation)
{
    /// <summary>Real path of its folder.</summary>
    public string Root => Chain.Root;
}

/// <summary>What tells layers apart.</summary>
/// <param name="Root">Real path of the folder.</param>
/// <param name="Repository">Real path of the clone, or null.</param>
/// <param name="ParentNamespace">Namespace handed down; empty where it makes no difference.</param>
internal readonly record struct LayerKey(string Root, string? Repository, string ParentNamespace);
