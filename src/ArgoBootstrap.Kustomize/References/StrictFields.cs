using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.References;

/// <summary>
/// Reads configuration the way kustomize's decoders do: field names match whatever their case, a wrong type is an error,
/// null counts as not given. What else holds depends on the file.
/// </summary>
/// <param name="unknownFieldsFail">Whether a field that is not known is an error.</param>
/// <param name="scalarsAreText">Whether a number or boolean is taken where text is expected.</param>
internal sealed class StrictFields(bool unknownFieldsFail, bool scalarsAreText)
{
    /// <summary>The rules of a kustomization file.</summary>
    public static StrictFields Kustomization { get; } = new(unknownFieldsFail: true, scalarsAreText: false);

    /// <summary>The rules of the files that <c>configurations</c> names.</summary>
    public static StrictFields TransformerConfiguration { get; } = new(unknownFieldsFail: true, scalarsAreText: true);

    /// <summary>The rules of the files that <c>replacements[].path</c> names.</summary>
    public static StrictFields ReplacementFile { get; } = new(unknownFieldsFail: false, scalarsAreText: true);

    /// <summary>Reads the fields of a mapping.</summary>
    /// <param name="node">The mapping; null has no fields.</param>
    /// <param name="what">What messages call it.</param>
    /// <param name="field">Takes the name of a field in lower case and its value; says whether the field is known.</param>
    /// <exception cref="KustomizeException">It is not a mapping, or has a field that is not known.</exception>
    public void Read(YamlNode node, string what, Func<string, YamlNode, bool> field)
    {
        if (node.IsNull)
        {
            return;
        }
        if (node is not MappingNode mapping)
        {
            throw WrongType(node, what, "a mapping");
        }
        foreach (MappingEntry entry in mapping.Entries)
        {
            if (!field(entry.Key.Value.ToLowerInvariant(), entry.Value) && unknownFieldsFail)
            {
                throw new KustomizeException(
                    DiagnosticIds.UnknownField,
                    $"The field '{entry.Key.Value}' is not known in {what}.",
                    entry.Key.Position,
                    "Remove the field, or correct its name.");
            }
        }
    }

    /// <summary>The items of a list.</summary>
    /// <param name="node">The list; null has no items.</param>
    /// <param name="what">What messages call it.</param>
    public IEnumerable<YamlNode> Items(YamlNode node, string what) => node switch
    {
        SequenceNode sequence => sequence.Items.ToArray(),
        _ when node.IsNull => [],
        _ => throw WrongType(node, what, "a list"),
    };

    /// <summary>A text.</summary>
    /// <param name="node">The value; null is the empty text.</param>
    /// <param name="what">What messages call it.</param>
    public string Text(YamlNode node, string what)
    {
        if (node is not ScalarNode scalar)
        {
            throw WrongType(node, what, "a string");
        }
        if (scalar.IsNull)
        {
            return "";
        }
        if (scalar.Tag == ScalarTags.Boolean || OldBoolean(scalar) is not null)
        {
            return scalarsAreText ? (Boolean(scalar, what) ? "true" : "false") : throw WrongType(node, what, "a string");
        }
        return scalar.Tag is not (ScalarTags.Integer or ScalarTags.Float) ? scalar.Value
            : scalarsAreText ? scalar.NumberText()
            : throw WrongType(node, what, "a string");
    }

    /// <summary>A text, for which no number or boolean is taken in any file: the parts of types and ids.</summary>
    /// <param name="node">The value; null is the empty text.</param>
    /// <param name="what">What messages call it.</param>
    public static string ExactText(YamlNode node, string what) => Kustomization.Text(node, what);

    /// <summary>A boolean.</summary>
    /// <param name="node">The value; null is false.</param>
    /// <param name="what">What messages call it.</param>
    public bool Boolean(YamlNode node, string what)
    {
        if (node.IsNull)
        {
            return false;
        }
        return node switch
        {
            ScalarNode { Tag: ScalarTags.Boolean } scalar => scalar.Value[0] is 't' or 'T',
            ScalarNode scalar when OldBoolean(scalar) is { } value => value,
            _ => throw WrongType(node, what, "true or false"),
        };
    }

    /// <summary>An integer.</summary>
    /// <param name="node">The value; null is 0.</param>
    /// <param name="what">What messages call it.</param>
    public long Integer(YamlNode node, string what) => node.IsNull ? 0 : ScalarValue.IntegerOf(node) ?? throw WrongType(node, what, "an integer");

    /// <summary>The error for a value of another type than must be there.</summary>
    public static KustomizeException WrongType(YamlNode node, string what, string expected)
    {
        string? remedy = (expected, node) switch
        {
            ("a string", ScalarNode scalar) => ValueDescription.QuotesFor(scalar),
            ("a string", _) => EntryForms.Text(what[(what.LastIndexOf('.') + 1)..], node, isItem: false),
            ("a list", _) => EntryForms.List(what, node),
            ("a mapping", _) => EntryForms.Mapping(node),
            _ => EntryForms.WithoutQuotes(node),
        };
        string named = what.Contains(' ', StringComparison.Ordinal) ? char.ToUpperInvariant(what[0]) + what[1..] : $"'{what}'";
        return new KustomizeException(DiagnosticIds.WrongType, $"{named} must be {expected}, but is {ValueDescription.Of(node)}.", node.Position, remedy ?? $"Make it {expected}.");
    }

    // kustomize reads its own configuration by the rules of YAML 1.1, in which these are booleans.
    private static bool? OldBoolean(ScalarNode scalar) =>
        scalar is { Style: ScalarStyle.Plain, Tag: ScalarTags.String } ? ScalarResolver.Yaml11Boolean(scalar.Value) : null;
}
