using System.Globalization;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;
using ArgoBootstrap.Kustomize.Yaml.Reading;
using ArgoBootstrap.Kustomize.Yaml.Scalars;
using ArgoBootstrap.Kustomize.Yaml.Writing;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>
/// What an object becomes when kustomize turns it into JSON and back, as it does to apply a JSON patch: numbers go through
/// 64 bit floating point, so integers beyond 2^53 lose digits; dates become text. Everything that is the same afterwards,
/// which is nearly everything, is shared.
/// </summary>
internal static class JsonForm
{
    private const string Patched = "A JSON patch cannot be applied to an object";

    /// <summary>Turns a tree into JSON and back.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="refusal">What cannot be done where JSON cannot hold the tree.</param>
    /// <param name="quotes">Whether the nodes are turned into JSON directly, which keeps integers, and the JSON text is read as YAML, which leaves strings in quotes; otherwise the way leads over YAML text.</param>
    /// <returns>The very same node where nothing changes.</returns>
    /// <exception cref="KustomizeException">JSON cannot hold the tree: a key that is not a string or occurs twice, an infinite number.</exception>
    public static YamlNode RoundTrip(YamlNode node, string refusal = Patched, bool quotes = false) => RoundTrip(node, new Way(refusal, quotes), inFlow: false);

    /// <summary>
    /// What kustomize reads the configuration of a generator or transformer from, where an object of its own holds it: the
    /// object goes over YAML text into JSON. So a string is in quotes wherever YAML 1.1 takes its text for something else.
    /// </summary>
    /// <param name="configuration">The object.</param>
    /// <returns>The very same node where nothing changes.</returns>
    /// <exception cref="KustomizeException">JSON cannot hold the object.</exception>
    public static MappingNode OfConfiguration(MappingNode configuration) =>
        (MappingNode)RoundTrip(configuration, new Way("A configuration cannot be read from an object", Quotes: false, IsConfiguration: true), inFlow: false);

    /// <summary>
    /// What the operations of a JSON patch see of an object: folded text is folded once more, nothing at all inside
    /// brackets is an empty string, and numbers have the text that JSON gives them. What JSON cannot hold is refused, even where a patch would remove it.
    /// </summary>
    /// <param name="node">The tree.</param>
    /// <returns>The very same node where nothing changes.</returns>
    /// <exception cref="KustomizeException">JSON cannot hold the tree.</exception>
    public static YamlNode Enter(YamlNode node) => Enter(node, inFlow: false);

    private static YamlNode Enter(YamlNode node, bool inFlow)
    {
        switch (node)
        {
            case MappingNode mapping:
                mapping = Merges.ExpandCreated(mapping);
                RequireKeys(mapping, new Way(Patched, Quotes: false));
                for (int i = 0; i < mapping.Count; i++)
                {
                    mapping = mapping.WithValueAt(i, Enter(mapping.Entries[i].Value, inFlow || mapping.IsFlow));
                }
                return mapping;
            case SequenceNode sequence:
                for (int i = 0; i < sequence.Count; i++)
                {
                    sequence = sequence.WithItemAt(i, Enter(sequence[i], inFlow || sequence.IsFlow));
                }
                return sequence;
            default:
                return Enter((ScalarNode)node, inFlow);
        }
    }

    private static ScalarNode Enter(ScalarNode scalar, bool inFlow)
    {
        if (scalar.Tag == ScalarTags.String)
        {
            string text = CanonicalScalar.TextOrNull(scalar, inFlow)!;
            return scalar.Style == ScalarStyle.Folded ? new ScalarNode(text, ScalarTags.String, V3ScalarWriter.StyleOfString(text), scalar.Position) : scalar;
        }
        if (IsEmptyInFlow(scalar, inFlow))
        {
            return EmptyString(scalar);
        }
        string? literal = Literal(scalar);
        // A float can have the text of an integer: read as a float, -0 would lose its sign, and what is beyond 63 bits not fit.
        return literal is null || literal == scalar.Value ? scalar : new ScalarNode(literal, ScalarResolver.Resolve(literal), ScalarStyle.Plain, scalar.Position);
    }

