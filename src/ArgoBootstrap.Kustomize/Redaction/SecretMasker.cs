using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace ArgoBootstrap.Kustomize.Redaction;

/// <summary>
/// Takes secrets out of text before it leaves: values that were registered, in every form in which they travel, and what
/// looks like a credential whatever its value. One masker serves a whole operation; it is safe to use from many threads.
/// </summary>
public sealed partial class SecretMasker
{
    /// <summary>What stands where a secret was.</summary>
    public const string Mask = "***";

    /// <summary>Values shorter than this are not searched for in text: they would blank half of every message.</summary>
    private const int ShortestSearched = 4;

    private static readonly HashSet<string> HarmlessValues = new(StringComparer.OrdinalIgnoreCase)
    {
        "true", "false", "null", "none", "admin", "default", "https", "http", "string", "number", "object", "value", "name", "data",
    };

    private readonly ConcurrentDictionary<string, byte> _secrets = new(StringComparer.Ordinal);
    private string[] _ordered = [];

    /// <summary>Registers a secret, with its base64, URL-encoded and JSON-escaped forms.</summary>
    /// <param name="value">The secret; nothing happens when it is null, blank or too short to be searched for.</param>
    public void Add(string? value)
    {
        if (value is null || value.Trim().Length < ShortestSearched || HarmlessValues.Contains(value))
        {
            return;
        }
        string trimmed = value.Trim();
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        AddForm(trimmed);
        AddForm(Convert.ToBase64String(bytes));
        AddForm(Convert.ToBase64String(bytes).TrimEnd('='));
        AddForm(Uri.EscapeDataString(trimmed));
        AddForm(System.Text.Json.JsonEncodedText.Encode(trimmed).Value);
        if (trimmed.Contains('\n', StringComparison.Ordinal))
        {
            // A message may quote one line of a key. The lines that frame it say nothing.
            foreach (string line in trimmed.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length >= 16 && !line.StartsWith("-----", StringComparison.Ordinal))
                {
                    AddForm(line);
                }
            }
        }
    }

    /// <summary>Registers every value below a field that holds secrets: texts, numbers and flags, however deep.</summary>
    /// <param name="value">The field's value; null registers nothing.</param>
    internal void AddAll(System.Text.Json.Nodes.JsonNode? value)
    {
        switch (value)
        {
            case System.Text.Json.Nodes.JsonObject map:
                foreach ((_, System.Text.Json.Nodes.JsonNode? item) in map)
                {
                    AddAll(item);
                }
                break;
            case System.Text.Json.Nodes.JsonArray list:
                foreach (System.Text.Json.Nodes.JsonNode? item in list)
                {
                    AddAll(item);
                }
                break;
            case not null:
                Add(value.GetValueKind() == System.Text.Json.JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString());
                break;
        }
    }

    /// <summary>The text without secrets.</summary>
    /// <param name="text">The text; null gives an empty string.</param>
    public string MaskText(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }
        // Longest first, so that a secret which contains another one is blanked as a whole.
        string[] ordered = _ordered;
        if (ordered.Length != _secrets.Count)
        {
            _ordered = ordered = [.. _secrets.Keys.OrderByDescending(s => s.Length)];
        }
        foreach (string secret in ordered)
        {
            text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }
        text = TypedValue().Replace(text, "$1" + Mask);
        text = PrivateKey().Replace(text, Mask);
        text = AuthorizationValue().Replace(text, "$1 " + Mask);
        text = UrlPassword().Replace(text, "$1" + Mask + "@");
        text = JsonWebToken().Replace(text, Mask);
        return NamedValue().Replace(text, "$1" + Mask);
    }

    /// <summary>Whether a parameter or field of this name holds a secret, whatever its value.</summary>
    /// <param name="name">The name.</param>
    public static bool IsSecretName(string name) => SecretName().IsMatch(name);

    private void AddForm(string form)
    {
        if (form.Length >= ShortestSearched)
        {
            _secrets.TryAdd(form, 0);
        }
    }

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|$)", RegexOptions.Singleline)]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\b(Bearer|Basic)\s+[A-Za-z0-9+/_.=~-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex AuthorizationValue();

    // How structured-merge-diff quotes a value of the wrong type. Of data and stringData it may be a secret that is not known: a
    // number is printed in Go's way (1e+06), and one of three digits is in no list.
    [GeneratedRegex(@"(\.(?:stringData|data)\b[^\n]*?: expected [^\n]*?, got )(?!null|nil)(?:&value\.\w+\{Value:[^\n]*?\}|&?[\[{(][^\n]*|[^\s,;]+)")]
    private static partial Regex TypedValue();

    // The scheme is bounded: without that, a long word would be searched from each of its letters to its end.
    [GeneratedRegex(@"([a-z][a-z0-9+.-]{0,30}://[^\s/:@""']*:)[^\s/@""']+@", RegexOptions.IgnoreCase)]
    private static partial Regex UrlPassword();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*")]
    private static partial Regex JsonWebToken();

    // What goes on in words is about the field: "stringData.password: expected string".
    [GeneratedRegex(@"((?:password|passwd|client[_-]?secret|access[_-]?token|id[_-]?token|refresh[_-]?token|api[_-]?key)[""']?\s*[=:]\s*(?!(?:expected|invalid|required|missing|must|is|unknown|forbidden|duplicate|unsupported)\s)[""']?)[^\s""',;&}]+", RegexOptions.IgnoreCase)]
    private static partial Regex NamedValue();

    [GeneratedRegex("(password|passwd|passphrase|secret|token|credential|api-?key|private-?key|ssh-?key|client-?key|bearer)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
