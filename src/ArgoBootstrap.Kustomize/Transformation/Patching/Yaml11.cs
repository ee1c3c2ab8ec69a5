using System.Globalization;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Transformation.Patching;

/// <summary>
/// What go-yaml v2 (YAML 1.1) makes of a document, where that differs from v3. kustomize reads JSON patches that are
/// written in YAML with v2 and turns them into JSON.
/// </summary>
internal static class Yaml11
{
    /// <summary>
    /// Whether a scalar is a string without quotes whose text says something else by the rules of YAML 1.1. Text that was set
    /// without saying what it stands for counts as a string; dates and <c>&lt;&lt;</c> say nothing else.
    /// </summary>
    /// <param name="scalar">The scalar.</param>
    public static bool IsUnquotedAmbiguity(ScalarNode scalar) =>
        scalar.Style == ScalarStyle.Plain && (scalar.Tag == ScalarTags.String || scalar.IsUntagged) && Yaml11Text.IsNonString(scalar.Value);

    /// <summary>The JSON that a document stands for: <c>yes</c> is true, a date is text, keys are text.</summary>
    /// <param name="node">The document, read by the rules of v3.</param>
    /// <exception cref="KustomizeException">JSON cannot hold it.</exception>
    public static YamlNode ToJson(YamlNode node) => node switch
    {
        MappingNode mapping => ToJson(mapping),
        SequenceNode sequence => sequence.WithItems([.. sequence.Items.ToArray().Select(ToJson)]),
        _ => ToJson((ScalarNode)node),
    };

    private static MappingNode ToJson(MappingNode mapping)
    {
        var places = new Dictionary<string, int>(mapping.Count, StringComparer.Ordinal);
        var entries = new List<MappingEntry>(mapping.Count);
        foreach (MappingEntry entry in mapping.Entries)
        {
            ScalarNode value = ToJson(entry.Key);
            if (value.IsNull)
            {
                throw new KustomizeException(DiagnosticIds.InvalidKey, "A key of a JSON patch is null.", entry.Key.Position, "Put the key in quotes.");
            }
            var key = new ScalarNode(value.Value, ScalarTags.String, ScalarStyle.DoubleQuoted, value.Position);
            var converted = new MappingEntry(key, ToJson(entry.Value));
            if (places.TryAdd(key.Value, entries.Count))
            {
                entries.Add(converted);
            }
            else
            {
                entries[places[key.Value]] = converted;
            }
        }
        return mapping.WithEntries([.. entries]);
    }

    private static ScalarNode ToJson(ScalarNode scalar)
    {
        (string text, string tag) = scalar.Tag switch
        {
            ScalarTags.String when scalar.Style == ScalarStyle.Plain && ScalarResolver.Yaml11Boolean(scalar.Value) is bool value => (value ? "true" : "false", ScalarTags.Boolean),
            ScalarTags.String or ScalarTags.Timestamp => (scalar.Value, ScalarTags.String),
            _ => Convert(scalar),
        };
        // Folded text that is written and read once more can change; JSON knows no such style.
        return text == scalar.Value && tag == scalar.Tag && scalar.Style != ScalarStyle.Folded ? scalar : new ScalarNode(text, tag, ScalarStyle.Plain, scalar.Position);
    }

    private static (string Text, string Tag) Convert(ScalarNode scalar)
    {
        ScalarValue value = ScalarValue.Of(scalar);
        switch (value.Kind)
        {
            case ScalarValueKind.String:
                return (value.Text!, ScalarTags.String);
            case ScalarValueKind.Integer:
                return (value.Integer.ToString(CultureInfo.InvariantCulture), ScalarTags.Integer);
            case ScalarValueKind.UnsignedInteger:
                return (value.UnsignedInteger.ToString(CultureInfo.InvariantCulture), ScalarTags.Integer);
            default:
                string literal = JsonForm.Literal(scalar)!;
                return (literal, value.Kind switch
                {
                    ScalarValueKind.Null => ScalarTags.Null,
                    ScalarValueKind.Boolean => ScalarTags.Boolean,
                    _ => ScalarResolver.Resolve(literal),
                });
        }
    }
}
