using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>Lists, label and field selectors, and the metadata of objects.</summary>
internal static class Selection
{
    public static JsonObject List(ObjectStore store, ServedType type, string ns, IQueryCollection query)
    {
        var items = new JsonArray([.. store.List(type, ns).Where(i => Matches(i, query)).Select(i => WithType(i, type))]);
        return new JsonObject
        {
            ["kind"] = type.Kind + "List", ["apiVersion"] = type.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = store.Version.ToString(System.Globalization.CultureInfo.InvariantCulture) },
            ["items"] = items,
        };
    }

    public static bool Matches(JsonObject item, IQueryCollection query) =>
        query["labelSelector"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).All(s => MatchesLabel(item, s))
        && query["fieldSelector"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries).All(s => MatchesField(item, s));

    public static JsonObject MetadataOf(JsonObject item)
    {
        if (item["items"] is JsonArray items)
        {
            return new JsonObject
            {
                ["kind"] = "PartialObjectMetadataList", ["apiVersion"] = "meta.k8s.io/v1", ["metadata"] = item["metadata"]?.DeepClone(),
                ["items"] = new JsonArray([.. items.OfType<JsonObject>().Select(i => MetadataOf(i))]),
            };
        }
        return new JsonObject { ["kind"] = "PartialObjectMetadata", ["apiVersion"] = "meta.k8s.io/v1", ["metadata"] = item["metadata"]?.DeepClone() };
    }

    private static JsonObject WithType(JsonObject item, ServedType type)
    {
        var copy = (JsonObject)item.DeepClone();
        copy["apiVersion"] = type.ApiVersion;
        return copy;
    }

    private static bool MatchesLabel(JsonObject item, string selector)
    {
        var labels = item["metadata"]?["labels"] as JsonObject;
        if (selector.Split("!=", 2) is [var not, var other])
        {
            return (string?)labels?[not] != other;
        }
        if (selector.TrimStart('!') is { } absent && absent.Length < selector.Length)
        {
            return labels?[absent] is null;
        }
        return selector.Replace("==", "=", StringComparison.Ordinal).Split('=', 2) is [var key, var value] ? (string?)labels?[key] == value : labels?[selector] is not null;
    }

    private static bool MatchesField(JsonObject item, string selector) =>
        selector.Replace("==", "=", StringComparison.Ordinal).Split('=', 2) is [var path, var value]
        && (string?)path.Split('.').Aggregate((JsonNode?)item, (at, key) => (at as JsonObject)?[key]) == value;
}
