using System.Text.Json.Nodes;

namespace ArgoBootstrap.Clusters.Applying;

/// <summary>Sets of fields in the form of <c>fieldsV1</c>: nested objects whose keys are <c>f:field</c>, <c>k:{key}</c>, <c>v:value</c>, <c>i:index</c>, and <c>.</c> for the node itself.</summary>
internal static class FieldSet
{
    /// <summary>Adds every field of one set to another.</summary>
    public static void UnionInto(JsonObject target, JsonObject other)
    {
        foreach ((string key, JsonNode? value) in other)
        {
            if (value is not JsonObject child)
            {
                continue;
            }
            if (target[key] is JsonObject existing)
            {
                UnionInto(existing, child);
            }
            else
            {
                target[key] = child.DeepClone();
            }
        }
    }
}
