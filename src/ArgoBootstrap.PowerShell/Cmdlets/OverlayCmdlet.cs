using System.Management.Automation;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that takes paths and works on every overlay that they mean, several at a time.</summary>
public abstract class OverlayCmdlet : ArgoBootstrapCmdlet
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private ParallelWork<string>? _work;

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
    /// <param name="root">The absolute path of its folder.</param>
    /// <param name="writer">Takes what the overlay comes to.</param>
    private protected abstract void Process(string root, IPipelineWriter writer);

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
        _work ??= new ParallelWork<string>(this, Activity, ThrottleLimit, Process, CancellationToken);
        foreach (string root in paths.SelectMany(path => OverlayFinder.Find(path, CancellationToken)))
        {
            if (_seen.Add(root))
            {
                _work.Add(root);
            }
        }
    }
}
