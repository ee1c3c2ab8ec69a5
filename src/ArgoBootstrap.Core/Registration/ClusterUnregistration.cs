using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Registration;

/// <summary>What became of a registration that was to be removed.</summary>
/// <param name="Name">The cluster's name in Argo CD.</param>
/// <param name="Server">The address that Argo CD used.</param>
/// <param name="Objects">What became of each object, on both clusters.</param>
public sealed record ClusterUnregistrationResult(string Name, string Server, IReadOnlyList<ObjectDeleteResult> Objects)
{
    /// <summary>Whether everything is gone that was to go.</summary>
    public bool Succeeded => Objects.All(o => o.Action is DeleteAction.Deleted or DeleteAction.NotFound);

    /// <summary>Whether anything was changed.</summary>
    public bool Changed => Objects.Any(o => o.IsChange);

    /// <summary>How many objects were deleted.</summary>
    public int DeletedCount => Objects.Count(o => o.Action == DeleteAction.Deleted);
}

/// <summary>Removes registrations, and refuses where that would do harm.</summary>
public static class ClusterUnregistration
{
    /// <summary>Finds a registration that may be removed.</summary>
    /// <param name="hub">The cluster whose Argo CD it is of.</param>
    /// <param name="argoNamespace">Its namespace.</param>
    /// <param name="name">The cluster's name in Argo CD.</param>
    /// <param name="force">Whether it may be removed although Applications use it, or nobody can tell whether they do.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.RegistrationNotFound"/>, <see cref="ErrorIds.RegistrationInUse"/>, <see cref="ErrorIds.RegistrationExists"/>: there are two of the name.</exception>
    public static async Task<RegisteredCluster> FindAsync(TargetCluster hub, string argoNamespace, string name, bool force, CancellationToken cancellationToken = default)
    {
        RegisteredCluster[] found = [.. (await RegisteredClusters.ListAsync(hub, argoNamespace, cancellationToken).ConfigureAwait(false)).Where(c => c.Name == name)];
        string where = $"The Argo CD in namespace {argoNamespace} of context '{hub.Connection.Context}'";
        if (found is not [var cluster])
        {
            throw found.Length == 0
                ? Refusal(hub, ErrorIds.RegistrationNotFound, $"{where} knows no cluster '{name}'.", "Get-ArgoCluster lists those that it knows.")
                : Refusal(hub, ErrorIds.RegistrationExists, $"{where} has {found.Length} registrations of a cluster '{name}': {string.Join(", ", found.Select(c => c.Secret.ToString()))}.", "Delete the Secrets that are not wanted by hand.");
        }
        if (cluster.Secret is null)
        {
            throw Refusal(
                hub, ErrorIds.RegistrationNotFound, $"{where} knows its own cluster without a registration, so there is none to remove.", "To keep it from deploying there, set cluster.inClusterEnabled to \"false\" in its ConfigMap argocd-cm.");
        }
        return force || cluster.Applications is { Count: 0 } ? cluster
            : throw Refusal(
                hub,
                ErrorIds.RegistrationInUse,
                cluster.Applications is { } applications
                    ? $"{applications.Count} Application{(applications.Count == 1 ? "" : "s")} deploy{(applications.Count == 1 ? "s" : "")} to the cluster '{name}': {string.Join(", ", applications.Take(5))}{(applications.Count > 5 ? ", ..." : "")}."
                    : $"Cannot determine whether Applications deploy to the cluster '{name}': no permission to read them.",
                "Delete the Applications or give them another destination first; with -Force the registration goes, and what they deployed stays on the cluster unmanaged.");
    }

    /// <summary>Removes a registration, and with the cluster itself given, the service account and its rights there. Nothing is removed when that cluster does not answer, or is another one.</summary>
    /// <param name="hub">The cluster whose Argo CD it is of.</param>
    /// <param name="target">The cluster that was registered; null leaves it alone.</param>
    /// <param name="cluster">The registration.</param>
    /// <param name="force">Takes the caller's word that the target is the registered cluster.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.InvalidRequest"/>: the target is another cluster; or one of them does not answer, or refuses.</exception>
    public static async Task<ClusterUnregistrationResult> RunAsync(TargetCluster hub, TargetCluster? target, RegisteredCluster cluster, bool force, CancellationToken cancellationToken = default)
    {
        if (target is not null)
        {
            await RequireSameAsync(hub, target, cluster, force, cancellationToken).ConfigureAwait(false);
            await target.Connection.SendAsync(ApiRequest.Get("/version", "version"), cancellationToken).ConfigureAwait(false);
        }
        ClusterRegistrationRequest request = new() { Name = cluster.Name, ArgoNamespace = cluster.ArgoNamespace, SecretName = cluster.Secret!.Value.Name };
        if (target is not null && cluster.ServiceAccount.Split('/') is [var ns, var account])
        {
            request = request with
            {
                Authentication = ClusterAuthentication.ServiceAccountToken, ServiceAccountNamespace = ns, ServiceAccount = account, Namespaces = cluster.Namespaces, ClusterResources = cluster.ClusterResources,
            };
        }
        return new ClusterUnregistrationResult(cluster.Name, cluster.Server, await ClusterRegistration.UnregisterAsync(hub, target, request, false, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Every cluster that was registered has a service account of the same name: that of another one must not go.</summary>
    private static async Task RequireSameAsync(TargetCluster hub, TargetCluster target, RegisteredCluster cluster, bool force, CancellationToken cancellationToken)
    {
        if (force || ClusterSecret.IsSameServer(target.Connection.Server, cluster.Server))
        {
            return;
        }
        JsonObject? secret = await hub.Reader.FindAsync("", "Secret", cluster.Secret!.Value.Name, cluster.ArgoNamespace, cancellationToken).ConfigureAwait(false);
        // Registered under another address, such as one inside a network: then the authority says that it is the same.
        if (!ClusterSecret.IsSameAuthority(ClusterSecret.AuthoritiesPem(secret), target.Connection.AuthoritiesPem))
        {
            throw Refusal(
                hub,
                ErrorIds.InvalidRequest,
                $"The context '{target.Connection.Context}' is {target.Connection.Server}, and '{cluster.Name}' is registered at {cluster.Server}, with another certificate authority: it looks like another cluster.",
                "Correct -TargetContext; -Force removes the service account there all the same.");
        }
    }

    private static OperationException Refusal(TargetCluster hub, string id, string message, string remedy) => new(id, message, remedy) { Context = hub.Connection.Context, Server = hub.Connection.Server };
}
