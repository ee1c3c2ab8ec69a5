using System.Management.Automation;
using ArgoBootstrap.Core.Installers.RancherFleet;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>Removes Rancher Fleet.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "Fleet", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(RancherFleetUninstallResult))]
public sealed class UninstallFleetCommand : ClusterCmdlet
{
    /// <summary>Where it runs.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Namespace { get; set; } = "cattle-fleet-system";

    /// <summary>Also removes the CustomResourceDefinitions, and with them every GitRepo, Bundle and the like.</summary>
    [Parameter]
    [Alias("IncludeCrds")]
    public SwitchParameter IncludeDefinitions { get; set; }

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
        string action = IncludeDefinitions
            ? "Delete Fleet, and its CustomResourceDefinitions with every GitRepo and Bundle; agents that still run take away what these deployed"
            : "Delete Fleet; keep its CustomResourceDefinitions, their objects and what it deployed";
        if (!ShouldProcess($"{ContextText}: Fleet in namespace {Namespace}", action))
        {
            return;
        }

        RancherFleetInstaller installer = new(helm: HelmProgram.Resolve(SessionState, HelmCommand));
        WriteObject(Change(
            $"Fleet in namespace {Namespace}",
            (cluster, progress, token) => installer.UninstallAsync(cluster, new RancherFleetOptions { Namespace = Namespace, Timeout = Timeout }, IncludeDefinitions, progress, token),
            result => (true, $"removed {string.Join(", ", result.Releases)}")));
    }
}
