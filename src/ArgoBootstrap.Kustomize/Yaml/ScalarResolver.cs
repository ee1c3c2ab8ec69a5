using System.Globalization;
using ArgoBootstrap.Kustomize.Yaml.Scalars;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>What an unquoted scalar stands for.</summary>
public static class ScalarResolver
{
    /// <summary>The tag that the text of a plain scalar resolves to, by the rules of go-yaml v3 (YAML 1.2 core schema with a few of YAML 1.1's number forms).</summary>
    /// <param name="value">The text.</param>
    /// <returns>One of <see cref="ScalarTags"/>.</returns>
    public static string Resolve(string value) => Resolve(value, timestamps: true);

    /// <summary>Whether YAML 1.1, as go-yaml v2 reads it, takes unquoted text for something other than a string. kustomize quotes such strings.</summary>
    /// <param name="value">The text.</param>
    internal static bool IsAmbiguousInYaml11(string value)
    {
        if (value.Length == 0)
        {
            return true;
        }
        char first = value[0];
        if (char.IsAsciiDigit(first) || first is '+' or '-')
        {
            if (IsBase60(value))
            {
                return true;
            }
            // Only v3 reads a sign after the prefix of an octal number.
            return Resolve(value) != ScalarTags.String && !value.StartsWith("0o-", StringComparison.Ordinal) && !value.StartsWith("0o+", StringComparison.Ordinal);
        }
        return first switch
        {
            'y' or 'Y' or 'n' or 'N' or 'o' or 'O' => IsYaml11Boolean(value) || Resolve(value) != ScalarTags.String,
            't' or 'T' or 'f' or 'F' or '~' or '.' => Resolve(value) != ScalarTags.String,
            _ => false,
        };
    }

    /// <summary>Whether text is one of YAML 1.1's additional spellings of a boolean: yes, no, on, off, y, n.</summary>
    /// <param name="value">The text.</param>
    internal static bool IsYaml11Boolean(string value) => Yaml11Boolean(value) is not null;

    /// <summary>What one of YAML 1.1's additional spellings of a boolean stands for; null for any other text.</summary>
    /// <param name="value">The text.</param>
    internal static bool? Yaml11Boolean(string value) => value switch
    {
        "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => true,
        "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => false,
        _ => null,
    };

    /// <summary>Resolves with or without looking for dates: an explicit tag other than a date's turns dates off.</summary>
    /// <param name="value">The text.</param>
    /// <param name="timestamps">Whether a date is one.</param>
    internal static string Resolve(string value, bool timestamps)
    {
        if (value.Length == 0)
        {
            return ScalarTags.Null;
        }
        switch (value[0])
        {
            case 't' or 'T':
                return value is "true" or "True" or "TRUE" ? ScalarTags.Boolean : ScalarTags.String;
            case 'f' or 'F':
                return value is "false" or "False" or "FALSE" ? ScalarTags.Boolean : ScalarTags.String;
            case 'n' or 'N':
                return value is "null" or "Null" or "NULL" ? ScalarTags.Null : ScalarTags.String;
            case '~':
                return value.Length == 1 ? ScalarTags.Null : ScalarTags.String;
            case '<':
                return value == "<<" ? ScalarTags.Merge : ScalarTags.String;
            case '.':
                return TryParseNamedFloat(value, out _) || GoNumber.TryParseFloat(value, out _) ? ScalarTags.Float : ScalarTags.String;
            case '+' or '-' or (>= '0' and <= '9'):
                break;
            default:
                return ScalarTags.String;
        }
        if (timestamps && GoTimestamp.IsCandidate(value) && GoTimestamp.TryParse(value, out _))
        {
            return ScalarTags.Timestamp;
        }
        return TryParseNamedFloat(value, out _) ? ScalarTags.Float : GoNumber.Classify(value, out _, out _) switch
        {
            NumberKind.Integer or NumberKind.UnsignedInteger => ScalarTags.Integer,
            NumberKind.Float => ScalarTags.Float,
            _ => ScalarTags.String,
        };
    }

    /// <summary>Reads the spellings of infinity and not-a-number.</summary>
    /// <param name="value">The text.</param>
    /// <param name="number">The number.</param>
    internal static bool TryParseNamedFloat(string value, out double number)
    {
        number = value switch
        {
            ".nan" or ".NaN" or ".NAN" => double.NaN,
            ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" => double.PositiveInfinity,
            "-.inf" or "-.Inf" or "-.INF" => double.NegativeInfinity,
            _ => 0,
        };
        return !double.IsFinite(number);
    }

    /// <summary>Whether text is a number in base 60 (<c>12:30:45</c>), which YAML 1.1 knows.</summary>
    /// <param name="value">The text.</param>
    internal static bool IsBase60(string value)
    {
        if (!value.Contains(':'))
        {
            return false;
        }
        int at = value[0] is '+' or '-' ? 1 : 0;
        if (at >= value.Length || !char.IsAsciiDigit(value[at]))
        {
            return false;
        }
        while (at < value.Length && (char.IsAsciiDigit(value[at]) || value[at] == '_'))
        {
            at++;
        }
        int groups = 0;
        while (at + 1 < value.Length && value[at] == ':' && char.IsAsciiDigit(value[at + 1]))
        {
            bool two = at + 2 < value.Length && value[at + 1] <= '5' && char.IsAsciiDigit(value[at + 2]);
            at += two ? 3 : 2;
            groups++;
        }
        if (groups > 0 && at < value.Length && value[at] == '.')
        {
            at++;
            while (at < value.Length && (char.IsAsciiDigit(value[at]) || value[at] == '_'))
            {
                at++;
            }
        }
        return groups > 0 && at == value.Length;
    }

    /// <summary>The culture that numbers are read and written in.</summary>
    internal static CultureInfo Culture => CultureInfo.InvariantCulture;
}
