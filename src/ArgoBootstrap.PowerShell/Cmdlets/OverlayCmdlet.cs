using System.Management.Automation;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that takes paths and works on every overlay that they mean, several at a time.</summary>
public abstract class OverlayCmdlet : ArgoBootstrapCmdlet
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private ParallelWork<OverlayItem>? _work;

    /// <summary>Overlays, or folders above overlays, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathParameterSets.Path, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Overlays, or folders above overlays, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathParameterSets.LiteralPath, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The largest number of overlays that are worked on at a time; the number of processors where it is left out.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = System.Environment.ProcessorCount;

    /// <summary>What the progress says is being done.</summary>
    protected abstract string Activity { get; }

    /// <summary>Works on one overlay, on a thread of the pool.</summary>
    /// <param name="item">The overlay.</param>
    /// <param name="writer">Takes what the overlay comes to.</param>
    private protected abstract void Work(OverlayItem item, IPipelineWriter writer);

    /// <summary>Asks, on the pipeline's thread, whether an overlay is to be worked on at all.</summary>
    /// <param name="item">The overlay.</param>
    private protected virtual bool ShouldWorkOn(OverlayItem item) => true;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        bool isLiteral = ParameterSetName == PathParameterSets.LiteralPath;
        foreach (string path in isLiteral ? LiteralPath : Path)
        {
            Guard(() => AddOverlays(isLiteral ? [SessionPaths.ResolveLiteral(SessionState, path)] : SessionPaths.Resolve(SessionState, path)));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessEnd() => _work?.Finish();

    private void AddOverlays(IReadOnlyList<string> paths)
    {
        _work ??= new ParallelWork<OverlayItem>(this, Activity, ThrottleLimit, Work, CancellationToken);
        foreach (string path in paths)
        {
            foreach (string root in OverlayFinder.Find(path, CancellationToken))
            {
                OverlayItem item = new(root, path);
                if (_seen.Add(root) && ShouldWorkOn(item))
                {
                    _work.Add(item);
                }
            }
        }
    }
}
