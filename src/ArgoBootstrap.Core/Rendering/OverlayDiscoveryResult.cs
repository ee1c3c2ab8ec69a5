namespace ArgoBootstrap.Core.Rendering;

/// <summary>The overlays that a path means, and what a search for them left out.</summary>
/// <param name="Path">The absolute path.</param>
/// <param name="Targets">The overlays, sorted by path.</param>
public sealed record OverlayDiscoveryResult(string Path, IReadOnlyList<OverlayTarget> Targets)
{
    /// <summary>How many overlays are left out because the caller asked for it.</summary>
    public int Excluded { get; init; }

    /// <summary>How many overlays are left out by <c>spec.exclude</c> of the repository's settings.</summary>
    public int ExcludedBySettings { get; init; }

    /// <summary>How many kustomizations there are, those that overlays build on included.</summary>
    public int Kustomizations { get; init; }

    /// <summary>How many of them are Components, which are built as part of overlays only.</summary>
    public int Components { get; init; }

    /// <summary>Absolute paths of folders that could not be read.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];

    /// <summary>What was found, in one sentence.</summary>
    public override string ToString() =>
        $"{Path}: {Count(Targets.Count, "overlay")} of {Count(Kustomizations, "kustomization")}; {Components} are Components, {Excluded + ExcludedBySettings} overlays are left out.";

    /// <summary>What is left out, in one sentence; <see langword="null"/> for nothing.</summary>
    public string? LeftOut => (Excluded, ExcludedBySettings) switch
    {
        (0, 0) => null,
        (_, 0) => $"{Path}: {Count(Excluded, "overlay")} left out by -Exclude.",
        (0, _) => $"{Path}: {Count(ExcludedBySettings, "overlay")} left out by spec.exclude of the settings.",
        _ => $"{Path}: {Count(Excluded, "overlay")} left out by -Exclude, {ExcludedBySettings} by spec.exclude of the settings.",
    };

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";
}
