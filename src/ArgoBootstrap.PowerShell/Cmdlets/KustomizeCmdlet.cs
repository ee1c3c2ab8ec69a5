using System.Management.Automation;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that takes paths of overlays and renders them: with what <c>kustomize build</c> has flags for as parameters.</summary>
public abstract class KustomizeCmdlet : ArgoBootstrapCmdlet
{
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
    public string HelmCommand { get; set; } = HelmProgram.Default;

    /// <summary>When remote bases and files of an earlier build are good enough.</summary>
    [Parameter]
    public RemoteCachePolicy RemoteCachePolicy { get; set; }

    /// <summary>How overlays are built, as the parameters ask for it.</summary>
    private protected KustomizeOptions CreateOptions() => new()
    {
        LoadRestriction = LoadRestrictor,
        Reorder = Reorder,
        EnableHelm = EnableHelm,
        HelmCommand = HelmProgram.Resolve(SessionState, HelmCommand),
        Remote = new RemoteOptions { CachePolicy = RemoteCachePolicy },
    };

    /// <summary>The builder that the parameters ask for.</summary>
    private protected KustomizeBuilder CreateBuilder() => Builders.For(CreateOptions());

    /// <summary>Takes one of the paths.</summary>
    /// <param name="path">An absolute path that exists.</param>
    private protected abstract void AddPath(string path);

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        bool isLiteral = ParameterSetName == PathParameterSets.LiteralPath;
        foreach (string path in isLiteral ? LiteralPath : Path)
        {
            Guard(() =>
            {
                foreach (string resolved in isLiteral ? [SessionPaths.ResolveLiteral(SessionState, path)] : SessionPaths.Resolve(SessionState, path))
                {
                    AddPath(resolved);
                }
            });
        }
    }
}
