using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>An overlay that was rendered and validated, and is ready to be applied. Made without a cluster.</summary>
public sealed record PreparedOverlay
{
    /// <summary>The overlay.</summary>
    public required OverlayTarget Target { get; init; }

    /// <summary>What it renders to; null when it cannot be rendered, and the findings say why.</summary>
    public RenderedOverlay? Rendered { get; init; }

    /// <summary>The objects that are applied, in the order of the rendering.</summary>
    public IReadOnlyList<ClusterObject> Objects { get; init; } = [];

    /// <summary>What validation found.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Whether it was rendered and validation found no error.</summary>
    public bool IsValid => Rendered is not null && !Findings.Any(f => f.Severity == DiagnosticSeverity.Error);

    /// <summary>The objects in the order in which they are applied: what <c>-WhatIf</c> shows.</summary>
    public IReadOnlyList<PlannedObject> Plan => PlanFor("");

    /// <summary>The same objects, as those of a cluster.</summary>
    /// <param name="context">The context that leads to the cluster.</param>
    public IReadOnlyList<PlannedObject> PlanFor(string context) =>
    [
        .. Objects.Select(o => new PlannedObject(ApplyOrder.PhaseOf(o.Reference.Type), o.Reference)
        {
            Environment = Target.Overlay?.Environment,
            Cluster = Target.Overlay?.Cluster,
            Context = context,
            Overlay = Target.RelativePath,
        }).OrderBy(o => o.Phase),
    ];

    /// <inheritdoc/>
    public override string ToString() => Target.RelativePath;
}

/// <summary>An object that would be applied.</summary>
/// <param name="Phase">Its phase, from 0 (<see cref="ApplyOrder"/>).</param>
/// <param name="Reference">The object.</param>
public sealed record PlannedObject(int Phase, ObjectReference Reference)
{
    /// <summary>The environment that it would be applied for; null where no overlay of one brings it.</summary>
    public string? Environment { get; init; }

    /// <summary>The cluster that it would be applied for; null where no overlay of one brings it.</summary>
    public string? Cluster { get; init; }

    /// <summary>The context that would be used; empty where that is not known.</summary>
    public string Context { get; init; } = "";

    /// <summary>The overlay's path from the repository's root; empty for what no overlay brings.</summary>
    public string Overlay { get; init; } = "";

    /// <summary>The object's kind.</summary>
    public string Kind => Reference.Type.Kind;

    /// <summary>The object's namespace; empty where it names none.</summary>
    public string Namespace => Reference.Namespace;

    /// <summary>The object's name.</summary>
    public string Name => Reference.Name;

    /// <inheritdoc/>
    public override string ToString() => $"{Phase}: {Reference}";
}

/// <summary>What became of an overlay that was deployed.</summary>
public sealed record OverlayDeployment
{
    /// <summary>The overlay's path from the repository's root.</summary>
    public required string Overlay { get; init; }

    /// <summary>The overlay's environment; null where it has no place in a repository's layout.</summary>
    public string? Environment { get; init; }

    /// <summary>The overlay's cluster; null where it belongs to none.</summary>
    public string? Cluster { get; init; }

    /// <summary>The context that was used.</summary>
    public string Context { get; init; } = "";

    /// <summary>What validation found.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What became of each object; in a dry run, what would, with the fields that would change.</summary>
    public required ApplyResult Applied { get; init; }

    /// <summary>What became of the wait; null when nothing was waited for.</summary>
    public WaitResult? Waited { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether every object is applied, and ready if that was waited for.</summary>
    public bool Succeeded => Applied.Succeeded && (Waited?.Succeeded ?? true);

    /// <summary>Whether anything was changed; in a dry run, whether anything would be.</summary>
    public bool Changed => Applied.Objects.Any(o => o.Action is ApplyAction.Created or ApplyAction.Configured);

    /// <summary>Objects by what became of them: <c>3 created, 40 unchanged</c>.</summary>
    public string Summary => ApplySummary.Of(Applied);
}