    private static YamlNode RoundTrip(YamlNode node, Way way, bool inFlow) => node switch
    {
        MappingNode mapping => RoundTrip(mapping, way, inFlow || mapping.IsFlow),
        SequenceNode sequence => RoundTrip(sequence, way, inFlow || sequence.IsFlow),
        _ => RoundTrip((ScalarNode)node, way, inFlow),
    };

    /// <summary>The JSON text of a scalar other than a string; null for a string.</summary>
    /// <param name="scalar">The scalar.</param>
    public static string? Literal(ScalarNode scalar)
    {
        ScalarValue value = ScalarValue.Of(scalar);
        return value.Kind switch
        {
            ScalarValueKind.Null => "null",
            ScalarValueKind.Boolean => value.Boolean ? "true" : "false",
            ScalarValueKind.Integer => value.Integer.ToString(CultureInfo.InvariantCulture),
            ScalarValueKind.UnsignedInteger => value.UnsignedInteger.ToString(CultureInfo.InvariantCulture),
            ScalarValueKind.Float => GoNumber.FormatJson(Finite(value.Float, scalar, Patched)),
            _ => null,
        };
    }

    private static MappingNode RoundTrip(MappingNode mapping, Way way, bool inFlow)
    {
        mapping = way.Quotes ? mapping : Merges.ExpandCreated(mapping, inQuotes: true);
        RequireKeys(mapping, way);
        MappingEntry[]? changed = null;
        ReadOnlySpan<MappingEntry> entries = mapping.Entries;
        for (int i = 0; i < entries.Length; i++)
        {
            YamlNode value = RoundTrip(entries[i].Value, way, inFlow);
            if (!ReferenceEquals(value, entries[i].Value))
            {
                changed ??= entries.ToArray();
                changed[i] = entries[i] with { Value = value };
            }
            if (!way.Quotes && KeyStyle(entries[i].Key.Value) is ScalarStyle style && style != entries[i].Key.Style)
            {
                changed ??= entries.ToArray();
                changed[i] = changed[i] with { Key = new ScalarNode(entries[i].Key.Value, ScalarTags.String, style, entries[i].Key.Position) };
            }
        }
        mapping = changed is null ? mapping : mapping.WithEntries(changed);
        return mapping.AsFlow(way.Quotes);
    }

    private static ScalarStyle KeyStyle(string key) => key.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.DoubleQuoted : V3ScalarWriter.StyleOfString(key);

    private static SequenceNode RoundTrip(SequenceNode sequence, Way way, bool inFlow)
    {
        YamlNode[]? changed = null;
        ReadOnlySpan<YamlNode> items = sequence.Items;
        for (int i = 0; i < items.Length; i++)
        {
            YamlNode item = RoundTrip(items[i], way, inFlow);
            if (!ReferenceEquals(item, items[i]))
            {
                changed ??= items.ToArray();
                changed[i] = item;
            }
        }
        sequence = changed is null ? sequence : sequence.WithItems(changed);
        return sequence.AsFlow(way.Quotes);
    }

