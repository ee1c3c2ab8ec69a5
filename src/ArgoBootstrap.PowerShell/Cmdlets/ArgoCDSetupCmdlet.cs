using System.Management.Automation;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that sets Argo CD up on a cluster, alone or as a step of a bootstrap: what it takes to do that.</summary>
public abstract class ArgoCDSetupCmdlet : ClusterCmdlet
{
    /// <summary>With its manifest or with its chart; as the overlay says where it is left out.</summary>
    [Parameter]
    public ArgoCDInstallMethod? Method { get; set; }

    /// <summary>A manifest of Argo CD on this machine.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ManifestPath { get; set; }

    /// <summary>A chart's folder or archive on this machine, instead of the one that the overlay names.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ChartPath { get; set; }

    /// <summary>The helm binary: a name looked up in the PATH, or a path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string HelmCommand { get; set; } = HelmProgram.Default;

    /// <summary>Takes over an Argo CD that another tool installed.</summary>
    [Parameter]
    public SwitchParameter Adopt { get; set; }

    /// <summary>Takes over fields that others own, and a cluster that something else manages.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Waits until what was set up is ready.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long all of it may take, from the first request to the end of the wait: a time span, or seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    private protected override TimeSpan? CallTimeout => Timeout;
}
