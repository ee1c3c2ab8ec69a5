using System.Globalization;
using System.Text.Json.Nodes;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>JSON patch (RFC 6902): add, replace, remove and test.</summary>
internal static class JsonPatches
{
    public static JsonObject Apply(JsonObject before, JsonArray patch)
    {
        var result = (JsonObject)before.DeepClone();
        foreach (JsonObject operation in patch.OfType<JsonObject>())
        {
            string[] path = [.. ((string)operation["path"]!).Split('/').Skip(1).Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
            JsonNode? parent = path[..^1].Aggregate((JsonNode?)result, Child);
            string last = path[^1];
            JsonNode? value = operation["value"]?.DeepClone();
            switch (((string)operation["op"]!, parent))
            {
                case ("test", _):
                    if (!JsonNode.DeepEquals(Child(parent, last), value))
                    {
                        throw new ApiFailure(422, "Invalid", "the server rejected our request due to an error in our request: testing value failed");
                    }
                    break;
                case ("add" or "replace", JsonObject map):
                    map[last] = value;
                    break;
                case ("add", JsonArray list):
                    list.Insert(last == "-" ? list.Count : int.Parse(last, CultureInfo.InvariantCulture), value);
                    break;
                case ("replace", JsonArray list):
                    list[int.Parse(last, CultureInfo.InvariantCulture)] = value;
                    break;
                case ("remove", JsonObject map) when map.ContainsKey(last):
                    map.Remove(last);
                    break;
                case ("remove", JsonArray list):
                    list.RemoveAt(int.Parse(last, CultureInfo.InvariantCulture));
                    break;
                default:
                    throw new ApiFailure(422, "Invalid", $"the server rejected our request: cannot {operation["op"]} {operation["path"]}");
            }
        }
        return result;
    }

    private static JsonNode? Child(JsonNode? at, string key) => at switch
    {
        JsonObject map => map[key],
        JsonArray list when int.TryParse(key, CultureInfo.InvariantCulture, out int index) && index < list.Count => list[index],
        _ => null,
    };
}
