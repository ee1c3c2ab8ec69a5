using System.Text.Json.Nodes;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>What the server holds, and everything that happened to it. Locked by whoever uses it.</summary>
internal sealed class ObjectStore
{
    private readonly SortedDictionary<string, (ServedType Type, JsonObject Item)> _items = new(StringComparer.Ordinal);
    private readonly List<StoreEvent> _events = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Lock Gate { get; } = new();

    public long Version { get; private set; } = 1;

    /// <summary>Events up to here are forgotten: a watch that starts earlier is told 410.</summary>
    public long CompactedTo { get; private set; }

    public static string Key(ServedType type, string ns, string name) => $"{type.Group}/{type.Plural}/{ns}/{name}";

    public JsonObject? Get(ServedType type, string ns, string name) => _items.TryGetValue(Key(type, ns, name), out var found) ? found.Item : null;

    public IEnumerable<JsonObject> List(ServedType type, string ns) =>
        _items.Values.Where(v => v.Type.Group == type.Group && v.Type.Plural == type.Plural && (ns.Length == 0 || (string?)v.Item["metadata"]!["namespace"] == ns)).Select(v => v.Item);

    public IReadOnlyList<(ServedType Type, JsonObject Item)> InNamespace(string ns) =>
        [.. _items.Values.Where(v => (string?)v.Item["metadata"]!["namespace"] == ns)];

    public void Put(ServedType type, string ns, string name, JsonObject item)
    {
        string key = Key(type, ns, name);
        bool isNew = !_items.ContainsKey(key);
        item["metadata"]!["resourceVersion"] = (++Version).ToString(System.Globalization.CultureInfo.InvariantCulture);
        _items[key] = (type, item);
        Record(new StoreEvent(Version, isNew ? "ADDED" : "MODIFIED", type, ns, (JsonObject)item.DeepClone()));
    }

    public void Remove(ServedType type, string ns, string name)
    {
        if (_items.Remove(Key(type, ns, name), out var removed))
        {
            var last = (JsonObject)removed.Item.DeepClone();
            last["metadata"]!["resourceVersion"] = (++Version).ToString(System.Globalization.CultureInfo.InvariantCulture);
            Record(new StoreEvent(Version, "DELETED", type, ns, last));
        }
    }

    public void Compact()
    {
        _events.Clear();
        CompactedTo = ++Version;
        Pulse();
    }

    public IReadOnlyList<StoreEvent> EventsAfter(long version) => [.. _events.SkipWhile(e => e.Version <= version)];

    public Task WaitForChange() => _changed.Task;

    private void Record(StoreEvent happened)
    {
        _events.Add(happened);
        Pulse();
    }

    private void Pulse()
    {
        TaskCompletionSource before = _changed;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        before.SetResult();
    }
}

internal sealed record StoreEvent(long Version, string Kind, ServedType Type, string Namespace, JsonObject Item);
