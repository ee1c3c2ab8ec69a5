using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Deleting;

/// <summary>Names the objects that keep a CustomResourceDefinition which is being deleted: the server deletes them first, and those with finalizers stay.</summary>
internal static class DefinitionHolders
{
    private const string Path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
    private const string MetadataOnly = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
    private const int MostNamed = 5;

    /// <summary>Describes them.</summary>
    /// <param name="connection">The cluster.</param>
    /// <param name="name">The definition's name.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Empty where none can be named.</returns>
    public static async Task<string> DescribeAsync(ClusterConnection connection, string name, CancellationToken cancellationToken)
    {
        try
        {
            JsonObject? definition = (await connection.FindAsync(ApiRequest.Get(Path + name, name) with { IsCleanUp = true }, cancellationToken).ConfigureAwait(false))?.Json;
            string version = (definition.At("spec", "versions") as JsonArray ?? []).OfType<JsonObject>().Where(v => v["served"].Flag()).Select(v => v["name"].Text()).FirstOrDefault() ?? "";
            if (definition is null || version.Length == 0)
            {
                return "";
            }
            ApiRequest list = ApiRequest.Get($"/apis/{definition.At("spec", "group").Text()}/{version}/{definition.At("spec", "names", "plural").Text()}?limit=500", $"list of {name}") with { Accept = MetadataOnly, IsCleanUp = true };
            JsonObject? all = (await connection.FindAsync(list, cancellationToken).ConfigureAwait(false))?.Json;
            string kind = definition.At("spec", "names", "kind").Text();
            string[] held =
            [
                .. (all?["items"] as JsonArray ?? []).OfType<JsonObject>()
                    .Where(i => TerminationReport.Finalizers(i).Count > 0)
                    .Select(i => $"{kind} {i.At("metadata", "name").Text()}{(i.At("metadata", "namespace").Text() is { Length: > 0 } ns ? $" in namespace {ns}" : "")} ({string.Join(", ", TerminationReport.Finalizers(i))})"),
            ];
            return held.Length == 0 ? "" : $"{string.Join(", ", held.Take(MostNamed))}{(held.Length > MostNamed ? $" and {held.Length - MostNamed} more" : "")}";
        }
        catch (OperationException)
        {
            // Who may not read them is not told of them.
            return "";
        }
    }
}
