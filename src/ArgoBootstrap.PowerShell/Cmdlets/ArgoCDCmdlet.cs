using System.Management.Automation;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Cmdlets;

/// <summary>A cmdlet that works with what an Argo CD knows: the cluster of <c>-Context</c> is the one on which that Argo CD runs.</summary>
public abstract class ArgoCDCmdlet : ClusterCmdlet
{
    /// <summary>Argo CD's namespace.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ArgoNamespace")]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Namespace { get; set; } = "argocd";

    /// <summary>Which other cluster is meant: in a kubeconfig of its own, or in that of Argo CD's cluster.</summary>
    /// <param name="kubeConfigPath">Its kubeconfig, where it has one of its own.</param>
    /// <param name="context">Its context; the kubeconfig's current one where it is left out.</param>
    /// <exception cref="OperationException">The kubeconfig's path is none of the file system.</exception>
    private protected ClusterConnectionOptions OtherCluster(string? kubeConfigPath, string? context) => ConnectionOptions() with
    {
        KubeConfigPath = kubeConfigPath is not null ? SessionPaths.ToFileSystem(SessionState, kubeConfigPath)
            : KubeConfigPath is null ? "" : SessionPaths.ToFileSystem(SessionState, KubeConfigPath),
        Context = context ?? "",
    };
}
