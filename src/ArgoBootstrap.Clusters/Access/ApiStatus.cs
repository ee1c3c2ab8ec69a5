using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>The <c>Status</c> object with which an API server explains a failure (meta/v1).</summary>
/// <param name="Reason">A word for the failure, such as <c>Conflict</c>.</param>
/// <param name="Message">A sentence.</param>
/// <param name="Causes">Details by field.</param>
public sealed record ApiStatus(string Reason, string Message, IReadOnlyList<ApiStatusCause> Causes)
{
    // How structured-merge-diff, with which servers apply, says that an object does not fit its schema. Servers pass it on with HTTP 500.
    private const string NotTyped = "failed to create typed patch object";

    /// <summary>What an applied object has that its schema does not allow, each as path and reason; null when the failure is another one.</summary>
    internal string? SchemaErrors
    {
        get
        {
            if (!Message.Contains(NotTyped, StringComparison.Ordinal))
            {
                return null;
            }
            int end = Message.IndexOf("): ", StringComparison.Ordinal);
            string errors = (end < 0 ? Message : Message[(end + 3)..]).Trim();
            errors = errors.StartsWith("errors:", StringComparison.Ordinal) ? errors["errors:".Length..] : errors;
            return string.Join("; ", errors.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        }
    }

    /// <summary>The admission webhook that the server could not call (<c>failed calling webhook "..."</c>); null when the failure is another one.</summary>
    internal string? FailedWebhook
    {
        get
        {
            const string mark = "failed calling webhook \"";
            int start = Message.IndexOf(mark, StringComparison.Ordinal);
            int end = start < 0 ? -1 : Message.IndexOf('"', start + mark.Length);
            return end < 0 ? null : Message[(start + mark.Length)..end];
        }
    }

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
