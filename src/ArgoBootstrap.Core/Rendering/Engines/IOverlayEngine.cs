using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Rendering.Engines;

/// <summary>Renders overlays, itself or through a program. Safe for concurrent use.</summary>
public interface IOverlayEngine
{
    /// <summary>Begins a session for many overlays that see the same files.</summary>
    IOverlaySession BeginSession();
}

/// <summary>Renders the overlays of one run. Safe for concurrent use.</summary>
public interface IOverlaySession
{
    /// <summary>Renders an overlay.</summary>
    /// <param name="path">The absolute path of its folder.</param>
    /// <param name="cancellationToken">Stops rendering.</param>
    /// <exception cref="KustomizeException">It cannot be rendered.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    RenderedOverlay Build(string path, CancellationToken cancellationToken = default);
}
