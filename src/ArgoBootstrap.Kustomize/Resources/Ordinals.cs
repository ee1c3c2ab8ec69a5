namespace ArgoBootstrap.Kustomize.Resources;

/// <summary>Comparison of texts as Go compares them: by their UTF-8 bytes.</summary>
internal static class Ordinals
{
    /// <summary>Compares two texts by code point, which is the order of their UTF-8 bytes and differs from that of UTF-16 beyond U+FFFF.</summary>
    /// <param name="x">A text.</param>
    /// <param name="y">Another.</param>
    public static int CompareUtf8(string x, string y)
    {
        int shared = x.AsSpan().CommonPrefixLength(y);
        if (shared == x.Length || shared == y.Length)
        {
            return x.Length.CompareTo(y.Length);
        }
        char a = x[shared];
        char b = y[shared];
        bool oneIsBeyond = char.IsSurrogate(a) != char.IsSurrogate(b);
        return oneIsBeyond ? (char.IsSurrogate(a) ? 1 : -1) : a.CompareTo(b);
    }
}
