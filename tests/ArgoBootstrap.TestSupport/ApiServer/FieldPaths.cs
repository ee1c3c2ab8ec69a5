using System.Text.Json.Nodes;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>
/// The set of fields that a state of an object sets, one path each, elements in <c>fieldsV1</c> form (<c>f:</c>, <c>k:</c>,
/// <c>v:</c>). Which lists are keyed is known for built-in types; lists of custom resources are one value.
/// </summary>
internal static class FieldPaths
{
    private const char Separator = '\u0001';

    private static readonly Dictionary<string, string[]> ListKeys = new(StringComparer.Ordinal)
    {
        ["containers"] = ["name"], ["initContainers"] = ["name"], ["env"] = ["name"], ["volumes"] = ["name"], ["imagePullSecrets"] = ["name"],
        ["volumeMounts"] = ["mountPath"], ["ports"] = ["containerPort", "protocol"], ["servicePorts"] = ["port", "protocol"], ["conditions"] = ["type"],
        ["ownerReferences"] = ["uid"], ["webhooks"] = ["name"], ["secrets"] = ["name"], ["hostAliases"] = ["ip"], ["topologySpreadConstraints"] = ["topologyKey", "whenUnsatisfiable"],
    };

    private static readonly HashSet<string> AtomicMaps = new(StringComparer.Ordinal) { "selector", "nodeSelector", "resourceFieldRef", "fieldRef", "secretKeyRef", "configMapKeyRef" };

    private static readonly HashSet<string> ServerMetadata = new(StringComparer.Ordinal)
    {
        "name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "managedFields", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds",
    };

