using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Installers.ArgoCD;

/// <summary>What an installation would do: made without a cluster.</summary>
/// <param name="Method">How.</param>
/// <param name="Namespace">Where.</param>
/// <param name="Version">Argo CD's version, or the chart's.</param>
/// <param name="Objects">The objects that would be applied, by phase; empty for a chart.</param>
/// <param name="Command">For a chart, the command that would be started; otherwise empty.</param>
public sealed record ArgoCDInstallPlan(ArgoCDInstallMethod Method, string Namespace, string Version, IReadOnlyList<PlannedObject> Objects, string Command)
{
    /// <summary>Whether all objects are known: not of a manifest that has yet to be downloaded.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>The environment of the overlay that says how; null where none does.</summary>
    public string? Environment { get; init; }

    /// <summary>The cluster of the overlay that says how; null where it has none.</summary>
    public string? Cluster { get; init; }

    /// <summary>The context that would be used; empty where that is not known.</summary>
    public string Context { get; init; } = "";

    /// <summary>The overlay that says how, by its path from the repository's root; empty where none does.</summary>
    public string Overlay { get; init; } = "";

    /// <summary>How many objects would be applied.</summary>
    public int ObjectCount => Objects.Count;
}

/// <summary>What became of an installation or an update.</summary>
public sealed record ArgoCDInstallResult
{
    /// <summary>How it was installed.</summary>
    public required ArgoCDInstallMethod Method { get; init; }

    /// <summary>Where.</summary>
    public required string Namespace { get; init; }

    /// <summary>Argo CD's version, or the chart's.</summary>
    public string Version { get; init; } = "";

    /// <summary>The version that was there before; empty when there was none.</summary>
    public string PreviousVersion { get; init; } = "";

    /// <summary>What installed the one that was there before; empty when there was none.</summary>
    public string AdoptedFrom { get; init; } = "";

    /// <summary>What became of each object; null for a chart.</summary>
    public ApplyResult? Applied { get; init; }

    /// <summary>For an update, objects of the old version that the new one does not have: deleted, or in a dry run, what would be.</summary>
    public IReadOnlyList<ObjectDeleteResult> Removed { get; init; } = [];

    /// <summary>For the update of a chart, the values that change.</summary>
    public IReadOnlyList<FieldChange> ChangedValues { get; init; } = [];

    /// <summary>What became of the wait; null when nothing was waited for.</summary>
    public WaitResult? Waited { get; init; }

    /// <summary>Whether anything was changed; in a dry run, whether anything would.</summary>
    public bool Changed { get; init; }

    /// <summary>What happened, in a line.</summary>
    public string Message { get; init; } = "";

    /// <summary>The SHA-256 of the manifest: what to pin. Empty for a chart.</summary>
    public string ManifestSha256 { get; init; } = "";

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }
}
