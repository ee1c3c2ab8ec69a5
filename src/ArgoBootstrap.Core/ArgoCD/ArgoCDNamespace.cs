using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.ArgoCD;

/// <summary>The namespace in which an Argo CD is looked for.</summary>
internal static class ArgoCDNamespace
{
    /// <summary>Makes sure that there is an Argo CD to register with, before anything is made elsewhere. Who may not read namespaces finds out later.</summary>
    /// <exception cref="OperationException"><see cref="ErrorIds.NotInstalled"/></exception>
    public static async Task RequireAsync(TargetCluster cluster, string ns, CancellationToken cancellationToken)
    {
        ApiResponse found = await cluster.Connection.TrySendAsync(ApiRequest.Get($"/api/v1/namespaces/{Uri.EscapeDataString(ns)}", $"namespace {ns}"), cancellationToken).ConfigureAwait(false);
        if (found.StatusCode == 404)
        {
            throw new OperationException(
                ErrorIds.NotInstalled,
                $"{cluster.Connection.Server} (context '{cluster.Connection.Context}') has no namespace {ns}, so there is no Argo CD to register with.",
                "Name Argo CD's namespace with -Namespace, or its cluster with -Context.")
            {
                Context = cluster.Connection.Context, Server = cluster.Connection.Server,
            };
        }
    }
}
