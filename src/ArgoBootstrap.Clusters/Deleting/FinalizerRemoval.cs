using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Deleting;

/// <summary>Takes the finalizers of controllers that are gone from the objects of their kinds: nobody would, and the objects could never be deleted.</summary>
internal static class FinalizerRemoval
{
    /// <summary>Takes finalizers away.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="definitions">The CustomResourceDefinitions of the kinds.</param>
    /// <param name="isTheirs">Whether a finalizer is one of the controllers'.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="ns">The namespace whose objects are meant; empty for all.</param>
    public static async Task RunAsync(TargetCluster cluster, IReadOnlyList<JsonObject> definitions, Func<string, bool> isTheirs, CancellationToken cancellationToken, string ns = "")
    {
        foreach (JsonObject item in await FindAsync(cluster, definitions, isTheirs, cancellationToken, ns).ConfigureAwait(false))
        {
            var kept = new JsonArray([.. Finalizers(item).Where(f => !isTheirs(f)).Select(f => (JsonNode)f)]);
            await ObjectPatch.MergeAsync(cluster, ObjectReference.Of(item), new JsonObject { ["metadata"] = new JsonObject { ["finalizers"] = kept } }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The objects that have such finalizers.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="definitions">The CustomResourceDefinitions of the kinds.</param>
    /// <param name="isTheirs">Whether a finalizer is one of the controllers'.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <param name="ns">The namespace whose objects are meant; empty for all.</param>
    public static async Task<IReadOnlyList<JsonObject>> FindAsync(TargetCluster cluster, IReadOnlyList<JsonObject> definitions, Func<string, bool> isTheirs, CancellationToken cancellationToken, string ns = "")
    {
        var found = new List<JsonObject>();
        foreach (JsonObject definition in definitions)
        {
            IReadOnlyList<JsonObject> items = await cluster.Reader.ListAsync(definition.At("spec", "group").Text(), definition.At("spec", "names", "kind").Text(), ns, "", cancellationToken).ConfigureAwait(false);
            found.AddRange(items.Where(i => Finalizers(i).Any(isTheirs)));
        }
        return found;
    }

    private static IEnumerable<string> Finalizers(JsonObject item) => (item.At("metadata", "finalizers") as JsonArray ?? []).Select(f => f.Text());
}
