using System.Collections;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Completes with the cluster's namespaces.</summary>
public sealed class NamespaceCompleter : LiveCompleter
{
    private protected override async Task<IEnumerable<(string Name, string ToolTip)>> NamesAsync(TargetCluster cluster, string parameterName, IDictionary parameters, CancellationToken cancellationToken) =>
        (await ClusterNamespaces.ListAsync(cluster, cancellationToken).ConfigureAwait(false)).Select(name => (name, name));
}
