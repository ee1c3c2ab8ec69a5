using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>
/// Knows the kinds that a server does not list yet though they are defined: it takes seconds to list those of a large
/// CustomResourceDefinition that somebody, helm or kubectl among them, has just applied.
/// </summary>
internal sealed class DefinedKinds(ClusterConnection connection, ClusterDiscovery discovery)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>Whether there is a definition of a kind that discovery does not list; when there is, waits until it is served.</summary>
    /// <param name="group">API group.</param>
    /// <param name="kind">Kind.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">The kind is refused, or not served in time; or the cluster cannot be reached.</exception>
    public async Task<bool> WaitIfDefinedAsync(string group, string kind, CancellationToken cancellationToken)
    {
        // A definition's group is a domain (apiextensions/v1); the groups of the server itself either are none or are always served.
        if (!group.Contains('.', StringComparison.Ordinal))
        {
            return false;
        }
        string path = $"/apis/apiextensions.k8s.io/v1/customresourcedefinitions/{PluralOf(kind)}.{group}";
        ApiRequest request = ApiRequest.Get(path, $"CustomResourceDefinition {PluralOf(kind)}.{group}");
        ApiResponse answer = await connection.TrySendAsync(request, cancellationToken).ConfigureAwait(false);
        if (answer.StatusCode is 404 or 403)
        {
            // Who may not read definitions has to believe discovery, which was asked just now.
            return false;
        }
        JsonObject live = answer.IsSuccess ? answer.Json : throw connection.Errors.FromResponse(request, answer);
        if (live.At("metadata", "deletionTimestamp") is not null)
        {
            return false;
        }
        ClusterObject definition = ClusterObject.FromJson(live);
        var waiter = new DefinitionWaiter(connection);
        await waiter.WaitAsync(definition, path, Timeout, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<GroupVersionKind> missing = await discovery.WaitAsync(DefinitionWaiter.TypesOf(definition), r => r.Type, Timeout, cancellationToken).ConfigureAwait(false);
        return missing.Count == 0 ? true : throw waiter.TimedOut(definition.Reference.Name);
    }

    /// <summary>The plural of a kind, as Kubernetes itself guesses it (apimachinery, UnsafeGuessKindToResource).</summary>
    private static string PluralOf(string kind)
    {
        string singular = kind.ToLowerInvariant();
        return singular[^1] switch
        {
            's' => singular + "es",
            'y' => singular[..^1] + "ies",
            _ => singular + "s",
        };
    }
}
