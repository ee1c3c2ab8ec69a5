using System.Globalization;

namespace ArgoBootstrap.Kustomize.Yaml.Scalars;

/// <summary>Which kind of number a text is.</summary>
internal enum NumberKind
{
    /// <summary>No number.</summary>
    None,

    /// <summary>An integer of at most 64 bits, signed.</summary>
    Integer,

    /// <summary>An integer that needs all 64 bits, unsigned.</summary>
    UnsignedInteger,

    /// <summary>A floating point number.</summary>
    Float,
}

/// <summary>Reads numbers as go-yaml does and prints them as Go does: the forms decide what bytes kustomize prints.</summary>
internal static class GoNumber
{
    /// <summary>Reads a number that begins with a digit or a sign.</summary>
    /// <param name="text">The text; underscores are ignored.</param>
    /// <param name="integer">The bits of the integer, signed or not.</param>
    /// <param name="number">The floating point number.</param>
    internal static NumberKind Classify(string text, out ulong integer, out double number)
    {
        number = 0;
        string plain = text.Contains('_') ? text.Replace("_", "", StringComparison.Ordinal) : text;
        NumberKind kind = ParseInteger(plain, out integer);
        if (kind != NumberKind.None)
        {
            return kind;
        }
        if (IsYamlFloat(plain))
        {
            return TryParseFloat(plain, out number) ? NumberKind.Float : NumberKind.None;
        }
        // A sign after the prefix is read, odd as it is: 0b-11 is -3.
        if (plain.StartsWith("0b", StringComparison.Ordinal))
        {
            return ParseSignedDigits(plain.AsSpan(2), 2, out integer);
        }
        return plain.StartsWith("0o", StringComparison.Ordinal) ? ParseSignedDigits(plain.AsSpan(2), 8, out integer) : NumberKind.None;
    }

    /// <summary>Reads a floating point number; one too large to represent is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">The number.</param>
    internal static bool TryParseFloat(string text, out double number)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        number = 0;
        string plain = text;
        if (text.Contains('_'))
        {
            for (int i = 0; i < text.Length; i++)
            {
                if (text[i] == '_' && (i == 0 || i == text.Length - 1 || !char.IsAsciiDigit(text[i - 1]) || !char.IsAsciiDigit(text[i + 1])))
                {
                    return false;
                }
            }
            plain = text.Replace("_", "", StringComparison.Ordinal);
        }
        return IsYamlFloat(plain) && double.TryParse(plain, Styles, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    /// <summary>The integer that text is, with a base given by its prefix: 0x, 0o or 0, 0b.</summary>
    private static NumberKind ParseInteger(string text, out ulong integer)
    {
        integer = 0;
        ReadOnlySpan<char> digits = text;
        bool signed = digits.Length > 0 && digits[0] is '+' or '-';
        bool negative = signed && digits[0] == '-';
        if (signed)
        {
            digits = digits[1..];
        }
        if (digits.Length == 0)
        {
            return NumberKind.None;
        }
        int radix = 10;
        if (digits[0] == '0')
        {
            (radix, int skip) = digits.Length < 3 ? (8, 1) : (digits[1] | 0x20) switch
            {
                'x' => (16, 2),
                'o' => (8, 2),
                'b' => (2, 2),
                _ => (8, 1),
            };
            digits = digits[skip..];
        }
        return TryDigits(digits, radix, out integer) ? Fit(ref integer, signed, negative) : NumberKind.None;
    }

    private static NumberKind ParseSignedDigits(ReadOnlySpan<char> digits, int radix, out ulong integer)
    {
        integer = 0;
        bool signed = digits.Length > 0 && digits[0] is '+' or '-';
        bool negative = signed && digits[0] == '-';
        digits = signed ? digits[1..] : digits;
        return digits.Length > 0 && TryDigits(digits, radix, out integer) ? Fit(ref integer, signed, negative) : NumberKind.None;
    }

    private static NumberKind Fit(ref ulong magnitude, bool signed, bool negative)
    {
        if (negative)
        {
            if (magnitude > 1UL << 63)
            {
                return NumberKind.None;
            }
            magnitude = unchecked(0 - magnitude);
            return NumberKind.Integer;
        }
        return magnitude <= long.MaxValue ? NumberKind.Integer : signed ? NumberKind.None : NumberKind.UnsignedInteger;
    }

    private static bool TryDigits(ReadOnlySpan<char> digits, int radix, out ulong value)
    {
        value = 0;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetter(c) ? (c | 0x20) - 'a' + 10 : 99;
            if (digit >= radix)
            {
                return false;
            }
            UInt128 next = (UInt128)value * (uint)radix + (uint)digit;
            if (next > ulong.MaxValue)
            {
                return false;
            }
            value = (ulong)next;
        }
        return true;
    }

