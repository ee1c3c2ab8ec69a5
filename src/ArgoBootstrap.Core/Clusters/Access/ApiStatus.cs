using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ArgoBootstrap.Core.Clusters.Access;

/// <summary>The <c>Status</c> object with which an API server explains a failure (meta/v1).</summary>
/// <param name="Reason">A word for the failure, such as <c>Conflict</c>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Causes">Details by field.</param>
public sealed record ApiStatus(string Reason, string Message, IReadOnlyList<ApiStatusCause> Causes)
{
    internal static ApiStatus Read(ReadOnlySpan<byte> body, int statusCode)
    {
        try
        {
            if (JsonNode.Parse(body) is JsonObject status && (string?)status["kind"] == "Status")
            {
                var causes = (status["details"]?["causes"] as JsonArray)?
                    .OfType<JsonObject>()
                    .Select(c => new ApiStatusCause((string?)c["reason"] ?? "", (string?)c["message"] ?? "", (string?)c["field"] ?? ""))
                    .ToList();
                return new ApiStatus((string?)status["reason"] ?? "", (string?)status["message"] ?? "", causes ?? []);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A proxy's page, or plain text: its beginning is quoted.
        }
        string text = Encoding.UTF8.GetString(body.Length > 300 ? body[..300] : body).Trim();
        return new ApiStatus("", text.Length > 0 ? text : $"HTTP {statusCode}", []);
    }
}

/// <summary>One detail of a failure.</summary>
/// <param name="Reason">A word, such as <c>FieldManagerConflict</c>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Field">The field, as a path.</param>
public sealed record ApiStatusCause(string Reason, string Message, string Field);
