using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that works on each overlay by itself, several at a time, while the pipeline still brings others.</summary>
public abstract class OverlayCmdlet : OverlayPathCmdlet
{
    private ParallelWork<OverlayTarget>? _work;

    /// <summary>What the progress says is being done.</summary>
    protected abstract string Activity { get; }

    /// <summary>Works on one overlay, on a thread of the pool.</summary>
    /// <param name="target">The overlay.</param>
    /// <param name="writer">Takes what the overlay comes to.</param>
    private protected abstract void Work(OverlayTarget target, IPipelineWriter writer);

    /// <summary>Asks, on the pipeline's thread, whether an overlay is to be worked on at all.</summary>
    /// <param name="target">The overlay.</param>
    private protected virtual bool ShouldWorkOn(OverlayTarget target) => true;

    /// <inheritdoc/>
    private protected override void AddOverlay(OverlayTarget target)
    {
        if (ShouldWorkOn(target))
        {
            StartWork(target);
        }
    }

    /// <summary>Has an overlay worked on.</summary>
    /// <param name="target">The overlay.</param>
    private protected void StartWork(OverlayTarget target)
    {
        _work ??= new ParallelWork<OverlayTarget>(this, Activity, ThrottleLimit, Work, CancellationToken);
        _work.Add(target);
    }

    /// <inheritdoc/>
    protected override void ProcessEnd() => _work?.Finish();
}
