using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>
/// Tells whether applying an object would change nothing. A server takes seconds to find that out about a large
/// CustomResourceDefinition, and reading one takes it milliseconds. The answer is yes only when it is certain: when we own
/// exactly the fields that are applied (fieldsV1 of our entry in managedFields), and each has the applied value. Values that
/// the server writes in another way (quantities, write-only fields) and rare forms make it no, and the server decides.
/// </summary>
internal static class AppliedState
{
    private static readonly string[] Identity = ["name", "namespace", "creationTimestamp"];

    /// <summary>Whether applying changes nothing.</summary>
    /// <param name="item">What would be applied.</param>
    /// <param name="live">The whole live object.</param>
    /// <param name="manager">Who would apply it.</param>
    public static bool IsCurrent(ClusterObject item, JsonObject live, string manager)
    {
        JsonObject? entry = ChangeDetector.OwnEntry(live, manager);
        if (entry?["fieldsV1"] is not JsonObject fields
            || (string?)entry["apiVersion"] != item.Reference.Type.ApiVersion
            || (string?)live["apiVersion"] != item.Reference.Type.ApiVersion
            || live["metadata"]?["deletionTimestamp"] is not null)
        {
            return false;
        }
        JsonObject content = item.Content;
        int named = 0;
        foreach ((string key, JsonNode? value) in content)
        {
            if (key is "apiVersion" or "kind")
            {
                continue;
            }
            if (key == "metadata")
            {
                if (value is not JsonObject metadata || live[key] is not JsonObject liveMetadata || !AreSameMetadata(fields["f:metadata"] as JsonObject, metadata, liveMetadata))
                {
                    return false;
                }
                named += fields.ContainsKey("f:metadata") ? 1 : 0;
                continue;
            }
            if (fields["f:" + key] is not JsonObject owned || !AreSame(owned, value, live[key]))
            {
                return false;
            }
            named++;
        }
        return named == fields.Count;
    }

    private static bool AreSameMetadata(JsonObject? owned, JsonObject metadata, JsonObject live)
    {
        int named = 0;
        foreach ((string key, JsonNode? value) in metadata)
        {
            if (Identity.Contains(key))
            {
                continue;
            }
            if (owned?["f:" + key] is not JsonObject field || !AreSame(field, value, live[key]))
            {
                return false;
            }
            named++;
        }
        return named == (owned?.Count(p => p.Key != ".") ?? 0);
    }

    private static bool AreSame(JsonObject owned, JsonNode? applied, JsonNode? live)
    {
        if (applied is null || live is null)
        {
            return false;
        }
        if (owned.Count == 0)
        {
            // A value, or a list or map that is owned as a whole.
            return AreEqual(applied, live);
        }
        return (applied, live) switch
        {
            (JsonObject a, JsonObject l) => AreSameFields(owned, a, l),
            (JsonArray a, JsonArray l) => AreSameItems(owned, a, l),
            _ => false,
        };
    }

    private static bool AreSameFields(JsonObject owned, JsonObject applied, JsonObject live)
    {
        int named = 0;
        foreach ((string key, JsonNode? value) in applied)
        {
            if (owned["f:" + key] is not JsonObject field || !AreSame(field, value, live[key]))
            {
                return false;
            }
            named++;
        }
        return named == owned.Count(p => p.Key != ".");
    }

    /// <summary>Items of a list by their keys, or of a set by their values. Their order counts: applying could change it.</summary>
    private static bool AreSameItems(JsonObject owned, JsonArray applied, JsonArray live)
    {
        List<Member> members = [.. owned.Where(p => p.Key != ".").Select(p => Member.Read(p.Key, p.Value as JsonObject ?? []))];
        if (members.Count != applied.Count)
        {
            return false;
        }
        int after = -1;
        foreach (JsonNode? item in applied)
        {
            Member[] named = [.. members.Where(m => m.Names(item, mayMiss: true))];
            if (named is not [{ } member])
            {
                return false;
            }
            members.Remove(member);
            int[] places = [.. Enumerable.Range(0, live.Count).Where(i => member.Names(live[i], mayMiss: false))];
            if (places is not [int at] || at <= after || (member.HasKeys && !AreSame(member.Fields, item, live[at])))
            {
                return false;
            }
            after = at;
        }
        return true;
    }

    private static bool AreEqual(JsonNode? left, JsonNode? right) => (left, right) switch
    {
        (null, null) => true,
        (JsonObject l, JsonObject r) => l.Count == r.Count && l.All(p => r.TryGetPropertyValue(p.Key, out JsonNode? other) && AreEqual(p.Value, other)),
        (JsonArray l, JsonArray r) => l.Count == r.Count && l.Zip(r).All(p => AreEqual(p.First, p.Second)),
        (JsonValue l, JsonValue r) => l.GetValueKind() == r.GetValueKind() && (l.GetValueKind() == JsonValueKind.String ? (string?)l == (string?)r : l.ToJsonString() == r.ToJsonString()),
        _ => false,
    };

    /// <summary>What names an item of a list: <c>k:{...}</c> its keys, <c>v:...</c> its value; anything else names none.</summary>
    private sealed record Member(bool HasKeys, JsonNode? Wanted, JsonObject Fields)
    {
        public static Member Read(string name, JsonObject fields) =>
            name.Length > 2 && name[1] == ':' && name[0] is 'k' or 'v' ? new Member(name[0] == 'k', JsonNode.Parse(name[2..]), fields) : new Member(false, null, fields);

        /// <summary>Whether it names an item. What is applied may leave out a key that has a default, such as a port's protocol.</summary>
        public bool Names(JsonNode? item, bool mayMiss) => HasKeys
            ? Wanted is JsonObject keys && item is JsonObject fields && keys.All(k => fields[k.Key] is { } value ? AreEqual(k.Value, value) : mayMiss)
            : Wanted is not null && item is not null && AreEqual(Wanted, item);
    }
}
