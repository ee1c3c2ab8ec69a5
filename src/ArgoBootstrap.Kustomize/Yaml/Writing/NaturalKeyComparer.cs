using System.Text;

namespace ArgoBootstrap.Kustomize.Yaml.Writing;

/// <summary>
/// The order in which kustomize prints the keys of a mapping (that of go-yaml v2): other characters before letters, runs of
/// digits by their value (<c>b9</c> before <c>b10</c>), letters by code point.
/// </summary>
internal sealed class NaturalKeyComparer : IComparer<string>
{
    /// <summary>The one instance.</summary>
    internal static NaturalKeyComparer Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        string a = x ?? "";
        string b = y ?? "";
        int length = Math.Min(a.Length, b.Length);
        int at = 0;
        while (at < length && a[at] == b[at])
        {
            at++;
        }
        if (at == length)
        {
            return a.Length - b.Length;
        }
        char left = a[at];
        char right = b[at];
        // The usual case: both letters of ASCII.
        if (char.IsAsciiLetter(left) && char.IsAsciiLetter(right))
        {
            return left - right;
        }
        return char.IsSurrogate(left) || char.IsSurrogate(right) || (at > 0 && char.IsSurrogate(a[at - 1]))
            ? CompareAt(Runes(a), Runes(b))
            : CompareAt(a.Select(c => (int)c).ToArray(), b.Select(c => (int)c).ToArray());
    }

    private static int CompareAt(int[] a, int[] b)
    {
        int at = 0;
        while (at < a.Length && at < b.Length && a[at] == b[at])
        {
            at++;
        }
        if (at == a.Length || at == b.Length)
        {
            return a.Length - b.Length;
        }
        bool leftLetter = IsLetter(a[at]);
        bool rightLetter = IsLetter(b[at]);
        if (leftLetter != rightLetter)
        {
            return leftLetter ? 1 : -1;
        }
        if (leftLetter)
        {
            return a[at] - b[at];
        }
        long left = 0;
        long right = 0;
        if (a[at] == '0' || b[at] == '0')
        {
            // Inside a number a zero counts as a digit, at its start it does not.
            for (int i = at - 1; i >= 0 && IsDigit(a[i]); i--)
            {
                if (a[i] != '0')
                {
                    left = right = 1;
                    break;
                }
            }
        }
        int leftEnd = Number(a, at, ref left);
        int rightEnd = Number(b, at, ref right);
        return left != right ? left.CompareTo(right)
            : leftEnd != rightEnd ? leftEnd - rightEnd
            : a[at] - b[at];
    }

    private static int Number(int[] text, int at, ref long value)
    {
        while (at < text.Length && IsDigit(text[at]))
        {
            value = unchecked(value * 10 + (text[at] - '0'));
            at++;
        }
        return at;
    }

    private static bool IsLetter(int rune) => Rune.IsValid(rune) && Rune.IsLetter(new Rune(rune));

    private static bool IsDigit(int rune) => Rune.IsValid(rune) && Rune.IsDigit(new Rune(rune));

    private static int[] Runes(string text) => [.. text.EnumerateRunes().Select(r => r.Value)];
}
