using System.Text;

namespace ArgoBootstrap.Kustomize.Expressions;

/// <summary>The text of a regular expression, and how far it has been read.</summary>
/// <param name="text">The text.</param>
internal sealed class ExpressionReader(string text)
{
    /// <summary>How far the text has been read.</summary>
    public int At { get; set; }

    /// <summary>Whether all has been read.</summary>
    public bool IsAtEnd => At >= text.Length;

    /// <summary>What has not been read.</summary>
    public ReadOnlySpan<char> Rest => text.AsSpan(At);

    /// <summary>What was read since a place.</summary>
    /// <param name="from">The place.</param>
    public string Since(int from) => text[from..At];

    /// <summary>Goes on if a text follows.</summary>
    /// <param name="expected">The text.</param>
    public bool TryTake(string expected)
    {
        if (!Rest.StartsWith(expected, StringComparison.Ordinal))
        {
            return false;
        }
        At += expected.Length;
        return true;
    }

    /// <summary>Takes the next code point; -1 at the end.</summary>
    public int Take()
    {
        if (IsAtEnd)
        {
            return -1;
        }
        Rune.DecodeFromUtf16(Rest, out Rune rune, out int length);
        At += length;
        return rune.Value;
    }
}
