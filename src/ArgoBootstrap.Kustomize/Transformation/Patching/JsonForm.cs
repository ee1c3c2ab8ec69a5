using System.Globalization;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;
using ArgoBootstrap.Kustomize.Yaml.Scalars;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>
/// What an object becomes when kustomize turns it into JSON and back, as it does to apply a JSON patch: numbers go through
/// 64 bit floating point, so integers beyond 2^53 lose digits; dates become text. Everything that is the same afterwards,
/// which is nearly everything, is shared.
/// </summary>
internal static class JsonForm
{
    /// <summary>Turns a tree into JSON and back.</summary>
    /// <param name="node">The tree.</param>
    /// <returns>The very same node where nothing changes.</returns>
    /// <exception cref="KustomizeException">JSON cannot hold the tree: a key that is no string or is there twice, an infinite number.</exception>
    public static YamlNode RoundTrip(YamlNode node) => node switch
    {
        MappingNode mapping => RoundTrip(mapping),
        SequenceNode sequence => RoundTrip(sequence),
        _ => RoundTrip((ScalarNode)node),
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
            ScalarValueKind.Float => GoNumber.FormatJson(Finite(value.Float, scalar)),
            _ => null,
        };
    }

    private static MappingNode RoundTrip(MappingNode mapping)
    {
        RequireKeys(mapping);
        MappingEntry[]? changed = null;
        ReadOnlySpan<MappingEntry> entries = mapping.Entries;
        for (int i = 0; i < entries.Length; i++)
        {
            YamlNode value = RoundTrip(entries[i].Value);
            if (!ReferenceEquals(value, entries[i].Value))
            {
                changed ??= entries.ToArray();
                changed[i] = entries[i] with { Value = value };
            }
        }
        return changed is null ? mapping : mapping.WithEntries(changed);
    }

    private static SequenceNode RoundTrip(SequenceNode sequence)
    {
        YamlNode[]? changed = null;
        ReadOnlySpan<YamlNode> items = sequence.Items;
        for (int i = 0; i < items.Length; i++)
        {
            YamlNode item = RoundTrip(items[i]);
            if (!ReferenceEquals(item, items[i]))
            {
                changed ??= items.ToArray();
                changed[i] = item;
            }
        }
        return changed is null ? sequence : sequence.WithItems(changed);
    }

    private static ScalarNode RoundTrip(ScalarNode scalar)
    {
        if (scalar.Tag == ScalarTags.String)
        {
            return scalar;
        }
        ScalarValue value = ScalarValue.Of(scalar);
        (string text, string tag) = value.Kind switch
        {
            ScalarValueKind.Null => ("null", ScalarTags.Null),
            ScalarValueKind.Boolean => (value.Boolean ? "true" : "false", ScalarTags.Boolean),
            ScalarValueKind.String => (value.Text!, ScalarTags.String),
            ScalarValueKind.Integer => Number(value.Integer),
            ScalarValueKind.UnsignedInteger => Number(value.UnsignedInteger),
            _ => Number(Finite(value.Float, scalar)),
        };
        return text == scalar.Value && tag == scalar.Tag ? scalar : new ScalarNode(text, tag, ScalarStyle.Plain, scalar.Position);
    }

    private static (string Text, string Tag) Number(double number)
    {
        string text = GoNumber.FormatG(number);
        return (text, text.AsSpan().IndexOfAny(".e") < 0 ? ScalarTags.Integer : ScalarTags.Float);
    }

    private static double Finite(double number, ScalarNode scalar) => double.IsFinite(number)
        ? number
        : throw new KustomizeException(
            DiagnosticIds.InvalidValue,
            $"A JSON patch cannot be applied to an object that holds the number `{scalar.Value}`, which JSON does not have.",
            scalar.Position,
            "Use a finite number, or put the value in quotes.");

    private static void RequireKeys(MappingNode mapping)
    {
        ReadOnlySpan<MappingEntry> entries = mapping.Entries;
        for (int i = 0; i < entries.Length; i++)
        {
            ScalarNode key = entries[i].Key;
            if (key.Tag != ScalarTags.String)
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidKey,
                    $"A JSON patch cannot be applied to an object with the key `{key.Value}`, which is not a string.",
                    key.Position,
                    "Put the key in quotes.");
            }
            if (mapping.IndexOf(key.Value) != i)
            {
                throw new KustomizeException(
                    DiagnosticIds.DuplicateKey,
                    $"A JSON patch cannot be applied to an object that has the key `{key.Value}` twice.",
                    key.Position,
                    "Remove one of the two.");
            }
        }
    }
}
