using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Pruning;

/// <summary>How an apply set is pruned.</summary>
public sealed record PruneOptions
{
    /// <summary>Prunes Namespaces and CustomResourceDefinitions too, with all that is in them. They are kept otherwise.</summary>
    public bool IncludeFoundations { get; init; }

    /// <summary>How the objects are deleted.</summary>
    public DeleteOptions Delete { get; init; } = new();
}

/// <summary>What became of an apply with pruning.</summary>
/// <param name="Applied">What was applied.</param>
/// <param name="Pruned">What was deleted because it is no longer among the objects; empty when applying failed, since nothing is pruned then.</param>
/// <param name="Kept">Members that would have been pruned and are protected.</param>
public sealed record PruneResult(ApplyResult Applied, IReadOnlyList<ObjectDeleteResult> Pruned, IReadOnlyList<ObjectReference> Kept)
{
    /// <summary>Whether everything was applied and nothing failed to go.</summary>
    public bool Succeeded => Applied.Succeeded && Pruned.All(p => p.Action != DeleteAction.Failed);
}
