using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>The kustomizations that are being visited, from the root that is built downwards.</summary>
/// <param name="Root">Real path of the folder.</param>
/// <param name="Parent">The one that names it, or null.</param>
internal sealed record Chain(string Root, Chain? Parent)
{
    private const int MaximumDepth = 200;

    /// <summary>Number of kustomizations.</summary>
    public int Depth { get; } = (Parent?.Depth ?? 0) + 1;

    /// <summary>The chain one kustomization further down.</summary>
    /// <param name="root">Real path of the folder that is named.</param>
    /// <param name="position">Where it is named.</param>
    /// <exception cref="KustomizeException">The folder is being visited already, holds one that is, or is too far down.</exception>
    public Chain Enter(string root, SourcePosition position)
    {
        for (Chain? visited = this; visited is not null; visited = visited.Parent)
        {
            if (FileGate.IsInside(root, visited.Root))
            {
                throw new KustomizeException(
                    DiagnosticIds.Cycle,
                    visited.Root == root ? $"The kustomization '{root}' leads back to itself: {Describe(visited)} -> {root}." : $"'{root}' holds the folder '{visited.Root}', which leads to it.",
                    position,
                    "Remove this entry. Move what several kustomizations share into a folder of its own.");
            }
        }
        return Depth < MaximumDepth
            ? new Chain(root, this)
            : throw new KustomizeException(DiagnosticIds.LimitExceeded, $"Kustomizations are nested more than {MaximumDepth} deep.", position, "Flatten the layers.");
    }

    private string Describe(Chain from)
    {
        var roots = new List<string>();
        for (Chain? at = this; at is not null && at != from.Parent; at = at.Parent)
        {
            roots.Insert(0, at.Root);
        }
        return string.Join(" -> ", roots);
    }
}
