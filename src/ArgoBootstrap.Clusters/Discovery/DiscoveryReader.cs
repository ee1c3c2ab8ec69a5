using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Clusters.Discovery;

/// <summary>
/// Asks a server which types it serves: in two requests where it can aggregate the answer (apidiscovery.k8s.io), otherwise
/// in one request per group version, as servers before 1.26 need it.
/// </summary>
internal static class DiscoveryReader
{
    private const string AggregatedAccept =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    /// <summary>Every type, the preferred version of each group first.</summary>
    public static async Task<IReadOnlyList<ApiResource>> ReadAsync(ClusterConnection connection, CancellationToken cancellationToken)
    {
        Task<ApiResponse> core = connection.SendAsync(Request("/api"), cancellationToken);
        Task<ApiResponse> groups = connection.SendAsync(Request("/apis"), cancellationToken);
        await Task.WhenAll(core, groups).ConfigureAwait(false);
        var resources = new List<ApiResource>();
        foreach (ApiResponse answer in new[] { await core.ConfigureAwait(false), await groups.ConfigureAwait(false) })
        {
            switch ((string?)answer.Json["kind"])
            {
                case "APIGroupDiscoveryList":
                    ReadAggregated(answer.Json, resources);
                    break;
                case "APIVersions":
                    await ReadClassicAsync(connection, Strings(answer.Json["versions"]).Select(v => ($"/api/{v}", v)), resources, cancellationToken).ConfigureAwait(false);
                    break;
                case "APIGroupList":
                    await ReadClassicAsync(connection, GroupVersions(answer.Json).Select(v => ($"/apis/{v}", v)), resources, cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    throw connection.Errors.Make(
                        ClusterErrorIds.UnexpectedAnswer,
                        $"The server {connection.Server} does not list its API groups.",
                        "Check that the kubeconfig's server is a Kubernetes API server.");
            }
        }
        return resources;
    }

    private static ApiRequest Request(string path) => ApiRequest.Get(path, "the list of API groups") with { Accept = AggregatedAccept };

    private static void ReadAggregated(JsonObject list, List<ApiResource> resources)
    {
        foreach (JsonObject group in Objects(list["items"]))
        {
            string groupName = (string?)group["metadata"]?["name"] ?? "";
            foreach (JsonObject version in Objects(group["versions"]))
            {
                string versionName = (string?)version["version"] ?? "";
                foreach (JsonObject resource in Objects(version["resources"]))
                {
                    JsonNode? kind = resource["responseKind"];
                    string kindName = (string?)kind?["kind"] ?? "";
                    if (kindName.Length == 0)
                    {
                        continue;
                    }
                    resources.Add(new ApiResource(
                        new GroupVersionKind(groupName, versionName, kindName),
                        (string?)resource["resource"] ?? "",
                        (string?)resource["scope"] == "Namespaced",
                        Strings(resource["verbs"]),
                        [.. Objects(resource["subresources"]).Select(s => (string?)s["subresource"] ?? "")]));
                }
            }
        }
    }

    private static async Task ReadClassicAsync(
        ClusterConnection connection, IEnumerable<(string Path, string GroupVersion)> paths, List<ApiResource> resources, CancellationToken cancellationToken)
    {
        var requests = paths.Select(async p => (p.GroupVersion, Answer: await connection.TrySendAsync(ApiRequest.Get(p.Path), cancellationToken).ConfigureAwait(false))).ToList();
        foreach (var request in requests)
        {
            (string groupVersion, ApiResponse answer) = await request.ConfigureAwait(false);
            if (!answer.IsSuccess)
            {
                // An aggregated API whose server is down must not hide all the others.
                continue;
            }
            List<JsonObject> all = [.. Objects(answer.Json["resources"])];
            ILookup<string, string> subresources = all
                .Select(r => ((string?)r["name"] ?? "").Split('/', 2))
                .Where(parts => parts.Length == 2)
                .ToLookup(parts => parts[0], parts => parts[1]);
            foreach (JsonObject resource in all)
            {
                string name = (string?)resource["name"] ?? "";
                if (!name.Contains('/', StringComparison.Ordinal))
                {
                    resources.Add(new ApiResource(
                        GroupVersionKind.Parse(groupVersion, (string?)resource["kind"] ?? ""),
                        name,
                        (bool?)resource["namespaced"] ?? false,
                        Strings(resource["verbs"]),
                        [.. subresources[name]]));
                }
            }
        }
    }

    private static IEnumerable<string> GroupVersions(JsonObject list)
    {
        foreach (JsonObject group in Objects(list["groups"]))
        {
            string? preferred = (string?)group["preferredVersion"]?["groupVersion"];
            IEnumerable<string> all = Objects(group["versions"]).Select(v => (string?)v["groupVersion"] ?? "").Where(v => v.Length > 0);
            foreach (string version in preferred is null ? all : all.OrderByDescending(v => v == preferred))
            {
                yield return version;
            }
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? array) => (array as JsonArray)?.OfType<JsonObject>() ?? [];

    private static IReadOnlyList<string> Strings(JsonNode? array) => [.. (array as JsonArray)?.Select(v => (string?)v ?? "") ?? []];
}
