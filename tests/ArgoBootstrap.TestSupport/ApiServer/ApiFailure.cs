using System.Text.Json.Nodes;

namespace ArgoBootstrap.TestSupport.ApiServer;

/// <summary>An answer that is a failure, with the Status object that explains it.</summary>
internal sealed class ApiFailure(int code, string reason, string message, JsonArray? causes = null) : Exception(message)
{
    public int Code { get; } = code;

    public JsonObject Status { get; } = Make(code, reason, message, causes);

    public static JsonObject Make(int code, string reason, string message, JsonArray? causes = null) => new()
    {
        ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Failure",
        ["message"] = message, ["reason"] = reason, ["code"] = code,
        ["details"] = new JsonObject { ["causes"] = causes ?? [] },
    };

    public static ApiFailure NotFound(ServedType type, string name) =>
        new(404, "NotFound", $"{type.Plural}{(type.Group.Length > 0 ? "." + type.Group : "")} \"{name}\" not found");
}
