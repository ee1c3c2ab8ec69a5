using System.Globalization;
using System.Text.Json.Nodes;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>Creates, changes and deletes objects, with what the server itself does on the way: generations, status, finalizers, namespaces that end, definitions that are established.</summary>
internal sealed class ObjectWriter(ObjectStore store, ApiServerOptions options, Action<IEnumerable<ServedType>> addTypes, Action<string, string> removeTypes)
{
    private static readonly ServedType Namespaces = TypeTable.BuiltIn[0];

    public void Seed(ServedType type, JsonObject item)
    {
        lock (store.Gate)
        {
            Create(type, "", item, new WriteQuery("kube-apiserver", false, false, "application/json"));
        }
    }

    public (int, JsonObject) Create(ServedType type, string ns, JsonObject body, WriteQuery query)
    {
        string name = NameOf(body);
        if (store.Get(type, ns, name) is not null)
        {
            throw new ApiFailure(409, "AlreadyExists", $"{type.Plural} \"{name}\" already exists");
        }
        var item = (JsonObject)body.DeepClone();
        if (type.HasStatus)
        {
            item.Remove("status");
        }
        FieldOwnership.Update(null, item, type, query.Manager, "");
        return (201, Store(type, ns, name, null, item, query));
    }

    public (int, JsonObject) Replace(ServedType type, string ns, ApiPath target, JsonObject body, WriteQuery query)
    {
        JsonObject before = store.Get(type, ns, target.Name) ?? throw ApiFailure.NotFound(type, target.Name);
        return (200, Update(type, ns, target, before, (JsonObject)body.DeepClone(), query));
    }

    public (int, JsonObject) Patch(ServedType type, string ns, ApiPath target, JsonObject body, WriteQuery query)
    {
        JsonObject? before = store.Get(type, ns, target.Name);
        switch (query.ContentType)
        {
            case "application/apply-patch+yaml":
                return Apply(type, ns, target, before, body, query);
            case "application/merge-patch+json":
                return (200, Update(type, ns, target, Found(), (JsonObject)Merge(Found().DeepClone(), body)!, query));
            case "application/json-patch+json":
                return (200, Update(type, ns, target, Found(), JsonPatches.Apply(Found(), (JsonArray)body["patch"]!), query));
            default:
                throw new ApiFailure(415, "UnsupportedMediaType", $"the body of the request was in an unknown format: {query.ContentType}");
        }

        JsonObject Found() => before ?? throw ApiFailure.NotFound(type, target.Name);
    }

