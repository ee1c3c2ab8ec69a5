using System.Management.Automation;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Rendering.Engines;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.PowerShell.Parameters;
using ArgoBootstrap.PowerShell.Pipeline;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that takes paths of overlays and renders them: with what <c>kustomize build</c> has flags for as parameters.</summary>
public abstract class KustomizeCmdlet : ArgoBootstrapCmdlet, IBuildFlags
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

    /// <summary>Gives every object the label <c>app.kubernetes.io/managed-by</c>, as <c>buildMetadata: [managedByLabel]</c> does.</summary>
    [Parameter]
    public SwitchParameter EnableManagedByLabel { get; set; }

    /// <summary>Whether charts under <c>helmCharts</c> may be rendered, which runs helm.</summary>
    [Parameter]
    public SwitchParameter EnableHelm { get; set; }

    /// <summary>The helm binary: a name looked up in the PATH, or a path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string HelmCommand { get; set; } = HelmProgram.Default;

    /// <summary>API versions that charts without <c>apiVersions</c> are told the cluster has.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] HelmApiVersion { get; set; } = [];

    /// <summary>The version of Kubernetes that charts without a <c>kubeVersion</c> are rendered for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HelmKubeVersion { get; set; }

    /// <summary>Renders charts with helm's debug output.</summary>
    [Parameter]
    public SwitchParameter HelmDebug { get; set; }

    /// <summary>When remote bases and files of an earlier build are good enough.</summary>
    [Parameter]
    public RemoteCachePolicy RemoteCachePolicy { get; set; }

    /// <summary>What renders the overlays: the module itself, or the kustomize or kubectl binary.</summary>
    [Parameter]
    public RenderEngine Engine { get; set; }

    /// <summary>The binary of the engine: a name looked up in the PATH, or a path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? EngineCommand { get; set; }

    /// <summary>
    /// Folders that a search leaves out, as patterns of paths from the repository's root or the folder that is searched; one
    /// without a slash fits the name of a folder anywhere.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Exclude { get; set; } = [];

    /// <summary>How overlays are searched for, as the parameters ask for it.</summary>
    private protected OverlayDiscoveryOptions DiscoveryOptions => new() { Exclude = Exclude, Location = SessionState.Path.CurrentFileSystemLocation.ProviderPath };

    /// <summary>Renders the overlays, as the parameters ask for it.</summary>
    private protected IOverlayEngine Renderer { get; private set; } = null!;

    /// <summary>How many of the paths were no overlay, which an error said.</summary>
    private protected int UnusablePaths { get; private set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => Require(() => Renderer = CreateEngine(Engine, EngineCommand));

    /// <summary>Makes an engine.</summary>
    /// <param name="engine">Which.</param>
    /// <param name="command">Its binary, as the user named it.</param>
    /// <param name="isKept">Whether what the built-in engine parses is kept for further commands.</param>
    /// <exception cref="OperationException">There is no such binary, or it cannot do what the parameters ask for.</exception>
    private protected IOverlayEngine CreateEngine(RenderEngine engine, string? command, bool isKept = true) =>
        OverlayEngines.Create(engine, this.ToOptions(SessionState), command is null ? null : SessionPaths.ToProgram(SessionState, command), isKept ? Builders.For : null);

    /// <summary>Takes one of the paths.</summary>
    /// <param name="path">An absolute path that exists.</param>
    private protected abstract void AddPath(string path);

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        bool isLiteral = ParameterSetName == PathParameterSets.LiteralPath;
        foreach (string path in isLiteral ? LiteralPath : Path)
        {
            bool isTaken = false;
            Guard(() =>
            {
                foreach (string resolved in isLiteral ? [SessionPaths.ResolveLiteral(SessionState, path)] : SessionPaths.Resolve(SessionState, path))
                {
                    AddPath(resolved);
                }

                isTaken = true;
            });
            UnusablePaths += isTaken ? 0 : 1;
        }
    }
}
