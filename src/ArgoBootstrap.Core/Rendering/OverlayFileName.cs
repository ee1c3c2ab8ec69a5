namespace ArgoBootstrap.Core.Rendering;

/// <summary>Names the file that a rendered overlay is written to.</summary>
public static class OverlayFileName
{
    /// <summary>
    /// The name: what tells the overlay from others, with dots for separators, which no environment, cluster or
    /// application has in its name. <c>overlays/prod/dc11a/argocd</c> becomes <c>prod.dc11a.argocd.yaml</c>.
    /// </summary>
    /// <param name="target">The overlay.</param>
    public static string Of(OverlayTarget target)
    {
        string[] parts = target.Overlay is { } overlay
            ? [overlay.Environment, .. overlay.Cluster is { } cluster ? [cluster] : Array.Empty<string>(), overlay.Application]
            : [.. target.RelativePath.Split('/').Where(part => part is not ("." or ".." or ""))];
        return (parts.Length > 0 ? string.Join('.', parts) : Path.GetFileName(target.Path)) + ".yaml";
    }
}