    public static HashSet<string> Of(JsonObject item, bool keyedLists, Func<string, bool> includeTopLevel)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string key, JsonNode? value) in item)
        {
            if (key is "apiVersion" or "kind" || !includeTopLevel(key))
            {
                continue;
            }
            if (key == "metadata" && value is JsonObject metadata)
            {
                foreach ((string name, JsonNode? field) in metadata)
                {
                    if (!ServerMetadata.Contains(name))
                    {
                        Walk(field, $"f:metadata{Separator}f:{name}", name, true, paths);
                    }
                }
                continue;
            }
            Walk(value, "f:" + key, key, keyedLists, paths);
        }
        return paths;
    }

    public static JsonObject ToFieldsV1(IEnumerable<string> paths)
    {
        var root = new JsonObject();
        foreach (string path in paths.Order(StringComparer.Ordinal))
        {
            JsonObject at = root;
            foreach (string element in path.Split(Separator))
            {
                if (at[element] is not JsonObject next)
                {
                    at[element] = next = [];
                }
                at = next;
            }
            if (path[(path.LastIndexOf(Separator) + 1)..].StartsWith("k:", StringComparison.Ordinal))
            {
                at["."] = new JsonObject();
            }
        }
        return root;
    }

    public static HashSet<string> FromFieldsV1(JsonObject? fields)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        if (fields is not null)
        {
            Read(fields, "", paths);
        }
        return paths;
    }

    /// <summary>As conflicts name a field: <c>.spec.template.spec.containers[name="web"].image</c>.</summary>
    public static string Display(string path) => string.Concat(path.Split(Separator).Select(e => e[..2] switch
    {
        "f:" => "." + e[2..],
        "k:" => "[" + string.Join(",", ((JsonObject)JsonNode.Parse(e[2..])!).Select(p => $"{p.Key}={p.Value!.ToJsonString()}")) + "]",
        _ => $"[={e[2..]}]",
    }));

    public static JsonNode? Get(JsonNode root, string path)
    {
        JsonNode? at = root;
        foreach (string element in path.Split(Separator))
        {
            at = Child(at, element);
            if (at is null)
            {
                return null;
            }
        }
        return at;
    }

    public static bool IsItem(string path) => path[(path.LastIndexOf(Separator) + 1)..].StartsWith("k:", StringComparison.Ordinal);

    public static bool IsBelow(string path, string parent) => path.Length > parent.Length && path.StartsWith(parent, StringComparison.Ordinal) && path[parent.Length] == Separator;

    public static void Set(JsonObject root, string path, JsonNode? value)
    {
        string[] elements = path.Split(Separator);
        JsonNode at = root;
        for (int i = 0; i < elements.Length; i++)
        {
            bool last = i == elements.Length - 1;
            string element = elements[i];
            if (element.StartsWith("f:", StringComparison.Ordinal))
            {
                var map = (JsonObject)at;
                if (last)
                {
                    map[element[2..]] = value?.DeepClone();
                    return;
                }
                bool wantsList = !elements[i + 1].StartsWith("f:", StringComparison.Ordinal);
                if (wantsList ? map[element[2..]] is not JsonArray : map[element[2..]] is not JsonObject)
                {
                    map[element[2..]] = wantsList ? new JsonArray() : new JsonObject();
                }
                at = map[element[2..]]!;
                continue;
            }
            var list = (JsonArray)at;
            JsonNode? item = Child(list, element);
            if (item is null)
            {
                item = element.StartsWith("k:", StringComparison.Ordinal) ? (value is JsonObject && last ? value.DeepClone() : JsonNode.Parse(element[2..])!) : JsonNode.Parse(element[2..])!;
                list.Add(item);
            }
            at = item;
        }
    }

    public static void Remove(JsonObject root, string path)
    {
        int cut = path.LastIndexOf(Separator);
        JsonNode? parent = cut < 0 ? root : Get(root, path[..cut]);
        string element = path[(cut + 1)..];
        if (parent is JsonObject map && element.StartsWith("f:", StringComparison.Ordinal))
        {
            map.Remove(element[2..]);
        }
        else if (parent is JsonArray list && Child(list, element) is { } item)
        {
            list.Remove(item);
        }
        if (cut > 0 && parent is JsonObject { Count: 0 } or JsonArray { Count: 0 })
        {
            Remove(root, path[..cut]);
        }
    }

    private static JsonNode? Child(JsonNode? at, string element)
    {
        if (element.StartsWith("f:", StringComparison.Ordinal))
        {
            return at is JsonObject map ? map[element[2..]] : null;
        }
        if (at is not JsonArray list)
        {
            return null;
        }
        if (element.StartsWith("v:", StringComparison.Ordinal))
        {
            return list.FirstOrDefault(v => v?.ToJsonString() == element[2..]);
        }
        var key = (JsonObject)JsonNode.Parse(element[2..])!;
        return list.OfType<JsonObject>().FirstOrDefault(item => key.All(p => JsonNode.DeepEquals(p.Value, item[p.Key] ?? Default(p.Key))));
    }

    private static JsonNode? Default(string key) => key == "protocol" ? JsonValue.Create("TCP") : null;

    private static void Walk(JsonNode? node, string path, string name, bool keyedLists, HashSet<string> paths)
    {
        switch (node)
        {
            case null:
                return;
            case JsonObject map when map.Count > 0 && !(keyedLists && AtomicMaps.Contains(name) && map.All(p => p.Value is JsonValue or JsonObject)):
                foreach ((string key, JsonNode? value) in map)
                {
                    Walk(value, $"{path}{Separator}f:{key}", key, keyedLists, paths);
                }
                return;
            case JsonArray list when keyedLists && name == "finalizers":
                foreach (JsonNode? item in list)
                {
                    paths.Add($"{path}{Separator}v:{item!.ToJsonString()}");
                }
                return;
            case JsonArray list when keyedLists && KeysOf(name, list) is { } keys:
                foreach (JsonObject item in list.OfType<JsonObject>())
                {
                    var key = new JsonObject(keys.Select(k => KeyValuePair.Create(k, (item[k] ?? Default(k))?.DeepClone())).Where(p => p.Value is not null));
                    string itemPath = $"{path}{Separator}k:{key.ToJsonString()}";
                    paths.Add(itemPath);
                    foreach ((string field, JsonNode? value) in item)
                    {
                        Walk(value, $"{itemPath}{Separator}f:{field}", field, keyedLists, paths);
                    }
                }
                return;
            default:
                paths.Add(path);
                return;
        }
    }

    private static string[]? KeysOf(string name, JsonArray list)
    {
        if (name == "ports" && list.OfType<JsonObject>().Any(p => p["containerPort"] is null))
        {
            name = "servicePorts";
        }
        return ListKeys.TryGetValue(name, out string[]? keys) && list.All(i => i is JsonObject o && o[keys[0]] is not null) ? keys : null;
    }

    private static void Read(JsonObject fields, string prefix, HashSet<string> paths)
    {
        foreach ((string key, JsonNode? value) in fields)
        {
            if (key == ".")
            {
                if (prefix.Length > 0)
                {
                    paths.Add(prefix);
                }
                continue;
            }
            string path = prefix.Length == 0 ? key : prefix + Separator + key;
            if (value is JsonObject { Count: > 0 } child)
            {
                Read(child, path, paths);
            }
            else
            {
                paths.Add(path);
            }
        }
    }
}
