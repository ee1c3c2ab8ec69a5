using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Discovery;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Pruning;

/// <summary>Reads and writes the parent object of an apply set.</summary>
internal sealed class ApplySetParent(ClusterConnection connection, ClusterDiscovery discovery, ApplySet set)
{
    /// <summary>What the parent says: the kinds (<c>Kind.group</c>) and namespaces that may hold members.</summary>
    public sealed record Scope(IReadOnlySet<string> GroupKinds, IReadOnlySet<string> Namespaces)
    {
        public Scope Union(Scope other) => new(
            new HashSet<string>(GroupKinds.Union(other.GroupKinds), StringComparer.Ordinal),
            new HashSet<string>(Namespaces.Union(other.Namespaces), StringComparer.Ordinal));
    }

    public async Task<Scope> ReadAsync(CancellationToken cancellationToken)
    {
        string path = await PathAsync(cancellationToken).ConfigureAwait(false);
        JsonObject? live = (await connection.FindAsync(ApiRequest.Get(path, set.Parent.ToString()), cancellationToken).ConfigureAwait(false))?.Json;
        string id = live.At("metadata", "labels", ApplySet.IdLabel).Text();
        string tooling = live.At("metadata", "annotations", ApplySet.ToolingAnnotation).Text();
        if (id.Length > 0 && id != set.Id)
        {
            throw connection.Errors.Make(
                ClusterErrorIds.ApplySetInvalid, $"{set.Parent} is the parent of another apply set: its id is {id}, not {set.Id}.", "It was copied or renamed: remove its applyset.kubernetes.io labels and annotations.");
        }
        if (tooling.Length > 0 && tooling.Split('/')[0] != ApplySet.Tooling.Split('/')[0])
        {
            throw connection.Errors.Make(
                ClusterErrorIds.ApplySetInvalid, $"The apply set of {set.Parent} is kept by {tooling}.", "Let that tool prune it, or choose another parent.");
        }
        return new Scope(Split(ApplySet.GroupKindsAnnotation), Split(ApplySet.NamespacesAnnotation));

        HashSet<string> Split(string annotation) =>
            new(live.At("metadata", "annotations", annotation).Text().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), StringComparer.Ordinal);
    }

    public async Task WriteAsync(Scope scope, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = set.Parent.Type.ApiVersion,
            ["kind"] = set.Parent.Type.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = set.Parent.Name,
                ["namespace"] = set.Parent.Namespace,
                ["labels"] = new JsonObject { [ApplySet.IdLabel] = set.Id },
                ["annotations"] = new JsonObject
                {
                    [ApplySet.ToolingAnnotation] = ApplySet.Tooling,
                    [ApplySet.GroupKindsAnnotation] = string.Join(',', scope.GroupKinds.Order(StringComparer.Ordinal)),
                    [ApplySet.NamespacesAnnotation] = string.Join(',', scope.Namespaces.Where(n => n != set.Parent.Namespace).Order(StringComparer.Ordinal)),
                },
            },
        };
        string path = await PathAsync(cancellationToken).ConfigureAwait(false);
        await connection.SendAsync(
            new ApiRequest(HttpMethod.Patch, $"{path}?fieldManager={FieldManagers.ApplySet}&force=true")
            {
                Body = JsonSerializer.SerializeToUtf8Bytes(body),
                ContentType = "application/apply-patch+yaml",
                Target = set.Parent.ToString(),
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<string> PathAsync(CancellationToken cancellationToken) =>
        (await discovery.GetAsync(set.Parent.Type, cancellationToken).ConfigureAwait(false)).ObjectPath(set.Parent.Name, set.Parent.Namespace);
}
