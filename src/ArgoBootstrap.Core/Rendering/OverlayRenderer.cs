using ArgoBootstrap.Core.Concurrency;
using ArgoBootstrap.Core.Rendering.Engines;

namespace ArgoBootstrap.Core.Rendering;

/// <summary>Renders many overlays at once. One session serves all of them, so layers that they share are built once.</summary>
/// <param name="engine">Renders them; the built-in engine with kustomize's defaults when null.</param>
public sealed class OverlayRenderer(IOverlayEngine? engine = null)
{
    private readonly IOverlayEngine _engine = engine ?? new BuiltInEngine();

    /// <summary>Renders overlays in parallel.</summary>
    /// <param name="targets">The overlays.</param>
    /// <param name="throttleLimit">How many are rendered at once; <see langword="null"/> for the number of processors.</param>
    /// <param name="cancellationToken">Stops rendering.</param>
    /// <returns>
    /// The results in the order of the overlays, each as soon as all before it are done. One that fails does not stop the
    /// others. A bounded number of results waits for its turn, and none is kept after it was handed out.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is less than 1.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public IAsyncEnumerable<OverlayRenderResult> RenderAsync(
        IEnumerable<OverlayTarget> targets, int? throttleLimit = null, CancellationToken cancellationToken = default)
    {
        IOverlaySession session = _engine.BeginSession();
        return ParallelStream.RunAsync(targets, (target, token) => OverlayBuild.Run(session, target, token), throttleLimit, cancellationToken);
    }
}
