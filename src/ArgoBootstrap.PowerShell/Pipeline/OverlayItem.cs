namespace ArgoBootstrap.PowerShell.Pipeline;

/// <summary>An overlay that is to be worked on.</summary>
/// <param name="Root">The absolute path of its folder.</param>
/// <param name="SearchedFolder">The absolute path of the folder that the user named, which may be the same.</param>
internal sealed record OverlayItem(string Root, string SearchedFolder)
{
    /// <inheritdoc/>
    public override string ToString() => Root;
}
