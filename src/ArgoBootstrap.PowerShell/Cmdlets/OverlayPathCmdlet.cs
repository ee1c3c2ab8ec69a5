using System.Management.Automation;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that takes paths, each of which means an overlay or every overlay below it.</summary>
public abstract class OverlayPathCmdlet : ArgoBootstrapCmdlet
{
    private const string DefaultHelmCommand = "helm";
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly OverlayDiscovery _discovery = new();

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

    /// <summary>Which files a kustomization may read: those in or below its own folder, or any.</summary>
    [Parameter]
    public LoadRestriction LoadRestrictor { get; set; }

    /// <summary>The order of the objects where the kustomization does not say: as <c>kustomize build</c> sorts them, or as they are read.</summary>
    [Parameter]
    public Reorder Reorder { get; set; }

    /// <summary>Whether charts under <c>helmCharts</c> may be rendered, which runs helm.</summary>
    [Parameter]
    public SwitchParameter EnableHelm { get; set; }

    /// <summary>The helm binary: a name looked up in the PATH, or a path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string HelmCommand { get; set; } = DefaultHelmCommand;

    /// <summary>When remote bases and files of an earlier build are good enough.</summary>
    [Parameter]
    public RemoteCachePolicy RemoteCachePolicy { get; set; }

    /// <summary>The builder that the parameters ask for.</summary>
    private protected KustomizeBuilder CreateBuilder() => Builders.For(new KustomizeOptions
    {
        LoadRestriction = LoadRestrictor,
        Reorder = Reorder,
        EnableHelm = EnableHelm,
        HelmCommand = HelmCommand.AsSpan().ContainsAny('/', '\\') ? SessionPaths.ToFileSystem(SessionState, HelmCommand) : HelmCommand,
        Remote = new RemoteOptions { CachePolicy = RemoteCachePolicy },
    });

    /// <summary>Takes one of the overlays that the paths mean; each comes once.</summary>
    /// <param name="target">The overlay.</param>
    private protected abstract void AddOverlay(OverlayTarget target);

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        bool isLiteral = ParameterSetName == PathParameterSets.LiteralPath;
        foreach (string path in isLiteral ? LiteralPath : Path)
        {
            Guard(() => AddOverlays(isLiteral ? [SessionPaths.ResolveLiteral(SessionState, path)] : SessionPaths.Resolve(SessionState, path)));
        }
    }

    private void AddOverlays(IReadOnlyList<string> paths)
    {
        foreach (string path in paths)
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
}
