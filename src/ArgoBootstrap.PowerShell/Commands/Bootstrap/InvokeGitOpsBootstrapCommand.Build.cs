using System.Management.Automation;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.PowerShell.Commands.Bootstrap;

/// <content>How overlays are rendered.</content>
public sealed partial class InvokeGitOpsBootstrapCommand
{
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
}
