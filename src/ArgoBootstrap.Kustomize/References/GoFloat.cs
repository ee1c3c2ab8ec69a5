using System.Globalization;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>Floating point numbers as Go prints them: the fewest digits that read back as the same number.</summary>
internal static class GoFloat
{
    /// <summary>Decimal notation, never an exponent (Go: format <c>f</c>).</summary>
    /// <param name="number">A finite number.</param>
    public static string Decimal(double number)
    {
        (bool negative, string digits, int exponent) = Parts(number);
        string text;
        if (exponent <= 0)
        {
            text = digits == "0" ? "0" : $"0.{new string('0', -exponent)}{digits}";
        }
        else if (exponent >= digits.Length)
        {
            text = digits + new string('0', exponent - digits.Length);
        }
        else
        {
            text = $"{digits[..exponent]}.{digits[exponent..]}";
        }
        return negative ? $"-{text}" : text;
    }

    /// <summary>Decimal notation, or an exponent of at least two digits where it is below -4 or from 21 on (Go: verb <c>%v</c>).</summary>
    /// <param name="number">A number.</param>
    public static string General(double number)
    {
        if (double.IsNaN(number))
        {
            return "NaN";
        }
        if (double.IsInfinity(number))
        {
            return number > 0 ? "+Inf" : "-Inf";
        }
        (bool negative, string digits, int exponent) = Parts(number);
        int power = exponent - 1;
        if (digits == "0" || power is >= -4 and < 21)
        {
            return Decimal(number);
        }
        string fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
        return $"{(negative ? "-" : "")}{digits[0]}{fraction}e{(power < 0 ? '-' : '+')}{Math.Abs(power).ToString("00", CultureInfo.InvariantCulture)}";
    }

    // The number is 0.DIGITS times ten to the exponent.
    private static (bool Negative, string Digits, int Exponent) Parts(double number)
    {
        string text = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E', StringComparison.Ordinal);
        int exponent = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string mantissa = e < 0 ? text : text[..e];
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        exponent += point < 0 ? mantissa.Length : point;
        string digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        string trimmed = digits.TrimStart('0');
        exponent -= digits.Length - trimmed.Length;
        trimmed = trimmed.TrimEnd('0');
        return trimmed.Length == 0 ? (double.IsNegative(number), "0", 0) : (double.IsNegative(number), trimmed, exponent);
    }
}
