using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Core.Installers.Flux;

/// <summary>What became of a Flux that was to be removed.</summary>
/// <param name="Namespace">Where it ran.</param>
/// <param name="Objects">What became of each object.</param>
public sealed record FluxUninstallResult(string Namespace, IReadOnlyList<ObjectDeleteResult> Objects)
{
    /// <summary>Cluster-wide objects of a Flux that stay, since another one or other bindings use them.</summary>
    public IReadOnlyList<KeptObject> Kept { get; init; } = [];

    /// <summary>Whether everything is gone that was to go.</summary>
    public bool Succeeded => Objects.All(o => o.Action is DeleteAction.Deleted or DeleteAction.NotFound);

    /// <summary>Whether anything was changed.</summary>
    public bool Changed => Objects.Any(o => o.IsChange);

    /// <summary>How many objects were deleted.</summary>
    public int DeletedCount => Objects.Count(o => o.Action == DeleteAction.Deleted);

    /// <summary>How many objects stay.</summary>
    public int KeptCount => Kept.Count;
}

/// <summary>An object that an uninstallation leaves alone.</summary>
/// <param name="Reference">The object.</param>
/// <param name="Reason">Why it stays.</param>
public sealed record KeptObject(ObjectReference Reference, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Reference}: {Reason}";
}
