using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>What an API server answered, success or not.</summary>
public sealed class ApiResponse
{
    private JsonObject? _json;

    internal ApiResponse(int statusCode, byte[] body, string contentType, int attempts)
    {
        StatusCode = statusCode;
        Body = body;
        ContentType = contentType;
        Attempts = attempts;
    }

    /// <summary>HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>The body as it came.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Media type of the body, with its parameters; empty when there is none.</summary>
    public string ContentType { get; }

    /// <summary>How many tries it took.</summary>
    public int Attempts { get; }

    /// <summary>When the server answered, by its own clock; null when it does not say.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    /// <summary>Where the server sends to instead, without a query; empty when it does not.</summary>
    internal string Location { get; init; } = "";

    /// <summary>How long the server asks to wait; null when it does not.</summary>
    internal TimeSpan? RetryAfter { get; init; }

    /// <summary>Makes the error for an answer that is not JSON; null for one that does not name the server.</summary>
    internal Func<ApiResponse, OperationException>? NotJson { get; init; }

    /// <summary>Whether the status is 2xx.</summary>
    public bool IsSuccess => StatusCode is >= 200 and < 300;

    /// <summary>The body as a JSON object; each call gives the same one.</summary>
    /// <exception cref="OperationException">The body is not a JSON object.</exception>
    public JsonObject Json => _json ??= Parse();

    /// <summary>What the server says about a failure; empty values when it says nothing that can be read.</summary>
    public ApiStatus Status => ApiStatus.Read(Body.Span, StatusCode);

    private JsonObject Parse()
    {
        try
        {
            if (JsonNode.Parse(Body.Span) is JsonObject parsed)
            {
                return parsed;
            }
        }
        catch (JsonException)
        {
            // Told below.
        }
        throw NotJson?.Invoke(this) ?? new OperationException(
            ClusterErrorIds.UnexpectedAnswer,
            "The server answered with something that is not a JSON object.",
            "Check that the kubeconfig's server is a Kubernetes API server and that no proxy or login page stands before it.")
        {
            StatusCode = StatusCode,
        };
    }
}
