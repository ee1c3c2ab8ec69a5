namespace ArgoBootstrap.Core.Repository;

/// <summary>What a search below a folder found.</summary>
/// <param name="Folders">Absolute paths of the folders of entry points, sorted.</param>
public sealed record OverlaySearch(IReadOnlyList<string> Folders)
{
    /// <summary>How many kustomizations there are, the entry points and those that they build on.</summary>
    public int Kustomizations { get; init; }

    /// <summary>How many of them are Components, which are built as part of others only.</summary>
    public int Components { get; init; }

    /// <summary>Absolute paths of folders that could not be read.</summary>
    public IReadOnlyList<string> Unreadable { get; init; } = [];
}