    /// <summary>Whether text has the form of a decimal number: digits with at most one point, and an exponent.</summary>
    private static bool IsYamlFloat(string text)
    {
        int at = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        int whole = Digits(text, ref at);
        int fraction = 0;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            fraction = Digits(text, ref at);
        }
        if (whole + fraction == 0)
        {
            return false;
        }
        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-')
            {
                at++;
            }
            if (Digits(text, ref at) == 0)
            {
                return false;
            }
        }
        return at == text.Length;
    }

    private static int Digits(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }
        return at - start;
    }

    /// <summary>The shortest text that reads back as the number, as Go's <c>%g</c> prints it: an exponent from 1e+06 on and below 1e-04.</summary>
    /// <param name="number">A finite number.</param>
    internal static string FormatG(double number)
    {
        (string digits, int exponent, bool negative) = Shortest(number);
        string sign = negative ? "-" : "";
        return exponent is < -4 or >= 6
            ? sign + WithExponent(digits, exponent, 2)
            : sign + Positional(digits, exponent);
    }

    /// <summary>The shortest text without an exponent (Go: format <c>f</c>).</summary>
    /// <param name="number">A finite number.</param>
    internal static string FormatDecimal(double number)
    {
        (string digits, int exponent, bool negative) = Shortest(number);
        return (negative ? "-" : "") + Positional(digits, exponent);
    }

    /// <summary>The shortest text as Go's <c>%v</c> prints it: an exponent from 1e+21 on and below 1e-04.</summary>
    /// <param name="number">A number.</param>
    internal static string FormatV(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
        }
        (string digits, int exponent, bool negative) = Shortest(number);
        return (negative ? "-" : "") + (exponent is < -4 or >= 21 ? WithExponent(digits, exponent, 2) : Positional(digits, exponent));
    }

    /// <summary>The text of a number in JSON, as Go's encoding/json prints it: an exponent from 1e+21 on and below 1e-06.</summary>
    /// <param name="number">A finite number.</param>
    internal static string FormatJson(double number)
    {
        (string digits, int exponent, bool negative) = Shortest(number);
        string sign = negative ? "-" : "";
        double magnitude = Math.Abs(number);
        return magnitude != 0 && (magnitude < 1e-6 || magnitude >= 1e21)
            ? sign + WithExponent(digits, exponent, exponent < 0 ? 1 : 2)
            : sign + Positional(digits, exponent);
    }

    /// <summary>The shortest decimal digits without trailing zeros, and the exponent of the first of them.</summary>
    private static (string Digits, int Exponent, bool Negative) Shortest(double number)
    {
        bool negative = double.IsNegative(number);
        string shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        if (number == 0)
        {
            return ("0", 0, negative);
        }
        int mark = shortest.IndexOf('E', StringComparison.Ordinal);
        string mantissa = mark < 0 ? shortest : shortest[..mark];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        int exponent = mark >= 0
            ? int.Parse(shortest.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : FirstDigit(mantissa, point < 0 ? mantissa.Length : point);
        return (digits, exponent, negative);
    }

    /// <summary>The power of ten of the first digit that is not zero.</summary>
    private static int FirstDigit(string mantissa, int point)
    {
        for (int i = 0; i < mantissa.Length; i++)
        {
            if (mantissa[i] is >= '1' and <= '9')
            {
                return i < point ? point - 1 - i : point - i;
            }
        }
        return 0;
    }

    private static string WithExponent(string digits, int exponent, int width)
    {
        string power = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0');
        string mantissa = digits.Length == 1 ? digits : digits[..1] + "." + digits[1..];
        return mantissa + (exponent < 0 ? "e-" : "e+") + power;
    }

    private static string Positional(string digits, int exponent) =>
        exponent < 0 ? "0." + new string('0', -exponent - 1) + digits
        : digits.Length <= exponent + 1 ? digits + new string('0', exponent + 1 - digits.Length)
        : digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
}
