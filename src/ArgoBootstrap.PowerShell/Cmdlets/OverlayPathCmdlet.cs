using ArgoBootstrap.Core.Rendering;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that takes paths, each of which means an overlay or every overlay below it.</summary>
public abstract class OverlayPathCmdlet : KustomizeCmdlet
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private OverlayDiscovery? _discovery;

    /// <summary>Takes one of the overlays that the paths mean; each comes once.</summary>
    /// <param name="target">The overlay.</param>
    private protected abstract void AddOverlay(OverlayTarget target);

    /// <summary>Says what a search left out.</summary>
    /// <param name="found">What it found.</param>
    private protected virtual void ReportSearch(OverlayDiscoveryResult found)
    {
        foreach (string folder in found.Unreadable)
        {
            WriteWarning($"'{folder}' cannot be read; overlays in it are left out.");
        }
    }

    /// <inheritdoc/>
    private protected override void AddPath(string path)
    {
        _discovery ??= new OverlayDiscovery(DiscoveryOptions);
        OverlayDiscoveryResult found = _discovery.Search(path, CancellationToken);
        ReportSearch(found);
        foreach (OverlayTarget target in found.Targets)
        {
            if (_seen.Add(target.Path))
            {
                AddOverlay(target);
            }
        }
    }
}
