using System.Management.Automation;
using ArgoBootstrap.Core.Bootstrap;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.Flux;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>Installs Flux from its release manifest.</summary>
[Cmdlet(VerbsLifecycle.Install, "Flux", DefaultParameterSetName = VersionSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(FluxInstallResult), typeof(PlannedObject))]
public sealed class InstallFluxCommand : ClusterCmdlet
{
    private const string VersionSet = "Version";
    private const string ManifestSet = "ManifestPath";

    /// <summary>The release, whose manifest is downloaded.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = VersionSet)]
    [ValidateNotNullOrEmpty]
    public string Version { get; set; } = "";

    /// <summary>The release manifest on this machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ManifestSet)]
    [ValidateNotNullOrEmpty]
    public string ManifestPath { get; set; } = "";

    /// <summary>The SHA-256 that the manifest has to have.</summary>
    [Parameter]
    [ValidatePattern("^[0-9A-Fa-f]{64}$")]
    public string Sha256 { get; set; } = "";

    /// <summary>The components that are installed.</summary>
    [Parameter]
    [Alias("Components")]
    [ArgumentCompleter(typeof(FluxComponentCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Component { get; set; } = ["source-controller", "kustomize-controller", "helm-controller", "notification-controller"];

    /// <summary>Where it runs.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Namespace { get; set; } = "flux-system";

    /// <summary>Asks the API server what would change, field by field, and changes nothing.</summary>
    [Parameter]
    public DryRunMode DryRun { get; set; }

    /// <summary>Installs a version that is older than the one that runs.</summary>
    [Parameter]
    public SwitchParameter AllowDowngrade { get; set; }

    /// <summary>Takes over a Flux that another tool installed.</summary>
    [Parameter]
    public SwitchParameter Adopt { get; set; }

    /// <summary>Takes over fields that others own, instead of failing.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Waits until the kinds of all definitions are served and the components are ready.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long all of it may take, from the first request to the end of the wait: a time span, or seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    private protected override TimeSpan? CallTimeout => Timeout;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        RestartTime();
        using ManifestLoader loader = new();
        FluxInstaller installer = new(loader);
        FluxOptions options = Options();
        if (DryRun == DryRunMode.Server)
        {
            WriteObject(Read((cluster, progress, token) => installer.InstallAsync(cluster, options, progress, token)));
        }
        else if (ShouldProcess($"{ContextText}: namespace {Namespace}", $"Install {string.Join(", ", Component)} of {options.Manifest}"))
        {
            if (Adopt && !ShouldRemoveAdopted($"Flux in namespace {Namespace}", Read((cluster, progress, token) => installer.InstallAsync(cluster, options with { DryRun = true }, progress, token)).Applied.Objects))
            {
                return;
            }

            WriteObject(Change(
                $"Flux in namespace {Namespace}",
                (cluster, progress, token) => installer.InstallAsync(cluster, options, progress, token),
                result => (true, $"{result.Version}: {result.Message}".TrimStart(' ', ':'))));
        }
        else if (IsWhatIf)
        {
            if (Run((_, _, token) => installer.PlanAsync(options, token)) is { } plan)
            {
                string context = ContextName;
                WriteObject(plan.Select(planned => planned with { Context = context }), enumerateCollection: true);
            }
            else
            {
                WriteWarning($"The objects are not listed: {options.Manifest} is not on this machine, and -WhatIf downloads nothing.");
            }
        }
    }

    private FluxOptions Options()
    {
        ManifestSource manifest = ParameterSetName == ManifestSet
            ? ManifestSource.FromFile(SessionPaths.ResolveLiteral(SessionState, ManifestPath)) with { Sha256 = Sha256 }
            : FluxOptions.ManifestOf(Version, Sha256);
        return new FluxOptions
        {
            Manifest = manifest,
            Namespace = Namespace,
            Components = Component,
            DryRun = DryRun == DryRunMode.Server,
            AllowDowngrade = AllowDowngrade,
            Adopt = Adopt,
            Force = Force,
            Wait = Wait,
            Timeout = Timeout,
        };
    }
}
