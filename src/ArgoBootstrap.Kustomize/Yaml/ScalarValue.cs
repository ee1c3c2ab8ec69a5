using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml.Scalars;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>What a scalar stands for, as JSON types have it.</summary>
public readonly record struct ScalarValue
{
    private readonly ulong _bits;

    private ScalarValue(ScalarValueKind kind, ulong bits, double number, string? text)
    {
        Kind = kind;
        _bits = bits;
        Float = number;
        Text = text;
    }

    /// <summary>The type, which says which of the other properties holds the value.</summary>
    public ScalarValueKind Kind { get; }

    /// <summary>The value of a boolean.</summary>
    public bool Boolean => _bits != 0;

    /// <summary>The value of an <see cref="ScalarValueKind.Integer"/>.</summary>
    public long Integer => unchecked((long)_bits);

    /// <summary>The value of an <see cref="ScalarValueKind.UnsignedInteger"/>.</summary>
    public ulong UnsignedInteger => _bits;

    /// <summary>The value of a <see cref="ScalarValueKind.Float"/>.</summary>
    public double Float { get; }

    /// <summary>The value of a string; null for everything else.</summary>
    public string? Text { get; }

    /// <summary>The value as null, <see cref="bool"/>, <see cref="long"/>, <see cref="ulong"/>, <see cref="double"/> or <see cref="string"/>.</summary>
    public object? ToObject() => Kind switch
    {
        ScalarValueKind.Null => null,
        ScalarValueKind.Boolean => Boolean,
        ScalarValueKind.Integer => Integer,
        ScalarValueKind.UnsignedInteger => UnsignedInteger,
        ScalarValueKind.Float => Float,
        _ => Text,
    };

    /// <summary>
    /// What a scalar stands for: its tag decides, and its text must fit the tag. A string stays one whatever it looks like;
    /// a tag that YAML does not define makes a string.
    /// </summary>
    /// <param name="node">The scalar.</param>
    /// <exception cref="KustomizeException">The text does not fit the tag, as in <c>!!int abc</c>.</exception>
    public static ScalarValue Of(ScalarNode node)
    {
        switch (node.Tag)
        {
            case ScalarTags.String:
                return new ScalarValue(ScalarValueKind.String, 0, 0, node.Value);
            case ScalarTags.Boolean or ScalarTags.Integer or ScalarTags.Float or ScalarTags.Null or ScalarTags.Timestamp:
                return Typed(node);
            case ScalarTags.Binary:
                return new ScalarValue(ScalarValueKind.String, 0, 0, DecodeBinary(node));
            default:
                return new ScalarValue(ScalarValueKind.String, 0, 0, node.Value);
        }
    }

    /// <summary>An integer as kustomize reads it from its own files, which it turns into JSON first: <c>0777</c> is 511, and <c>3.0</c> is 3.</summary>
    /// <param name="node">The value.</param>
    /// <returns>The integer; null when the value is none, or does not fit in 64 bits.</returns>
    /// <exception cref="KustomizeException">The text does not fit the tag.</exception>
    internal static long? IntegerOf(YamlNode node)
    {
        if (node is not ScalarNode { Tag: ScalarTags.Integer or ScalarTags.Float } scalar)
        {
            return null;
        }
        ScalarValue value = Of(scalar);
        return value.Kind switch
        {
            ScalarValueKind.Integer => value.Integer,
            ScalarValueKind.Float when value.Float == Math.Floor(value.Float) && Math.Abs(value.Float) < 1L << 62 => (long)value.Float,
            _ => null,
        };
    }

    private static ScalarValue Typed(ScalarNode node)
    {
        string text = node.Value;
        string resolved = ScalarResolver.Resolve(text, timestamps: node.Tag == ScalarTags.Timestamp);
        if (resolved != node.Tag && !(node.Tag == ScalarTags.Float && resolved == ScalarTags.Integer))
        {
            throw Mismatch(node, resolved);
        }
        switch (resolved)
        {
            case ScalarTags.Null:
                return new ScalarValue(ScalarValueKind.Null, 0, 0, null);
            case ScalarTags.Boolean:
                return new ScalarValue(ScalarValueKind.Boolean, text[0] is 't' or 'T' ? 1UL : 0, 0, null);
            case ScalarTags.Timestamp:
                _ = GoTimestamp.TryParse(text, out string date);
                return new ScalarValue(ScalarValueKind.String, 0, 0, date);
        }
        if (ScalarResolver.TryParseNamedFloat(text, out double number))
        {
            return new ScalarValue(ScalarValueKind.Float, 0, number, null);
        }
        if (text[0] == '.')
        {
            _ = GoNumber.TryParseFloat(text, out number);
            return new ScalarValue(ScalarValueKind.Float, 0, number, null);
        }
        NumberKind kind = GoNumber.Classify(text, out ulong bits, out number);
        return (kind, node.Tag) switch
        {
            (NumberKind.Integer, ScalarTags.Float) => new ScalarValue(ScalarValueKind.Float, 0, unchecked((long)bits), null),
            (NumberKind.Integer, _) => new ScalarValue(ScalarValueKind.Integer, bits, 0, null),
            (NumberKind.UnsignedInteger, ScalarTags.Float) => throw Mismatch(node, ScalarTags.Integer),
            (NumberKind.UnsignedInteger, _) => new ScalarValue(ScalarValueKind.UnsignedInteger, bits, 0, null),
            _ => new ScalarValue(ScalarValueKind.Float, 0, number, null),
        };
    }

    private static string DecodeBinary(ScalarNode node)
    {
        string text = node.Value.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        byte[] bytes = new byte[text.Length];
        if (text.AsSpan().ContainsAny(" \t") || !Convert.TryFromBase64String(text, bytes, out int count))
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidValue,
                "A value tagged !!binary is not base64.",
                node.Position,
                "Give the data in base64, or remove the tag.");
        }
        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    private static KustomizeException Mismatch(ScalarNode node, string resolved)
    {
        string shown = node.Value.Length > 40 ? node.Value[..37] + "..." : node.Value;
        return new KustomizeException(
            DiagnosticIds.InvalidValue,
            $"The value `{shown}` ({resolved}) cannot be read as {node.Tag}.",
            node.Position,
            "Correct the value, or remove the tag.");
    }
}
