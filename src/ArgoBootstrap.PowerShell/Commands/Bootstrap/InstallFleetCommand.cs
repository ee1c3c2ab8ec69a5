using System.Collections;
using System.Management.Automation;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.RancherFleet;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>Installs Rancher Fleet with its two charts through helm.</summary>
[Cmdlet(VerbsLifecycle.Install, "Fleet", DefaultParameterSetName = VersionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RancherFleetInstallResult), typeof(RancherFleetInstallPlan))]
public sealed class InstallFleetCommand : ClusterCmdlet
{
    private const string VersionSet = "Version";
    private const string ChartSet = "ChartPath";

    /// <summary>The version of the charts.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = VersionSet)]
    [ValidateNotNullOrEmpty]
    public string Version { get; set; } = "";

    /// <summary>The repository of the charts.</summary>
    [Parameter(ParameterSetName = VersionSet)]
    [ValidateNotNullOrEmpty]
    public string RepositoryUrl { get; set; } = "https://rancher.github.io/fleet-helm-charts/";

    /// <summary>The folder or archive of the chart fleet on this machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ChartSet)]
    [ValidateNotNullOrEmpty]
    public string ChartPath { get; set; } = "";

    /// <summary>The folder or archive of the chart fleet-crd on this machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ChartSet)]
    [ValidateNotNullOrEmpty]
    public string DefinitionChartPath { get; set; } = "";

    /// <summary>Values of the chart fleet.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Values { get; set; }

    /// <summary>Where it runs.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Namespace { get; set; } = "cattle-fleet-system";

    /// <summary>Installs a version that is older than the one that runs.</summary>
    [Parameter]
    public SwitchParameter AllowDowngrade { get; set; }

    /// <summary>Waits until the controllers are ready.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long all of it may take, from the first request to the end of the wait: a time span, or seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    private protected override TimeSpan? CallTimeout => Timeout;

    /// <summary>The helm binary: a name looked up in the PATH, or a path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string HelmCommand { get; set; } = HelmProgram.Default;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        RestartTime();
        RancherFleetInstaller installer = new(helm: HelmProgram.Resolve(SessionState, HelmCommand));
        RancherFleetOptions options = Options();
        if (ShouldProcess($"{ContextText}: namespace {Namespace}", $"Install the charts {options.DefinitionChart} and {options.Chart} {options.Version}".TrimEnd()))
        {
            WriteObject(Change(
                $"Fleet in namespace {Namespace}",
                (cluster, progress, token) => installer.InstallAsync(cluster, options, progress, token),
                result => (true, result.Message)));
        }
        else if (IsWhatIf)
        {
            WriteObject(installer.Plan(options, ConnectionOptions()) with { Context = ContextName });
        }
    }

    private RancherFleetOptions Options()
    {
        RancherFleetOptions options = new()
        {
            Namespace = Namespace,
            AllowDowngrade = AllowDowngrade,
            Wait = Wait,
            Timeout = Timeout,
            ValuesJson = JsonValue.From(Values, nameof(Values))?.ToJsonString() ?? "{}",
        };
        if (ParameterSetName == ChartSet)
        {
            return options with
            {
                RepositoryUrl = "",
                Chart = SessionPaths.ResolveLiteral(SessionState, ChartPath),
                DefinitionChart = SessionPaths.ResolveLiteral(SessionState, DefinitionChartPath),
            };
        }

        // Charts have no v before their version, and releases have: both are meant the same.
        return ReleaseVersion.TryParse(Version) is null
            ? throw new OperationException(ErrorIds.InvalidRequest, $"'{Version}' is not a valid Fleet version.", "Name one such as 0.14.0.")
            : options with { RepositoryUrl = RepositoryUrl, Version = Version.TrimStart('v') };
    }
}
