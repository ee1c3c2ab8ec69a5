using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Discovery;

namespace ArgoBootstrap.Clusters.Objects;

/// <summary>Changes single fields of live objects.</summary>
internal static class ObjectPatch
{
    /// <summary>Merges a patch (RFC 7396) into an object; one that is not there any more is left alone.</summary>
    public static async Task MergeAsync(TargetCluster cluster, ObjectReference reference, JsonObject patch, CancellationToken cancellationToken)
    {
        ApiResource resource = await cluster.Discovery.GetAsync(reference.Type, cancellationToken).ConfigureAwait(false);
        var request = new ApiRequest(HttpMethod.Patch, $"{resource.ObjectPath(reference.Name, reference.Namespace)}?fieldManager={FieldManagers.Own}")
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(patch),
            ContentType = "application/merge-patch+json",
            Target = reference.ToString(),
        };
        if (await cluster.Connection.FindAsync(request, cancellationToken).ConfigureAwait(false) is not null)
        {
            cluster.Connection.Changes.Add();
        }
    }
}