    public (int, JsonObject) Delete(ServedType type, string ns, string name, JsonObject? body)
    {
        JsonObject item = store.Get(type, ns, name) ?? throw ApiFailure.NotFound(type, name);
        if ((string?)body?["preconditions"]?["uid"] is { } uid && uid != (string?)item["metadata"]!["uid"])
        {
            throw new ApiFailure(409, "Conflict", $"Precondition failed: UID in precondition: {uid}, UID in object meta: {item["metadata"]!["uid"]}");
        }
        if (body?["dryRun"] is JsonArray { Count: > 0 })
        {
            return (200, item);
        }
        var changed = (JsonObject)item.DeepClone();
        changed["metadata"]!["deletionTimestamp"] ??= Now();
        if (type == Namespaces)
        {
            changed["status"] = new JsonObject { ["phase"] = "Terminating" };
            store.Put(type, ns, name, changed);
            foreach ((ServedType memberType, JsonObject member) in store.InNamespace(name))
            {
                Delete(memberType, name, NameOf(member), null);
            }
            EndNamespaceIfEmpty(name);
            return (200, changed);
        }
        if (changed["metadata"]!["finalizers"] is JsonArray { Count: > 0 })
        {
            store.Put(type, ns, name, changed);
            return (200, changed);
        }
        Remove(type, ns, name, item);
        return (200, new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Success" });
    }

    private (int, JsonObject) Apply(ServedType type, string ns, ApiPath target, JsonObject? before, JsonObject config, WriteQuery query)
    {
        if (config["metadata"]?["managedFields"] is not null)
        {
            throw new ApiFailure(400, "BadRequest", "metadata.managedFields must be nil");
        }
        DeclaredFields.Require(type, ns, target.Name, config);
        if (target.Subresource == "status")
        {
            JsonObject live = before ?? throw ApiFailure.NotFound(type, target.Name);
            var merged = (JsonObject)live.DeepClone();
            merged["status"] = config["status"]?.DeepClone();
            return (200, Update(type, ns, target, live, merged, query));
        }
        JsonObject after = FieldOwnership.Apply(before, config, type, query.Manager, query.Force, out IReadOnlyList<FieldOwnership.Conflict> conflicts);
        if (conflicts.Count > 0)
        {
            var causes = new JsonArray([.. conflicts.Select(c => new JsonObject { ["reason"] = "FieldManagerConflict", ["message"] = $"conflict with \"{c.Manager}\" using {type.ApiVersion}", ["field"] = c.Field })]);
            throw new ApiFailure(409, "Conflict", $"Apply failed with {conflicts.Count} conflict(s): {string.Join("; ", conflicts.Select(c => $"conflict with \"{c.Manager}\": {c.Field}"))}", causes);
        }
        return ReferenceEquals(after, before) ? (200, before!) : (before is null ? 201 : 200, Store(type, ns, target.Name, before, after, query));
    }

    private JsonObject Update(ServedType type, string ns, ApiPath target, JsonObject before, JsonObject after, WriteQuery query)
    {
        JsonNode metadata = after["metadata"]!;
        if ((string?)metadata["resourceVersion"] is { Length: > 0 } version && version != (string?)before["metadata"]!["resourceVersion"])
        {
            throw new ApiFailure(409, "Conflict", $"Operation cannot be fulfilled on {type.Plural} \"{target.Name}\": the object has been modified; please apply your changes to the latest version and try again");
        }
        if (target.Subresource == "status")
        {
            var status = (JsonObject)before.DeepClone();
            status["status"] = after["status"]?.DeepClone();
            after = status;
        }
        else if (type.HasStatus)
        {
            after["status"] = before["status"]?.DeepClone();
        }
        if (JsonNode.DeepEquals(before, after))
        {
            return before;
        }
        FieldOwnership.Update(before, after, type, query.Manager, target.Subresource);
        return Store(type, ns, target.Name, before, after, query);
    }

    private JsonObject Store(ServedType type, string ns, string name, JsonObject? before, JsonObject item, WriteQuery query)
    {
        if (type.IsNamespaced)
        {
            JsonObject parent = store.Get(Namespaces, "", ns) ?? throw new ApiFailure(404, "NotFound", $"namespaces \"{ns}\" not found");
            if (before is null && parent["metadata"]!["deletionTimestamp"] is not null)
            {
                throw new ApiFailure(403, "Forbidden", $"{type.Plural} \"{name}\" is forbidden: unable to create new content in namespace {ns} because it is being terminated");
            }
        }
        if (options.Admission?.Invoke(item) is { } refusal)
        {
            throw new ApiFailure(400, "BadRequest", $"admission webhook \"test.example.com\" denied the request: {refusal}");
        }
        JsonNode metadata = item["metadata"]!;
        metadata["name"] = name;
        if (type.IsNamespaced)
        {
            metadata["namespace"] = ns;
        }
        metadata["uid"] = before?["metadata"]!["uid"]?.DeepClone() ?? Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = before?["metadata"]!["creationTimestamp"]?.DeepClone() ?? Now();
        bool specChanged = before is not null && item.Any(p => p.Key is not ("metadata" or "status" or "apiVersion" or "kind") && !JsonNode.DeepEquals(p.Value, before[p.Key]));
        metadata["generation"] = before is null ? 1 : ((long?)before["metadata"]!["generation"] ?? 1) + (specChanged ? 1 : 0);
        if (before is null && type == Namespaces)
        {
            item["status"] = new JsonObject { ["phase"] = "Active" };
        }
        if (query.DryRun)
        {
            metadata["resourceVersion"] = before?["metadata"]!["resourceVersion"]?.DeepClone();
            return item;
        }
        if (metadata["deletionTimestamp"] is not null && metadata["finalizers"] is not JsonArray { Count: > 0 } && type != Namespaces)
        {
            Remove(type, ns, name, item);
            return item;
        }
        store.Put(type, ns, name, item);
        if (type.Kind == "CustomResourceDefinition" && before is null)
        {
            _ = EstablishAsync(type, name);
        }
        return item;
    }

    private void Remove(ServedType type, string ns, string name, JsonObject item)
    {
        store.Remove(type, ns, name);
        if (type.Kind == "CustomResourceDefinition")
        {
            removeTypes((string?)item["spec"]?["group"] ?? "", (string?)item["spec"]?["names"]?["plural"] ?? "");
        }
        if (ns.Length > 0 && store.Get(Namespaces, "", ns)?["metadata"]?["deletionTimestamp"] is not null)
        {
            EndNamespaceIfEmpty(ns);
        }
    }

    private void EndNamespaceIfEmpty(string ns)
    {
        if (options.EndsNamespaces && store.InNamespace(ns).Count == 0)
        {
            store.Remove(Namespaces, "", ns);
        }
    }

    private async Task EstablishAsync(ServedType type, string name)
    {
        await Task.Delay(options.DefinitionDelay);
        lock (store.Gate)
        {
            if (store.Get(type, "", name) is not { } live)
            {
                return;
            }
            JsonNode spec = live["spec"]!;
            addTypes((spec["versions"] as JsonArray ?? []).OfType<JsonObject>().Where(v => (bool?)v["served"] ?? true).Select(v => new ServedType(
                (string)spec["group"]!, (string)v["name"]!, (string)spec["names"]!["kind"]!, (string)spec["names"]!["plural"]!,
                (string?)spec["scope"] == "Namespaced", v["subresources"]?["status"] is not null, false)));
            var changed = (JsonObject)live.DeepClone();
            changed["status"] = new JsonObject
            {
                ["conditions"] = new JsonArray(
                    new JsonObject { ["type"] = "NamesAccepted", ["status"] = "True", ["reason"] = "NoConflicts" },
                    new JsonObject { ["type"] = "Established", ["status"] = "True", ["reason"] = "InitialNamesAccepted" }),
            };
            FieldOwnership.Update(live, changed, type, "kube-apiserver", "status");
            store.Put(type, "", name, changed);
        }
    }

    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }
        JsonObject result = target as JsonObject ?? [];
        foreach ((string key, JsonNode? value) in changes)
        {
            if (value is null)
            {
                result.Remove(key);
                continue;
            }
            JsonNode? current = result[key];
            result.Remove(key);
            result[key] = Merge(current, value);
        }
        return result;
    }

    private static string NameOf(JsonObject item) => (string?)item["metadata"]?["name"] ?? throw new ApiFailure(422, "Invalid", "metadata.name: Required value: name or generateName is required");

    private static string Now() => DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
