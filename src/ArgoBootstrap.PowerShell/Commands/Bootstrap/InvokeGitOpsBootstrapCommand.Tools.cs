using System.Management.Automation;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.Flux;
using ArgoBootstrap.Core.Installers.RancherFleet;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <content>What can be installed beside Argo CD.</content>
public sealed partial class InvokeGitOpsBootstrapCommand
{
    /// <summary>Installs Flux.</summary>
    [Parameter]
    public SwitchParameter InstallFlux { get; set; }

    /// <summary>The release of Flux whose manifest is downloaded.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FluxVersion { get; set; }

    /// <summary>The release manifest of Flux on this machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FluxManifestPath { get; set; }

    /// <summary>The SHA-256 that the manifest of Flux has to have.</summary>
    [Parameter]
    [ValidatePattern("^[0-9A-Fa-f]{64}$")]
    public string? FluxSha256 { get; set; }

    /// <summary>The components of Flux that are installed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FluxComponentCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? FluxComponent { get; set; }

    /// <summary>Installs Rancher Fleet.</summary>
    [Parameter]
    public SwitchParameter InstallFleet { get; set; }

    /// <summary>The version of Fleet's charts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? FleetVersion { get; set; }

    /// <summary>Fleet's two charts on this machine: that with the definitions, then that with the controllers.</summary>
    [Parameter]
    [ValidateCount(2, 2)]
    [ValidateNotNullOrEmpty]
    public string[]? FleetChartPath { get; set; }

    private FluxOptions? Flux()
    {
        bool isNamed = FluxVersion is not null || FluxManifestPath is not null;
        if (!InstallFlux)
        {
            return isNamed || FluxSha256 is not null || FluxComponent is not null ? throw Unfitting("-FluxVersion, -FluxManifestPath, -FluxSha256 and -FluxComponent are those of Flux, which is not asked for.", "Add -InstallFlux.") : null;
        }

        if (!isNamed || (FluxVersion is not null && FluxManifestPath is not null))
        {
            throw Unfitting("-InstallFlux needs either -FluxVersion or -FluxManifestPath.", "Name a release, such as -FluxVersion v2.7.3, or its manifest on this machine.");
        }

        ManifestSource manifest = FluxVersion is not null
            ? FluxOptions.ManifestOf(FluxVersion, FluxSha256 ?? "")
            : ManifestSource.FromFile(SessionPaths.ResolveLiteral(SessionState, FluxManifestPath!)) with { Sha256 = FluxSha256 ?? "" };
        FluxOptions options = new() { Manifest = manifest, Force = Force, Wait = Wait, Timeout = Timeout };
        return FluxComponent is null ? options : options with { Components = FluxComponent };
    }

    private RancherFleetOptions? Fleet()
    {
        if (!InstallFleet)
        {
            return FleetVersion is not null || FleetChartPath is not null ? throw Unfitting("-FleetVersion and -FleetChartPath are those of Fleet, which is not asked for.", "Add -InstallFleet.") : null;
        }

        if (FleetVersion is null == FleetChartPath is null)
        {
            throw Unfitting("-InstallFleet needs either -FleetVersion or -FleetChartPath.", "Name a version of its charts, such as -FleetVersion 0.14.0, or both charts on this machine.");
        }

        RancherFleetOptions options = new() { Wait = Wait, Timeout = Timeout };
        return FleetChartPath is null
            ? options with { Version = FleetVersion! }
            : options with { RepositoryUrl = "", DefinitionChart = SessionPaths.ResolveLiteral(SessionState, FleetChartPath[0]), Chart = SessionPaths.ResolveLiteral(SessionState, FleetChartPath[1]) };
    }
}
