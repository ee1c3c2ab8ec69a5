using System.Buffers;
using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml.Scalars;

namespace ArgoBootstrap.Kustomize.Yaml.Writing;

/// <summary>What becomes of a scalar on kustomize's way to its output: node, go-yaml v3 text, JSON, go-yaml v2 text.</summary>
internal static class CanonicalScalar
{
    // Raw in JSON text, and either refused or taken for a line end by the reader of that text.
    private static readonly SearchValues<char> TroubleInJson = SearchValues.Create([.. Enumerable.Range(0x7F, 0x21).Select(c => (char)c), '\uFFFE', '\uFFFF']);

    /// <summary>The text of a scalar that is a string in the output; null when it is of another type.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <param name="inFlow">Whether it stands inside brackets, where v3 writes nothing at all as an empty string.</param>
    /// <exception cref="KustomizeException">Its text does not fit its tag, or cannot be printed.</exception>
    internal static string? StringOrNull(ScalarNode scalar, bool inFlow)
    {
        string? text = TextOrNull(scalar, inFlow);
        return text is null ? null : ThroughJson(text, scalar);
    }

    /// <summary>The text of a scalar that is a string in JSON; null when it is of another type.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <param name="inFlow">Whether it stands inside brackets, where v3 writes nothing at all as an empty string.</param>
    /// <exception cref="KustomizeException">Its text does not fit its tag.</exception>
    internal static string? TextOrNull(ScalarNode scalar, bool inFlow) => scalar.Tag switch
    {
        ScalarTags.Null when inFlow && scalar is { Value.Length: 0, HasExplicitTag: false } => "",
        ScalarTags.String when !inFlow && scalar.Value.StartsWith('\t') && IsBlock(scalar) => throw BeginsWithTab(scalar),
        ScalarTags.String => scalar.Style == ScalarStyle.Folded && !inFlow ? FoldedText.PassThroughV3(scalar.Value) : scalar.Value,
        ScalarTags.Integer or ScalarTags.Float or ScalarTags.Boolean or ScalarTags.Null => null,
        _ when scalar.Style == ScalarStyle.Folded && !inFlow && scalar.Tag != ScalarTags.Binary => FoldedText.PassThroughV3(ScalarValue.Of(scalar).Text!),
        _ => ScalarValue.Of(scalar).Text,
    };

    /// <summary>Whether v3 writes a scalar as a block.</summary>
    private static bool IsBlock(ScalarNode scalar) =>
        (scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded || (scalar.Style == ScalarStyle.Plain && scalar.Value.Contains('\n', StringComparison.Ordinal)))
        && ScalarAnalysis.Of(scalar.Value, tabsInBlocks: true).Block;

    // v3 writes such a block without saying how far it is indented, and cannot read it again.
    private static KustomizeException BeginsWithTab(ScalarNode scalar) => new(
        DiagnosticIds.InvalidValue,
        "A text of several lines begins with a tab, which kustomize cannot print.",
        scalar.Position,
        "Begin the text with something else, an empty line for instance, or put it in double quotes.");

    /// <summary>The text of a scalar that is not a string: a number, a boolean or null.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <exception cref="KustomizeException">Its text does not fit its tag, or it is not a number that JSON has.</exception>
    internal static string Literal(ScalarNode scalar)
    {
        ScalarValue value = ScalarValue.Of(scalar);
        if (value.Kind != ScalarValueKind.Float)
        {
            return Literal(value);
        }
        RequireFinite(value.Float, scalar);
        // JSON writes 1e3 as 1000, which reads back as an integer.
        string json = GoNumber.FormatJson(value.Float);
        return GoNumber.Classify(json, out ulong bits, out _) switch
        {
            NumberKind.Integer => unchecked((long)bits).ToString(ScalarResolver.Culture),
            NumberKind.UnsignedInteger => bits.ToString(ScalarResolver.Culture),
            _ => GoNumber.FormatG(value.Float),
        };
    }

