using System.Text.Json;
using System.Text.Json.Nodes;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>
/// Finds the fields that go away when they are adopted: those of the adopted managers that are neither applied nor owned by
/// anybody else. Which lists have keys, the owned fields say themselves (fieldsV1).
/// </summary>
internal sealed class AdoptedRemovals
{
    private readonly List<Removal> _all = [];

    private AdoptedRemovals()
    {
    }

    /// <summary>The fields.</summary>
    public IReadOnlyList<FieldRemoval> Fields => [.. _all.Select(r => new FieldRemoval(r.Path, r.Manager)).Distinct()];

    /// <summary>Finds them.</summary>
    /// <param name="live">The live object.</param>
    /// <param name="applied">What is applied.</param>
    /// <param name="manager">Who applies.</param>
    /// <param name="from">The managers that are adopted from.</param>
    public static AdoptedRemovals Find(JsonObject live, JsonObject applied, string manager, IReadOnlyList<string> from)
    {
        var result = new AdoptedRemovals();
        if (live["metadata"] is not JsonObject metadata)
        {
            return result;
        }
        List<JsonObject> adopted = ManagedFieldsAdoption.EntriesOf(metadata, from);
        JsonObject[] others =
        [
            .. (metadata["managedFields"] as JsonArray ?? []).OfType<JsonObject>()
                .Where(e => !adopted.Contains(e) && (string?)e["manager"] != manager).Select(e => e["fieldsV1"] as JsonObject).OfType<JsonObject>(),
        ];
        foreach (JsonObject entry in adopted)
        {
            if (entry["fieldsV1"] is JsonObject fields)
            {
                result.Walk(fields, applied, others, new Removal("", (string?)entry["manager"] ?? "", []));
            }
        }
        return result;
    }

    /// <summary>Takes the fields out of an object, as applying does.</summary>
    public void TakeFrom(JsonObject target)
    {
        foreach (Removal removal in _all)
        {
            JsonNode? at = target;
            foreach (string step in removal.Steps.Take(removal.Steps.Count - 1))
            {
                at = FieldStep.Into(at, step);
            }
            FieldStep.Remove(at, removal.Steps[^1]);
        }
    }

    private void Walk(JsonObject fields, JsonNode? applied, IReadOnlyList<JsonObject> others, Removal at)
    {
        foreach ((string step, JsonNode? value) in fields)
        {
            if (step == "." || value is not JsonObject below)
            {
                continue;
            }
            JsonNode? next = FieldStep.Into(applied, step);
            JsonObject[] owners = [.. others.Select(o => o[step] as JsonObject).OfType<JsonObject>()];
            Removal here = at.Into(step);
            bool isWhole = below.All(p => p.Key == ".") || step.StartsWith("k:", StringComparison.Ordinal);
            if (isWhole && next is null && owners.Length == 0)
            {
                _all.Add(here);
            }
            else
            {
                Walk(below, next, owners, here);
            }
        }
    }

    private sealed record Removal(string Path, string Manager, IReadOnlyList<string> Steps)
    {
        public Removal Into(string step) => new(Path + FieldStep.Text(step), Manager, [.. Steps, step]);
    }
}

/// <summary>One step into an object by a key of fieldsV1: <c>f:field</c>, <c>k:{"name":"x"}</c>, <c>v:"value"</c>.</summary>
internal static class FieldStep
{
    public static JsonNode? Into(JsonNode? node, string step)
    {
        string name = step[2..];
        return step[0] switch
        {
            'f' => node is JsonObject fields ? fields[name] : null,
            'k' or 'v' => (node as JsonArray)?.FirstOrDefault(item => Names(step, item)),
            _ => null,
        };
    }

    public static void Remove(JsonNode? node, string step)
    {
        if (node is JsonObject fields)
        {
            fields.Remove(step[2..]);
        }
        else if (node is JsonArray items && items.FirstOrDefault(item => Names(step, item)) is { } found)
        {
            items.Remove(found);
        }
    }

    /// <summary>The step as the server writes it in the path of a conflict.</summary>
    public static string Text(string step) => step[0] switch
    {
        'f' => "." + step[2..],
        'k' when JsonNode.Parse(step[2..]) is JsonObject keys => $"[{string.Join(",", keys.Select(k => $"{k.Key}={k.Value?.ToJsonString()}"))}]",
        _ => $"[{step[2..]}]",
    };

    // What is applied may leave out a key that has a default, such as a port's protocol.
    private static bool Names(string step, JsonNode? item) => step[0] == 'v'
        ? item is not null && JsonNode.DeepEquals(JsonNode.Parse(step[2..]), item)
        : item is JsonObject fields && JsonNode.Parse(step[2..]) is JsonObject keys && keys.Any(k => fields.ContainsKey(k.Key))
            && keys.All(k => !fields.TryGetPropertyValue(k.Key, out JsonNode? value) || Same(k.Value, value));

    private static bool Same(JsonNode? left, JsonNode? right) =>
        JsonNode.DeepEquals(left, right) || (left?.GetValueKind() == JsonValueKind.Number && left.ToJsonString() == right?.ToJsonString());
}
