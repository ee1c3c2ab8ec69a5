using System.Globalization;
using System.Text;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>What the query of a Git URL says: <c>ref</c> or <c>version</c>, <c>timeout</c>, <c>submodules</c>. What cannot be understood counts as not said, as in kustomize.</summary>
/// <param name="Ref">Branch, tag or commit; empty for the default branch.</param>
/// <param name="Timeout">Longest that one git command may take; null when not said.</param>
/// <param name="Submodules">Whether submodules are fetched.</param>
internal sealed record RepositoryQuery(string Ref, TimeSpan? Timeout, bool Submodules)
{
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    private static readonly (string Unit, double Seconds)[] Units =
        [("ns", 1e-9), ("us", 1e-6), ("µs", 1e-6), ("μs", 1e-6), ("ms", 1e-3), ("s", 1), ("m", 60), ("h", 3600)];

    /// <summary>A query that says nothing.</summary>
    public static RepositoryQuery Default { get; } = new("", null, Submodules: true);

    /// <summary>Reads a query.</summary>
    /// <param name="query">What follows the question mark.</param>
    public static RepositoryQuery Parse(string query)
    {
        if (Values(query) is not Dictionary<string, string> values)
        {
            return Default;
        }
        string name = values.GetValueOrDefault("ref", "");
        return new RepositoryQuery(
            name.Length > 0 ? name : values.GetValueOrDefault("version", ""),
            ParseTimeout(values.GetValueOrDefault("timeout", "")),
            ParseBoolean(values.GetValueOrDefault("submodules", "")) ?? true);
    }

    /// <summary>The first value of each name, or null when the query is malformed as a whole.</summary>
    private static Dictionary<string, string>? Values(string query)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=');
            string? name = Unescape(equals < 0 ? pair : pair[..equals]);
            string? value = Unescape(equals < 0 ? "" : pair[(equals + 1)..]);
            if (name is null || value is null || pair.Contains(';'))
            {
                return null;
            }
            values.TryAdd(name, value);
        }
        return values;
    }

    private static string? Unescape(string text)
    {
        if (!text.AsSpan().ContainsAny('%', '+'))
        {
            return text;
        }
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var result = new List<byte>(bytes.Length);
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '%')
            {
                result.Add(bytes[i] == '+' ? (byte)' ' : bytes[i]);
                continue;
            }
            if (i + 2 >= bytes.Length || !char.IsAsciiHexDigit((char)bytes[i + 1]) || !char.IsAsciiHexDigit((char)bytes[i + 2]))
            {
                return null;
            }
            result.Add(Convert.FromHexString([(char)bytes[i + 1], (char)bytes[i + 2]])[0]);
            i += 2;
        }
        return Encoding.UTF8.GetString([.. result]);
    }

    /// <summary>Whole seconds, or a duration as Go writes it: <c>90s</c>, <c>1m30s</c>.</summary>
    private static TimeSpan? ParseTimeout(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds))
        {
            return seconds > 0 ? FromSeconds(seconds) : null;
        }
        ReadOnlySpan<char> rest = text.StartsWith('+') ? text.AsSpan(1) : text;
        double total = 0;
        while (rest.Length > 0)
        {
            int digits = rest.IndexOfAnyExcept("0123456789.");
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
            {
                return null;
            }
            rest = rest[digits..];
            int letters = rest.IndexOfAny("0123456789.");
            string unit = (letters < 0 ? rest : rest[..letters]).ToString();
            int known = Array.FindIndex(Units, u => u.Unit == unit);
            if (known < 0)
            {
                return null;
            }
            total += number * Units[known].Seconds;
            rest = rest[unit.Length..];
        }
        return total > 0 ? FromSeconds(total) : null;
    }

    private static TimeSpan FromSeconds(double seconds) =>
        seconds < LongestTimeout.TotalSeconds ? TimeSpan.FromSeconds(seconds) : LongestTimeout;

    private static bool? ParseBoolean(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "True" or "TRUE" => true,
        "0" or "f" or "F" or "false" or "False" or "FALSE" => false,
        _ => null,
    };
}
