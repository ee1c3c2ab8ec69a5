using System.Text;

namespace ArgoBootstrap.TestSupport.Secrets;

/// <summary>Secrets that tests use, each with a mark by which it is recognised wherever it turns up.</summary>
public static class PlantedSecrets
{
    /// <summary>The mark of every planted secret.</summary>
    public const string Mark = "pl4nted";

    private static readonly string[] Forms = [Mark, .. Enumerable.Range(0, 3).Select(Base64Inside)];

    /// <summary>A secret that no other run has.</summary>
    /// <param name="name">What it is for.</param>
    public static string Create(string name) => $"{Mark}-{name}-{Guid.NewGuid():N}";

    /// <summary>The places of planted secrets in a text, plain or in base64, each with a little of what stands before it.</summary>
    public static IEnumerable<string> Find(string text)
    {
        foreach (string form in Forms)
        {
            for (int at = text.IndexOf(form, StringComparison.Ordinal); at >= 0; at = text.IndexOf(form, at + 1, StringComparison.Ordinal))
            {
                int start = Math.Max(0, at - 60);
                // What is told must not be another leak: the secret itself is cut off.
                yield return $"...{text[start..at].ReplaceLineEndings(" ")}[{(form == Mark ? "planted secret" : "planted secret in base64")}]";
            }
        }
    }

    /// <summary>The same in the bytes of a file, whether they are UTF-8 or UTF-16.</summary>
    public static IEnumerable<string> Find(ReadOnlySpan<byte> bytes) => [.. Find(Encoding.Latin1.GetString(bytes)), .. Find(Encoding.Latin1.GetString(bytes).Replace("\0", "", StringComparison.Ordinal)).Take(bytes.Contains((byte)0) ? int.MaxValue : 0)];

    /// <summary>The part of the mark's base64 that does not depend on what stands around it.</summary>
    private static string Base64Inside(int offset)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', offset) + Mark));
        int first = offset == 0 ? 0 : offset + 1;
        int whole = (offset + Mark.Length) / 3 * 4;
        return encoded[first..whole];
    }
}
