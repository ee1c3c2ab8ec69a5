namespace ArgoBootstrap.Core.Validation;

/// <summary>How overlays are validated.</summary>
public sealed record OverlayTestOptions
{
    /// <summary>How many overlays are rendered at once; <see langword="null"/> for the number of processors.</summary>
    public int? ThrottleLimit { get; init; }

    /// <summary>Ids of the only rules to check; empty for all. An overlay that cannot be rendered fails all the same.</summary>
    public IReadOnlyCollection<string> IncludeRule { get; init; } = [];

    /// <summary>Ids of rules to leave out. An overlay that cannot be rendered fails all the same.</summary>
    public IReadOnlyCollection<string> ExcludeRule { get; init; } = [];
}
