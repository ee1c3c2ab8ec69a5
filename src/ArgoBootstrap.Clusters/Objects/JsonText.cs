using System.Text.Encodings.Web;
using System.Text.Json;

namespace ArgoBootstrap.Clusters.Objects;

/// <summary>How JSON is written for people.</summary>
internal static class JsonText
{
    /// <summary>Without escapes that only HTML needs.</summary>
    public static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