    private static ScalarNode RoundTrip(ScalarNode scalar, Way way, bool inFlow)
    {
        if (scalar.Tag == ScalarTags.String)
        {
            string content = way.Quotes ? scalar.Value : CanonicalScalar.TextOrNull(scalar, inFlow)!;
            ScalarStyle written = way.Quotes ? ScalarStyle.DoubleQuoted : V3ScalarWriter.StyleOfString(content);
            string read = TagOfString(content, way);
            return written == scalar.Style && read == scalar.Tag && ReferenceEquals(content, scalar.Value) && !scalar.IsShared && !scalar.IsUntagged
                ? scalar
                : new ScalarNode(content, read, written, scalar.Position);
        }
        if (!way.Quotes && IsEmptyInFlow(scalar, inFlow))
        {
            return EmptyString(scalar);
        }
        ScalarValue value = ScalarValue.Of(scalar);
        (string text, string tag) = value.Kind switch
        {
            ScalarValueKind.Null => ("null", ScalarTags.Null),
            ScalarValueKind.Boolean => (value.Boolean ? "true" : "false", ScalarTags.Boolean),
            ScalarValueKind.String => (value.Text!, TagOfString(value.Text!, way)),
            ScalarValueKind.Integer when way.KeepsNumbers => (value.Integer.ToString(CultureInfo.InvariantCulture), ScalarTags.Integer),
            ScalarValueKind.UnsignedInteger when way.KeepsNumbers => (value.UnsignedInteger.ToString(CultureInfo.InvariantCulture), ScalarTags.Integer),
            // An integer has no -0 but in JSON, where it is a number with a sign.
            ScalarValueKind.Integer => Number(value.Integer == 0 && scalar.Value is "-0" ? -0.0 : value.Integer, way),
            ScalarValueKind.UnsignedInteger => Number(value.UnsignedInteger, way),
            _ => Number(Finite(value.Float, scalar, way.Refusal), way),
        };
        ScalarStyle style = value.Kind != ScalarValueKind.String ? ScalarStyle.Plain : way.Quotes ? ScalarStyle.DoubleQuoted : V3ScalarWriter.StyleOfString(text);
        return text == scalar.Value && tag == scalar.Tag && style == scalar.Style && !scalar.IsUntagged ? scalar : new ScalarNode(text, tag, style, scalar.Position);
    }

    // go-yaml v3 writes the text << without quotes, and reads it as a merge key, wherever it stands.
    private static string TagOfString(string text, Way way) => text == "<<" && !way.Quotes ? ScalarTags.Merge : ScalarTags.String;

    // Inside of brackets, nothing at all is written as an empty string.
    private static bool IsEmptyInFlow(ScalarNode scalar, bool inFlow) => inFlow && scalar is { Tag: ScalarTags.Null, Value.Length: 0, HasExplicitTag: false };

    private static ScalarNode EmptyString(ScalarNode scalar) => new("", ScalarTags.String, ScalarStyle.DoubleQuoted, scalar.Position);

    private static (string Text, string Tag) Number(double number, Way way)
    {
        if (way.KeepsNumbers)
        {
            string json = GoNumber.FormatJson(number);
            return (json, ScalarResolver.Resolve(json));
        }
        string text = GoNumber.FormatG(number);
        return (text, text.AsSpan().IndexOfAny(".e") < 0 ? ScalarTags.Integer : ScalarTags.Float);
    }

    private static double Finite(double number, ScalarNode scalar, string refusal) => double.IsFinite(number)
        ? number
        : throw FiniteNumbers.Refusal(scalar, refusal);

    private static void RequireKeys(MappingNode mapping, Way way)
    {
        ReadOnlySpan<MappingEntry> entries = mapping.Entries;
        for (int i = 0; i < entries.Length; i++)
        {
            ScalarNode key = entries[i].Key;
            if (key.Tag != ScalarTags.String)
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidKey,
                    $"{way.Refusal} with the key `{key.Value}`, which is not a string.",
                    key.Position,
                    "Put the key in quotes.");
            }
            if (mapping.IndexOf(key.Value) != i)
            {
                throw new KustomizeException(
                    DiagnosticIds.DuplicateKey,
                    $"{way.Refusal} that has the key `{key.Value}` twice.",
                    key.Position,
                    "Remove one of the two.");
            }
        }
    }

    private readonly record struct Way(string Refusal, bool Quotes, bool IsConfiguration = false)
    {
        /// <summary>Whether the JSON text is read by go-yaml, which tells integers from other numbers.</summary>
        public bool KeepsNumbers => Quotes || IsConfiguration;
    }
}