    /// <summary>The same in JSON.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <exception cref="KustomizeException">Its text does not fit its tag, or it is not a number that JSON has.</exception>
    internal static string JsonLiteral(ScalarNode scalar)
    {
        ScalarValue value = ScalarValue.Of(scalar);
        if (value.Kind != ScalarValueKind.Float)
        {
            return Literal(value);
        }
        RequireFinite(value.Float, scalar);
        return GoNumber.FormatJson(value.Float);
    }

    private static string Literal(ScalarValue value) => value.Kind switch
    {
        ScalarValueKind.Boolean => value.Boolean ? "true" : "false",
        ScalarValueKind.Integer => value.Integer.ToString(ScalarResolver.Culture),
        ScalarValueKind.UnsignedInteger => value.UnsignedInteger.ToString(ScalarResolver.Culture),
        _ => "null",
    };

    /// <summary>Refuses what JSON cannot hold.</summary>
    /// <param name="number">The number.</param>
    /// <param name="scalar">The scalar that it is the value of.</param>
    private static void RequireFinite(double number, ScalarNode scalar)
    {
        if (!double.IsFinite(number))
        {
            throw new KustomizeException(
                DiagnosticIds.InvalidValue,
                $"The number `{scalar.Value}` cannot be printed: JSON has neither infinity nor not-a-number.",
                scalar.Position,
                "Use a finite number, or put the value in quotes.");
        }
    }

    /// <summary>The text of a key.</summary>
    /// <param name="key">The key, known to be a string.</param>
    internal static string Key(ScalarNode key)
    {
        string text = key.Value;
        if (text.Length > 1000 || text.AsSpan().ContainsAny(TroubleInJson))
        {
            if (Encoding.UTF8.GetByteCount(text) > 1022 || ThroughJson(text, key) != text)
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidKey,
                    $"The mapping key `{text[..Math.Min(text.Length, 40)]}...` cannot be printed: it is longer than 1,022 bytes or holds a line separator.",
                    key.Position,
                    "Shorten the key.");
            }
        }
        return text;
    }

    /// <summary>How many columns a key takes that was written with its colon.</summary>
    /// <param name="key">The key.</param>
    /// <param name="bytes">The bytes that were written.</param>
    internal static int Columns(string key, int bytes)
    {
        if (Ascii.IsValid(key))
        {
            return bytes;
        }
        int extra = 0;
        foreach (Rune rune in key.EnumerateRunes())
        {
            // Runes that are escaped take bytes and columns alike; escapes are ASCII.
            extra += rune.IsAscii || !rune.IsBmp || !ScalarAnalysis.IsPrintable((char)rune.Value) ? 0 : rune.Utf8SequenceLength - 1;
        }
        return bytes - extra;
    }

    /// <summary>A string as it comes back from JSON text that go-yaml v2 has read.</summary>
    private static string ThroughJson(string text, ScalarNode scalar)
    {
        if (!text.AsSpan().ContainsAny(TroubleInJson))
        {
            return text;
        }
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c != '\u0085')
            {
                if (TroubleInJson.Contains(c))
                {
                    throw new KustomizeException(
                        DiagnosticIds.InvalidValue,
                        $"The text holds the control character U+{(int)c:X4}, which cannot be printed.",
                        scalar.Position,
                        "Remove the character, or keep the data in base64.");
                }
                result.Append(c);
                continue;
            }
            // A line end inside quotes is folded: one becomes a blank, the blanks around it go.
            while (result.Length > 0 && result[^1] == ' ')
            {
                result.Length--;
            }
            int breaks = 0;
            while (i < text.Length && text[i] is '\u0085' or ' ')
            {
                breaks += text[i] == '\u0085' ? 1 : 0;
                i++;
            }
            i--;
            result.Append(breaks == 1 ? " " : new string('\n', breaks - 1));
        }
        return result.ToString();
    }
}
