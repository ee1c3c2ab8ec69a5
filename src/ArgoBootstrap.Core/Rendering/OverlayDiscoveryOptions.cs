namespace ArgoBootstrap.Core.Rendering;

/// <summary>How overlays are searched for.</summary>
public sealed record OverlayDiscoveryOptions
{
    /// <summary>
    /// Folders to leave out, as patterns: <c>*</c> stands for anything within a segment, <c>**</c> for any number of segments,
    /// <c>?</c> for one character. A path counts from the repository's root or from the folder that is searched; a pattern
    /// without a slash fits the name of a folder anywhere.
    /// </summary>
    public IReadOnlyCollection<string> Exclude { get; init; } = [];

    /// <summary>The absolute path that names start from outside of repositories; <see langword="null"/> for the folder that is searched.</summary>
    public string? Location { get; init; }

    /// <summary>The repository's root where it is known, as it is for the files of a revision; <see langword="null"/> to look for it.</summary>
    public string? RepositoryRoot { get; init; }
}
