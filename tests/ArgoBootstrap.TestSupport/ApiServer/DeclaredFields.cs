using System.Text.Json.Nodes;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>Refuses fields that a kind does not declare, in the words and with the status of a real server. Knows a few kinds only.</summary>
internal static class DeclaredFields
{
    private static readonly string[] Common = ["apiVersion", "kind", "metadata"];

    private static readonly Dictionary<string, string[]> TopLevel = new(StringComparer.Ordinal)
    {
        ["ConfigMap"] = ["data", "binaryData", "immutable"],
        ["Deployment"] = ["spec", "status"],
    };

    private static readonly string[] DeploymentSpec =
        ["replicas", "selector", "template", "strategy", "minReadySeconds", "revisionHistoryLimit", "paused", "progressDeadlineSeconds"];

    public static void Require(ServedType type, string ns, string name, JsonObject config)
    {
        if (!TopLevel.TryGetValue(type.Kind, out string[]? top))
        {
            return;
        }
        string[] undeclared =
        [
            .. config.Select(f => f.Key).Except([.. Common, .. top]).Select(f => $".{f}"),
            .. (type.Kind == "Deployment" && config["spec"] is JsonObject spec ? spec.Select(f => f.Key).Except(DeploymentSpec) : []).Select(f => $".spec.{f}"),
        ];
        if (undeclared.Length > 0)
        {
            // The server stops at the first one.
            throw new ApiFailure(500, "", $"failed to create typed patch object ({ns}/{name}; {type.ApiVersion}, Kind={type.Kind}): {undeclared[0]}: field not declared in schema");
        }
    }
}
