using System.Collections;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Core.Registration;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes with what an Argo CD knows: its clusters, or for <c>-Project</c> its AppProjects.</summary>
public sealed class ArgoCDCompleter : LiveCompleter
{
    private protected override async Task<IEnumerable<(string Name, string ToolTip)>> NamesAsync(TargetCluster cluster, string parameterName, IDictionary parameters, CancellationToken cancellationToken)
    {
        string ns = (parameters["Namespace"] ?? parameters["ArgoNamespace"]) as string ?? "argocd";
        return parameterName == "Project"
            ? (await RegisteredClusters.ListProjectsAsync(cluster, ns, cancellationToken).ConfigureAwait(false)).Select(name => (name, name))
            : (await RegisteredClusters.ListAsync(cluster, ns, cancellationToken).ConfigureAwait(false)).Select(item => (item.Name, item.Server));
    }
}
