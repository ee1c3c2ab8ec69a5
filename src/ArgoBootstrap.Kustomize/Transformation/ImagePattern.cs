using System.Buffers;
using ArgoBootstrap.Kustomize.Expressions;

namespace ArgoBootstrap.Kustomize.Transformation;

/// <summary>
/// Which image references an entry of <c>images</c> is about. kustomize takes its name as a regular expression, followed by
/// an optional tag and an optional digest; almost every name is literal but for its dots, which needs no regular expression.
/// </summary>
internal sealed class ImagePattern
{
    private const string Digest = "@sha256:";
    private static readonly SearchValues<char> LiteralName = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/_-.:");
    private static readonly SearchValues<char> Suffix = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.{}-");
    private readonly string _name;
    private readonly bool _isLiteral;
    private GoExpression? _expression;

    /// <summary>Makes a pattern.</summary>
    /// <param name="name">The name in an entry of <c>images</c>.</param>
    public ImagePattern(string name)
    {
        _name = name;
        _isLiteral = !name.AsSpan().ContainsAnyExcept(LiteralName);
    }

    /// <summary>Whether a reference fits.</summary>
    /// <param name="image">The reference.</param>
    /// <exception cref="ExpressionException">The name is not a regular expression.</exception>
    public bool Fits(string image)
    {
        // A dot stands for one character, however many code units that has.
        if (!_isLiteral || image.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            _expression ??= GoExpression.Compile("^", _name, $"(:[a-zA-Z0-9_.{{}}-]*)?({Digest}[a-zA-Z0-9_.{{}}-]*)?$");
            return _expression.IsMatch(image);
        }
        if (image.Length < _name.Length)
        {
            return false;
        }
        for (int i = 0; i < _name.Length; i++)
        {
            if (_name[i] != image[i] && (_name[i] != '.' || image[i] == '\n'))
            {
                return false;
            }
        }
        ReadOnlySpan<char> rest = image.AsSpan(_name.Length);
        if (rest.StartsWith(":"))
        {
            rest = AfterSuffix(rest[1..]);
        }
        if (rest.StartsWith(Digest, StringComparison.Ordinal))
        {
            rest = AfterSuffix(rest[Digest.Length..]);
        }
        return rest.IsEmpty;
    }

    private static ReadOnlySpan<char> AfterSuffix(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExcept(Suffix);
        return end < 0 ? [] : text[end..];
    }
}
