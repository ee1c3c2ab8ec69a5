using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>
/// Reads the fields of one mapping the way Go's JSON decoder does for kustomize: names match in any case, null is as good
/// as absent, an unknown field is an error. Every mistake is collected with its place; reading goes on.
/// </summary>
internal sealed class FieldReader
{
    private readonly Dictionary<string, YamlNode> _fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SourcePosition> _keys = new(StringComparer.OrdinalIgnoreCase);
    private readonly DiagnosticBag _bag;
    private readonly string _what;

    // Whether numbers and booleans become strings where strings are wanted.
    private readonly bool _readsScalarsAsText;

    /// <summary>Reads a mapping in which unknown fields are allowed: the configuration of a built-in generator or transformer.</summary>
    /// <param name="node">The mapping.</param>
    /// <param name="what">What the mapping is, as messages call it.</param>
    /// <param name="bag">Receives mistakes.</param>
    /// <param name="readsScalarsAsText">Whether numbers and booleans become strings where strings are wanted: kustomize decodes with the types in view, but does not see those of embedded Go structs.</param>
    public FieldReader(MappingNode node, string what, DiagnosticBag bag, bool readsScalarsAsText = true)
        : this(node, what, bag, [.. node.Entries.ToArray().Select(e => e.Key.Value)])
    {
        _readsScalarsAsText = readsScalarsAsText;
        IsConfigurationObject = true;
    }

    /// <summary>Takes a mapping apart.</summary>
    /// <param name="node">The mapping; any other node is an error.</param>
    /// <param name="what">What the mapping is, as messages call it: <c>an entry of 'patches'</c>.</param>
    /// <param name="bag">Receives mistakes.</param>
    /// <param name="known">The fields that there are.</param>
    public FieldReader(YamlNode node, string what, DiagnosticBag bag, params ReadOnlySpan<string> known)
    {
        _bag = bag;
        _what = what;
        Position = node.Position;
        if (node is not MappingNode mapping)
        {
            WrongType(node, what, "a mapping");
            return;
        }
        // The last of several spellings counts, in the order of kustomize's own detour over sorted JSON.
        MappingEntry[] entries = mapping.Entries.ToArray();
        foreach (MappingEntry entry in entries.OrderBy(e => e.Key.Value, StringComparer.Ordinal))
        {
            string? name = Match(entry.Key.Value, known);
            if (name is null)
            {
                bag.Error(
                    DiagnosticIds.UnknownField,
                    $"{Capitalized(what)} has no field '{entry.Key.Value}'.",
                    entry.Key.Position,
                    OtherNames.Remedy(entry.Key.Value, known.ToArray()));
            }
            else if (!entry.Value.IsNull)
            {
                _fields[name] = entry.Value;
                _keys[name] = entry.Key.Position;
            }
            else
            {
                _fields.Remove(name);
            }
        }
    }

    /// <summary>Where the mapping begins.</summary>
    public SourcePosition Position { get; }

    /// <summary>Whether the mapping belongs to an object that configures a generator or transformer, not to a kustomization.</summary>
    public bool IsConfigurationObject { get; }

    /// <summary>Names of the fields that are there and not null.</summary>
    public IEnumerable<string> Present => _fields.Keys;

    /// <summary>The node of a field, or null.</summary>
    public YamlNode? Node(string field) => _fields.GetValueOrDefault(field);

    /// <summary>Where the name of a field is written; where the mapping begins when the field is absent.</summary>
    public SourcePosition KeyPosition(string field) => _keys.TryGetValue(field, out SourcePosition position) ? position : Position;

    /// <summary>A string; empty when absent.</summary>
    public string String(string field) => LocatedString(field).Value;

    /// <summary>A string with its place; empty when absent.</summary>
    public Located<string> LocatedString(string field) =>
        Node(field) is YamlNode node ? new(AsString(node, $"'{field}'", EntryForms.Text(field, node, isItem: false), KeyPosition(field)), node.Position) : new("", Position);

    /// <summary>A truth value; false when absent.</summary>
    public bool Boolean(string field)
    {
        switch (Node(field))
        {
            case null:
                return false;
            case ScalarNode scalar when ValueDescription.BooleanOf(scalar) is bool value:
                return value;
            case YamlNode node:
                WrongType(node, $"'{field}'", "true or false", EntryForms.WithoutQuotes(node));
                return false;
        }
    }

    /// <summary>An integer; 0 when absent.</summary>
    public long Integer(string field)
    {
        if (Node(field) is not YamlNode node)
        {
            return 0;
        }
        if (ScalarValue.IntegerOf(node) is long value)
        {
            return value;
        }
        WrongType(node, $"'{field}'", "an integer", EntryForms.WithoutQuotes(node));
        return 0;
    }

