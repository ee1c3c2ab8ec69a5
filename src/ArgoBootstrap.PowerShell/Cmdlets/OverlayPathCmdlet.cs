using ArgoBootstrap.Core.Rendering;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that takes paths, each of which means an overlay or every overlay below it.</summary>
public abstract class OverlayPathCmdlet : KustomizeCmdlet
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly OverlayDiscovery _discovery = new();

    /// <summary>Takes one of the overlays that the paths mean; each comes once.</summary>
    /// <param name="target">The overlay.</param>
    private protected abstract void AddOverlay(OverlayTarget target);

    /// <inheritdoc/>
    private protected override void AddPath(string path)
    {
        foreach (OverlayTarget target in _discovery.Find(path, CancellationToken))
        {
            if (_seen.Add(target.Path))
            {
                AddOverlay(target);
            }
        }
    }
}
