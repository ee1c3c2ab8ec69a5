using System.Collections;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Core.Auditing;

/// <summary>
/// The form of a line: a JSON object whose last field, <c>hash</c>, is the SHA-256 of the line's text before that field. The
/// text holds the hash of the line before, so that no line can be changed, taken out or put in without the next one telling.
/// </summary>
internal static class AuditLine
{
    public const int FormatVersion = 1;

    /// <summary>What the first line names as the one before it.</summary>
    public static readonly string NoHash = new('0', 64);

    /// <summary>Set in a line that was written after lines whose seal was missing.</summary>
    public const string SealLostField = "sealLost";

    private const string HashField = ",\"hash\":\"";
    private const int LongestValue = 2000;
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(AuditRecord record, long sequence, string previousHash, bool isSealLost, SecretMasker masker)
    {
        var line = new JsonObject
        {
            ["v"] = FormatVersion,
            ["seq"] = sequence,
            ["time"] = record.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            ["user"] = record.User,
            ["host"] = record.Host,
            ["pid"] = record.ProcessId,
            ["process"] = record.Process,
            ["cmdlet"] = record.Cmdlet,
            ["parameters"] = Parameters(record.Parameters, masker),
            ["context"] = masker.MaskText(record.Context),
            ["server"] = masker.MaskText(record.Server),
            ["target"] = masker.MaskText(record.Target),
            ["outcome"] = record.Outcome.ToString(),
            ["message"] = Shorten(masker.MaskText(record.Message)),
            ["durationMs"] = (long)record.Duration.TotalMilliseconds,
            ["correlationId"] = record.CorrelationId,
            ["previousHash"] = previousHash,
        };
        if (isSealLost)
        {
            line[SealLostField] = true;
        }
        string text = line.ToJsonString(Options);
        string body = text[..^1];
        return $"{body}{HashField}{Hash(body)}\"}}";
    }

    /// <summary>Reads a line and says whether its hash fits its text.</summary>
    public static bool TryRead(string line, out JsonObject? content, out bool hashFits)
    {
        hashFits = false;
        content = null;
        try
        {
            content = JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return false;
        }
        int at = line.LastIndexOf(HashField, StringComparison.Ordinal);
        if (content is null || at < 0)
        {
            return false;
        }
        hashFits = line[(at + HashField.Length)..].TrimEnd() is { Length: 66 } end && end.EndsWith("\"}", StringComparison.Ordinal) && end[..64] == Hash(line[..at]);
        return true;
    }

    /// <summary>Whether a line is the beginning of a certain record, as a process leaves it that dies while it writes.</summary>
    /// <param name="line">The line.</param>
    /// <param name="sequence">The record's number.</param>
    public static bool IsBeginning(string line, long sequence)
    {
        string beginning = $"{{\"v\":{FormatVersion},\"seq\":{sequence},";
        return !line.EndsWith("\"}", StringComparison.Ordinal) && (line.StartsWith(beginning, StringComparison.Ordinal) || beginning.StartsWith(line, StringComparison.Ordinal));
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text))).ToLowerInvariant();

    private static JsonObject Parameters(IReadOnlyDictionary<string, object?> parameters, SecretMasker masker)
    {
        var result = new JsonObject();
        foreach ((string name, object? value) in parameters)
        {
            result[name] = SecretMasker.IsSecretName(name) && value is not (null or bool) ? SecretMasker.Mask : Value(value, masker);
        }
        return result;
    }

    private static JsonNode? Value(object? value, SecretMasker masker) => value switch
    {
        null => null,
        bool flag => flag,
        int number => number,
        long number => number,
        double number => number,
        string text => Shorten(masker.MaskText(text)),
        Uri or Enum or Guid or TimeSpan or DateTime or DateTimeOffset or Version => Shorten(masker.MaskText(Convert.ToString(value, CultureInfo.InvariantCulture))),
        IDictionary map => new JsonObject(map.Keys.Cast<object>().Select(k => KeyValuePair.Create(
            k.ToString() ?? "", SecretMasker.IsSecretName(k.ToString() ?? "") ? JsonValue.Create(SecretMasker.Mask) : Value(map[k], masker)))),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Take(100).Select(i => Value(i, masker))]),
        // Whatever else it is, its text may show what it holds: credentials and secure strings come here.
        _ => value.GetType().Name,
    };

    private static string Shorten(string text) => text.Length > LongestValue ? text[..LongestValue] + "..." : text;
}
