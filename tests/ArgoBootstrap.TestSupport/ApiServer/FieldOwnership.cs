using System.Globalization;
using System.Text.Json.Nodes;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>Keeps <c>metadata.managedFields</c>: server-side apply with conflicts, and who owns what after an update.</summary>
internal static class FieldOwnership
{
    public sealed record Conflict(string Manager, string Field);

    /// <summary>Applies a configuration.</summary>
    /// <param name="live">What is there; null for nothing.</param>
    /// <param name="config">The configuration.</param>
    /// <param name="type">Its type.</param>
    /// <param name="manager">Who applies.</param>
    /// <param name="force">Whether to take fields over.</param>
    /// <param name="conflicts">Fields of others; the object is not to be stored when there are any.</param>
    /// <returns>The object afterwards; <paramref name="live"/> itself when nothing changed.</returns>
    public static JsonObject Apply(JsonObject? live, JsonObject config, ServedType type, string manager, bool force, out IReadOnlyList<Conflict> conflicts)
    {
        bool IncludeTop(string key) => key != "status" || !type.HasStatus;
        HashSet<string> wanted = FieldPaths.Of(config, type.IsBuiltIn, IncludeTop);
        List<Entry> entries = Entries(live);
        Entry? own = entries.FirstOrDefault(e => e is { Operation: "Apply", Subresource: "" } && e.Manager == manager);
        List<Entry> others = [.. entries.Where(e => !ReferenceEquals(e, own))];
        var found = new List<Conflict>();
        foreach (Entry other in others)
        {
            foreach (string path in wanted.Where(p => other.Paths.Contains(p) && !FieldPaths.IsItem(p)).ToList())
            {
                if (live is not null && !JsonNode.DeepEquals(FieldPaths.Get(live, path), FieldPaths.Get(config, path)))
                {
                    if (force)
                    {
                        other.Paths.Remove(path);
                    }
                    else
                    {
                        found.Add(new Conflict(other.Manager, FieldPaths.Display(path)));
                    }
                }
            }
        }
        conflicts = found;
        if (found.Count > 0)
        {
            return live!;
        }
        JsonObject result = live is null ? Skeleton(config) : (JsonObject)live.DeepClone();
        foreach (string path in own?.Paths.Where(p => !wanted.Contains(p)) ?? [])
        {
            if (!others.Any(o => o.Paths.Contains(path) || o.Paths.Any(p => FieldPaths.IsBelow(p, path))) && !wanted.Any(w => FieldPaths.IsBelow(w, path)))
            {
                FieldPaths.Remove(result, path);
            }
        }
        foreach (string path in wanted.Order(StringComparer.Ordinal))
        {
            if (!FieldPaths.IsItem(path) || FieldPaths.Get(result, path) is null)
            {
                FieldPaths.Set(result, path, FieldPaths.Get(config, path));
            }
        }
        bool sameFields = own is not null && own.Paths.SetEquals(wanted);
        if (live is not null && (sameFields || (own is null && wanted.Count == 0)) && Same(live, result))
        {
            return live;
        }
        others.RemoveAll(o => o.Paths.Count == 0);
        if (wanted.Count > 0)
        {
            others.Insert(0, new Entry(manager, "Apply", "", type.ApiVersion, Now(), wanted));
        }
        Write(result, others);
        return result;
    }

    /// <summary>Notes who changed what in an update.</summary>
    public static void Update(JsonObject? before, JsonObject after, ServedType type, string manager, string subresource)
    {
        List<Entry> entries = Entries(after);
        bool Include(string key) => true;
        HashSet<string> now = FieldPaths.Of(after, type.IsBuiltIn, Include);
        HashSet<string> changed = before is null ? [.. now] : [.. now.Where(p => !FieldPaths.IsItem(p) ? !JsonNode.DeepEquals(FieldPaths.Get(before, p), FieldPaths.Get(after, p)) : FieldPaths.Get(before, p) is null)];
        Entry? own = entries.FirstOrDefault(e => e.Operation == "Update" && e.Manager == manager && e.Subresource == subresource);
        foreach (Entry other in entries.Where(e => !ReferenceEquals(e, own)))
        {
            other.Paths.RemoveWhere(p => changed.Contains(p) && !FieldPaths.IsItem(p));
            other.Paths.RemoveWhere(p => FieldPaths.Get(after, p) is null);
        }
        if (changed.Count > 0)
        {
            HashSet<string> paths = own is null ? changed : [.. own.Paths.Union(changed).Where(p => FieldPaths.Get(after, p) is not null)];
            if (own is not null)
            {
                entries.Remove(own);
            }
            entries.Add(new Entry(manager, "Update", subresource, type.ApiVersion, Now(), paths));
        }
        entries.RemoveAll(e => e.Paths.Count == 0);
        Write(after, entries);
    }

    private static JsonObject Skeleton(JsonObject config) => new()
    {
        ["apiVersion"] = config["apiVersion"]?.DeepClone(),
        ["kind"] = config["kind"]?.DeepClone(),
        ["metadata"] = new JsonObject
        {
            ["name"] = config["metadata"]?["name"]?.DeepClone(),
        },
    };

    private static bool Same(JsonObject a, JsonObject b) => JsonNode.DeepEquals(WithoutManagedFields(a), WithoutManagedFields(b));

    private static JsonObject WithoutManagedFields(JsonObject item)
    {
        var copy = (JsonObject)item.DeepClone();
        (copy["metadata"] as JsonObject)?.Remove("managedFields");
        return copy;
    }

    private static List<Entry> Entries(JsonObject? item) =>
    [
        .. (item?["metadata"]?["managedFields"] as JsonArray ?? []).OfType<JsonObject>().Where(e => e.Count > 0).Select(e => new Entry(
            (string?)e["manager"] ?? "", (string?)e["operation"] ?? "", (string?)e["subresource"] ?? "", (string?)e["apiVersion"] ?? "", (string?)e["time"] ?? "",
            FieldPaths.FromFieldsV1(e["fieldsV1"] as JsonObject))),
    ];

    private static void Write(JsonObject item, List<Entry> entries)
    {
        var all = new JsonArray();
        foreach (Entry entry in entries)
        {
            var written = new JsonObject
            {
                ["manager"] = entry.Manager, ["operation"] = entry.Operation, ["apiVersion"] = entry.ApiVersion, ["time"] = entry.Time,
                ["fieldsType"] = "FieldsV1", ["fieldsV1"] = FieldPaths.ToFieldsV1(entry.Paths),
            };
            if (entry.Subresource.Length > 0)
            {
                written["subresource"] = entry.Subresource;
            }
            all.Add(written);
        }
        item["metadata"]!["managedFields"] = all;
    }

    private static string Now() => DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Entry(string Manager, string Operation, string Subresource, string ApiVersion, string Time, HashSet<string> Paths);
}