    /// <summary>A mapping; null when absent.</summary>
    public MappingNode? Mapping(string field)
    {
        switch (Node(field))
        {
            case null:
                return null;
            case MappingNode mapping:
                return mapping;
            case YamlNode node:
                WrongType(node, $"'{field}'", "a mapping", EntryForms.Mapping(node), KeyPosition(field));
                return null;
        }
    }

    /// <summary>A sequence; null when absent.</summary>
    public SequenceNode? Sequence(string field)
    {
        switch (Node(field))
        {
            case null:
                return null;
            case SequenceNode sequence:
                return sequence;
            case YamlNode node:
                WrongType(node, $"'{field}'", "a list", EntryForms.List(field, node), KeyPosition(field));
                return null;
        }
    }

    /// <summary>A list of strings with their places; null when absent.</summary>
    public IReadOnlyList<Located<string>>? StringsOrNull(string field)
    {
        if (Sequence(field) is not SequenceNode sequence)
        {
            return null;
        }
        var strings = new List<Located<string>>(sequence.Count);
        foreach (YamlNode item in sequence.Items)
        {
            strings.Add(new(AsString(item, $"An item of '{field}'", EntryForms.Text(field, item, isItem: true)), item.Position));
        }
        return strings;
    }

    /// <summary>A list of strings with their places; empty when absent.</summary>
    public IReadOnlyList<Located<string>> Strings(string field) => StringsOrNull(field) ?? [];

    /// <summary>A mapping of strings to strings, sorted by key; empty when absent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> StringMap(string field)
    {
        if (Mapping(field) is not MappingNode mapping)
        {
            return [];
        }
        var pairs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (MappingEntry entry in mapping.Entries)
        {
            pairs[KeyOf(entry.Key)] = AsString(entry.Value, $"'{entry.Key.Value}' of '{field}'");
        }
        return [.. pairs];
    }

    /// <summary>A list of which each item is read by a function; empty when absent.</summary>
    public IReadOnlyList<T> List<T>(string field, Func<YamlNode, T> read)
    {
        if (Sequence(field) is not SequenceNode sequence)
        {
            return [];
        }
        var items = new List<T>(sequence.Count);
        foreach (YamlNode item in sequence.Items)
        {
            if (item is not MappingNode && EntryForms.Entry(field, item) is string remedy)
            {
                WrongType(item, $"an entry of '{field}'", "a mapping", remedy);
                continue;
            }
            items.Add(read(item));
        }
        return items;
    }

    /// <summary>Reports a field that must be there and is not.</summary>
    public void Require(string field, string remedy)
    {
        if (Node(field) is null)
        {
            _bag.Error(DiagnosticIds.MissingField, $"{Capitalized(_what)} has no '{field}'.", Position, remedy);
        }
    }

    private string AsString(YamlNode node, string what, string? remedy = null, SourcePosition? key = null)
    {
        switch (node)
        {
            case { IsNull: true }:
                return "";
            // kustomize reads timestamps as strings as well: its way over JSON has no other type for them.
            case ScalarNode { Tag: ScalarTags.String or ScalarTags.Timestamp or ScalarTags.Binary or ScalarTags.Merge } scalar when ValueDescription.BooleanOf(scalar) is null:
                return scalar.Value;
            case ScalarNode scalar when _readsScalarsAsText:
                return ValueDescription.BooleanOf(scalar) is bool value ? value ? "true" : "false" : scalar.NumberText();
            default:
                WrongType(node, what, "a string", node is ScalarNode unquoted && !what.EndsWith("'literals'", StringComparison.Ordinal) ? ValueDescription.QuotesFor(unquoted) : remedy, key);
                return "";
        }
    }

    /// <summary>Reports a value of the wrong type.</summary>
    /// <param name="node">The value.</param>
    /// <param name="what">What it is the value of.</param>
    /// <param name="wanted">What it must be.</param>
    /// <param name="remedy">What to write instead; a general instruction when null.</param>
    /// <param name="key">Where the name of the field is written: what begins on a line below it is pointed to by the name.</param>
    private void WrongType(YamlNode node, string what, string wanted, string? remedy = null, SourcePosition? key = null) =>
        _bag.Error(
            DiagnosticIds.WrongType,
            $"{Capitalized(what)} must be {wanted}, but is {(node is ScalarNode && what.EndsWith("'literals'", StringComparison.Ordinal) ? "a scalar" : ValueDescription.Of(node))}.",
            key is SourcePosition name && name.Line > 0 && node is not ScalarNode && node.Position.Line > name.Line ? name : node.Position,
            remedy ?? $"Make it {wanted}.");

    private static string KeyOf(ScalarNode key) => ValueDescription.BooleanOf(key) switch
    {
        true => "true",
        false => "false",
        null => key.Value,
    };

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string? Match(string name, ReadOnlySpan<string> known)
    {
        foreach (string field in known)
        {
            if (field == name)
            {
                return field;
            }
        }
        foreach (string field in known)
        {
            if (field.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return field;
            }
        }
        return null;
    }
}
