using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Errors;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <summary>Removes Argo CD. What it deployed stays unless it is asked for.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "ArgoCD", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ArgoCDUninstallResult))]
public sealed class UninstallArgoCDCommand : ClusterCmdlet
{
    /// <summary>Where Argo CD runs.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Namespace { get; set; } = "argocd";

    /// <summary>Also deletes the Applications with all that they deployed.</summary>
    [Parameter]
    public SwitchParameter IncludeApplications { get; set; }

    /// <summary>Also deletes the CustomResourceDefinitions, and with them every Application, ApplicationSet and AppProject.</summary>
    [Parameter]
    [Alias("IncludeCrds")]
    public SwitchParameter IncludeDefinitions { get; set; }

    /// <summary>Also deletes the namespace with all that is in it.</summary>
    [Parameter]
    public SwitchParameter IncludeNamespace { get; set; }

    /// <summary>Asks the API server what would be deleted, and changes nothing.</summary>
    [Parameter]
    public DryRunMode DryRun { get; set; }

    /// <summary>How long all of it may take, from the first request to the end of the wait: a time span, or seconds.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    private protected override TimeSpan? CallTimeout => Timeout;

    /// <summary>The helm binary: a name looked up in the PATH, or a path. Only for an Argo CD that helm installed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string HelmCommand { get; set; } = HelmProgram.Default;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        RestartTime();
        ArgoCDUninstaller uninstaller = new(helm: HelmProgram.Resolve(SessionState, HelmCommand));
        ArgoCDUninstallOptions options = new()
        {
            Namespace = Namespace,
            IncludeApplications = IncludeApplications,
            IncludeDefinitions = IncludeDefinitions,
            IncludeNamespace = IncludeNamespace,
            DryRun = DryRun == DryRunMode.Server,
            Timeout = Timeout,
        };
        if (options.DryRun)
        {
            WriteObject(Read((cluster, progress, token) => uninstaller.UninstallAsync(cluster, options, progress, token)));
        }
        else if (ShouldProcess($"{ContextText}: Argo CD in namespace {Namespace}", Action()))
        {
            Write(Change(
                $"Argo CD in namespace {Namespace}",
                (cluster, progress, token) => uninstaller.UninstallAsync(cluster, options, progress, token),
                result => (result.Succeeded, $"{result.Deleted.Count(d => d.Action == DeleteAction.Deleted)} deleted, {result.Released.Count} released")));
        }
    }

    /// <summary>What goes and what stays: nobody should have to guess when asked.</summary>
    private string Action()
    {
        List<(bool IsIncluded, string What)> parts =
        [
            (true, "Argo CD"),
            (IncludeApplications, "Applications with all that they deployed"),
            (IncludeDefinitions, "CustomResourceDefinitions with every Application, ApplicationSet and AppProject"),
            (IncludeNamespace, "the namespace with the registered repositories and clusters"),
        ];
        string kept = string.Join(", ", parts.Where(p => !p.IsIncluded).Select(p => p.What));
        return $"Delete {string.Join(", ", parts.Where(p => p.IsIncluded).Select(p => p.What))}{(kept.Length > 0 ? $"; keep {kept}" : "")}";
    }

    private void Write(ArgoCDUninstallResult result)
    {
        WriteObject(result);
        foreach (ObjectDeleteResult item in result.Deleted.Where(d => d.Action is DeleteAction.Terminating or DeleteAction.Failed))
        {
            bool isWaiting = item.Action == DeleteAction.Terminating;
            WriteError(ErrorRecords.From(
                item.ErrorId.Length > 0 ? item.ErrorId : ClusterErrorIds.WaitTimedOut,
                isWaiting ? $"{item.Reference} was not gone within {Timeout.TotalSeconds:0} seconds: {item.Message}".TrimEnd(' ', ':') : item.Message,
                item.Remedy.Length > 0 ? item.Remedy : "See what holds it (its finalizers, or what is left in it), then run this again.",
                item.Reference.ToString()));
        }
    }
}
