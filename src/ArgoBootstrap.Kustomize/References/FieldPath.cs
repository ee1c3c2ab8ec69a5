using System.Globalization;
using System.Text.RegularExpressions;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Expressions;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>
/// A path to fields of an object, as <c>replacements</c> and <c>vars</c> write it: segments separated by <c>.</c>, where
/// <c>\.</c> stands for a dot and <c>[a.b]</c> for the key <c>a.b</c>; <c>[key=value]</c> picks items of a list,
/// <c>[=value]</c> plain items, a number one item, <c>-</c> the last one, <c>*</c> every one.
/// </summary>
public sealed partial class FieldPath
{
    private FieldPath(string text, FieldPathSegment[] segments)
    {
        Text = text;
        Segments = segments;
    }

    /// <summary>The path as written.</summary>
    public string Text { get; }

    /// <summary>The segments.</summary>
    internal FieldPathSegment[] Segments { get; }

    /// <summary>Reads the path of a replacement.</summary>
    /// <param name="text">The path.</param>
    public static FieldPath Parse(string text) => new(text, [.. Split(text).Select(FieldPathSegment.Parse)]);

    /// <summary>Reads the path of a variable, in which <c>ports[0]</c> is the same as <c>ports.0</c>.</summary>
    /// <param name="text">The path.</param>
    public static FieldPath ParseForVariable(string text)
    {
        List<string> parts = [];
        foreach (string part in Split(text))
        {
            Match match = IndexedField().Match(part);
            if (!match.Success)
            {
                parts.Add(part);
                continue;
            }
            if (match.Groups[1].Length > 0)
            {
                parts.Add(match.Groups[1].Value);
            }
            parts.Add(match.Groups[2].Value);
        }
        return new FieldPath(text, [.. parts.Select(FieldPathSegment.Parse)]);
    }

    /// <summary>Reads the path of a <c>ValueAddTransformer</c>, whose segments are separated by slashes. Empty ones, and blanks around others, do not count.</summary>
    /// <param name="text">The path.</param>
    internal static FieldPath ParseSlashed(string text) =>
        new(text, [.. FieldSpec.Split(text, '/').Select(s => s.Trim()).Where(s => s.Length > 0).Select(FieldPathSegment.Parse)]);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static List<string> Split(string text)
    {
        List<string> parts = FieldSpec.Split(text, '.');
        List<string> result = new(parts.Count);
        for (int i = 0; i < parts.Count; i++)
        {
            string part = parts[i];
            if (!part.StartsWith('[') || part.EndsWith(']'))
            {
                result.Add(part);
                continue;
            }
            while (i < parts.Count - 1)
            {
                i++;
                part = $"{part}.{parts[i]}";
                if (parts[i].EndsWith(']'))
                {
                    break;
                }
            }
            result.Add(part.Contains('=', StringComparison.Ordinal) ? part : part.Trim('[', ']'));
        }
        return result;
    }

    [GeneratedRegex(@"\A(.*)\[([0-9]+)\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex IndexedField();
}

/// <summary>What a segment of a <see cref="FieldPath"/> leads to.</summary>
internal enum FieldPathSegmentKind
{
    /// <summary>The value of a key.</summary>
    Key,

    /// <summary>An item of a list, by place.</summary>
    Index,

    /// <summary>The last item of a list.</summary>
    Last,

    /// <summary>Every item of a list.</summary>
    Every,

    /// <summary>Items of a list, by the value of one of their keys, or by their own.</summary>
    Selector,

    /// <summary>Brackets without <c>=</c>, which lead nowhere.</summary>
    Invalid,
}

/// <summary>One segment of a <see cref="FieldPath"/>.</summary>
/// <param name="Kind">What it leads to.</param>
/// <param name="Text">The segment as written.</param>
/// <param name="Name">The key, or for a selector the key that is compared; empty for plain items.</param>
/// <param name="Value">The value that a selector compares with.</param>
/// <param name="Index">The place of an item.</param>
internal sealed record FieldPathSegment(FieldPathSegmentKind Kind, string Text, string Name, string Value, int Index)
{
    private GoExpression? _pattern;

    /// <summary><see cref="Value"/> as the unanchored regular expression that targets of replacements take it for.</summary>
    /// <exception cref="ExpressionException">It is not a regular expression.</exception>
    public GoExpression Pattern => _pattern ??= GoExpression.Compile(Value);

    /// <summary>Reads a segment.</summary>
    /// <param name="text">The segment, unescaped.</param>
    public static FieldPathSegment Parse(string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int index))
        {
            return new(FieldPathSegmentKind.Index, text, text, "", index);
        }
        switch (text)
        {
            case "-":
                return new(FieldPathSegmentKind.Last, text, text, "", -1);
            case "*":
                return new(FieldPathSegmentKind.Every, text, text, "", -1);
        }
        if (text.Length < 2 || text[0] != '[' || text[^1] != ']')
        {
            return new(FieldPathSegmentKind.Key, text, text, "", -1);
        }
        string inner = text[1..^1];
        int equals = inner.IndexOf('=', StringComparison.Ordinal);
        return equals < 0
            ? new(FieldPathSegmentKind.Invalid, text, text, "", -1)
            : new(FieldPathSegmentKind.Selector, text, inner[..equals], inner[(equals + 1)..], -1);
    }
}
