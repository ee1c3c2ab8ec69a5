using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Core.Comparison;

/// <summary>What became of an object between two renderings.</summary>
public enum ChangeAction : long
{
    /// <summary>Only the second rendering has it.</summary>
    Added,

    /// <summary>Only the first rendering has it.</summary>
    Removed,

    /// <summary>Both have it, with other fields.</summary>
    Changed,
}

/// <summary>An object that differs between two renderings.</summary>
public sealed record ResourceChange
{
    /// <summary>The overlay, by its path from the repository's root; where two overlays are compared, the second one.</summary>
    public required string Overlay { get; init; }

    /// <summary>The absolute path of the overlay's folder as it is, or would be, on disk.</summary>
    public required string Path { get; init; }

    /// <summary>The overlay's environment; null where it has no place in a repository's layout.</summary>
    public string? Environment { get; init; }

    /// <summary>The overlay's cluster; null where it belongs to none.</summary>
    public string? Cluster { get; init; }

    /// <summary>What became of the object.</summary>
    public required ChangeAction Action { get; init; }

    /// <summary>Its <c>apiVersion</c>, the new one where it changed.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Its namespace as rendered; empty where it names none.</summary>
    public required string Namespace { get; init; }

    /// <summary>Its name, the new one where it changed.</summary>
    public required string Name { get; init; }

    /// <summary>The fields that differ, in the order of the object; empty for objects that are added or removed.</summary>
    public IReadOnlyList<FieldChange> Fields { get; init; } = [];

    /// <summary>The change for people, as <see cref="ChangeText"/> writes it: a line for the object, then its fields with <c>-</c> and <c>+</c>.</summary>
    public override string ToString() => ChangeText.Of(this);
}
