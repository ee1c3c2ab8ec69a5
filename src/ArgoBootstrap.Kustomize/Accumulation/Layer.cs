using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>What a kustomization comes to for those that name it. Immutable: one layer serves every overlay above it.</summary>
internal sealed record Layer
{
    /// <summary>The objects.</summary>
    public required IReadOnlyList<Resource> Resources { get; init; }

    /// <summary>Which fields the built-in transformers change.</summary>
    public required TransformerConfiguration Configuration { get; init; }

    /// <summary>The variables.</summary>
    public required VariableSet Variables { get; init; }

    /// <summary>The schema that it, or one above or below it, has chosen; otherwise null.</summary>
    public KubernetesSchema? ChosenSchema { get; init; }

    /// <summary>What it looked at.</summary>
    public required DependencySet Dependencies { get; init; }

    /// <summary>What it, and those below it, warn of.</summary>
    public required IReadOnlyList<Diagnostic> Warnings { get; init; }

    /// <summary>Whether the namespace of the kustomization above shows in it, because it inflates charts.</summary>
    public bool DependsOnNamespace { get; init; }
}
