using System.Globalization;

namespace ArgoBootstrap.Kustomize.Yaml.Scalars;

/// <summary>Reads the dates that go-yaml knows, and prints them as Go's JSON does (RFC 3339): <c>2020-01-02</c> becomes <c>2020-01-02T00:00:00Z</c>.</summary>
internal static class GoTimestamp
{
    /// <summary>Whether text begins as every date does: four digits and a dash.</summary>
    /// <param name="text">The text.</param>
    internal static bool IsCandidate(string text) =>
        text.Length > 5 && text[4] == '-' && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]) && char.IsAsciiDigit(text[3]);

    /// <summary>Reads a date, with or without a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rfc3339">The date as RFC 3339 has it, with as many digits of a second as are needed.</param>
    internal static bool TryParse(string text, out string rfc3339)
    {
        rfc3339 = "";
        if (!IsCandidate(text))
        {
            return false;
        }
        int year = int.Parse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture);
        int at = 5;
        if (!Number(text, ref at, out int month) || month is < 1 or > 12 || !Skip(text, ref at, '-') || !Number(text, ref at, out int day)
            || day < 1 || day > DaysIn(year, month))
        {
            return false;
        }
        string date = string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}T");
        if (at == text.Length)
        {
            rfc3339 = date + "00:00:00Z";
            return true;
        }
        bool zoned = text[at] is 'T' or 't';
        if (!zoned && text[at] != ' ')
        {
            return false;
        }
        at++;
        while (!zoned && at < text.Length && text[at] == ' ')
        {
            at++;
        }
        if (!Number(text, ref at, out int hour) || hour > 23 || !Skip(text, ref at, ':')
            || !Number(text, ref at, out int minute) || minute > 59 || !Skip(text, ref at, ':')
            || !Number(text, ref at, out int second) || second > 59)
        {
            return false;
        }
        string fraction = Fraction(text, ref at);
        string zone = "Z";
        if (zoned && !Zone(text, ref at, out zone))
        {
            return false;
        }
        rfc3339 = string.Create(CultureInfo.InvariantCulture, $"{date}{hour:00}:{minute:00}:{second:00}{fraction}{zone}");
        return at == text.Length;
    }

    private static int DaysIn(int year, int month) => year == 0 ? DateTime.DaysInMonth(4, month) : DateTime.DaysInMonth(year, month);

    private static bool Skip(string text, ref int at, char expected)
    {
        if (at < text.Length && text[at] == expected)
        {
            at++;
            return true;
        }
        return false;
    }

    /// <summary>One or two digits.</summary>
    private static bool Number(string text, ref int at, out int value)
    {
        value = 0;
        if (at >= text.Length || !char.IsAsciiDigit(text[at]))
        {
            return false;
        }
        value = text[at++] - '0';
        if (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            value = value * 10 + (text[at++] - '0');
        }
        return true;
    }

    /// <summary>The fraction of a second, cut to nanoseconds, without trailing zeros.</summary>
    private static string Fraction(string text, ref int at)
    {
        if (at + 1 >= text.Length || text[at] is not ('.' or ',') || !char.IsAsciiDigit(text[at + 1]))
        {
            return "";
        }
        int start = ++at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
        string digits = text[start..Math.Min(at, start + 9)].TrimEnd('0');
        return digits.Length == 0 ? "" : "." + digits;
    }

    private static bool Zone(string text, ref int at, out string zone)
    {
        zone = "Z";
        if (at >= text.Length)
        {
            return false;
        }
        if (text[at] == 'Z')
        {
            at++;
            return true;
        }
        if (text.Length - at < 6 || text[at] is not ('+' or '-') || text[at + 3] != ':'
            || !int.TryParse(text.AsSpan(at + 1, 2), NumberStyles.None, CultureInfo.InvariantCulture, out int hours) || hours > 23
            || !int.TryParse(text.AsSpan(at + 4, 2), NumberStyles.None, CultureInfo.InvariantCulture, out int minutes) || minutes > 59)
        {
            return false;
        }
        zone = hours == 0 && minutes == 0 ? "Z" : text.Substring(at, 6);
        at += 6;
        return true;
    }
}
