using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>What to write in place of a value of the wrong type: the form that was most probably meant, with the values that are there.</summary>
internal static class EntryForms
{
    private const int MaximumLength = 60;

    private static readonly string[] EntryFields =
        ["path", "patch", "target", "options", "name", "newName", "newTag", "digest", "tagSuffix", "count", "literals", "files", "envs", "env", "behavior", "namespace", "pairs", "includeSelectors",
         "includeTemplates", "fields", "repo", "version", "releaseName", "valuesFile", "valuesInline", "objref", "source", "targets", "apiVersion"];

    /// <summary>The remedy for an entry of a list that must be a mapping and is not; null for none.</summary>
    /// <param name="field">The list.</param>
    /// <param name="item">The entry.</param>
    public static string? Entry(string field, YamlNode item)
    {
        if (item is not ScalarNode { IsNull: false } scalar)
        {
            return null;
        }
        bool isText = scalar.Value.Trim().Contains('\n', StringComparison.Ordinal);
        return (field, isText) switch
        {
            ("patches" or "patchesJson6902", true) => "Write `- patch: |-` in place of its first line: an inline patch is the text of 'patch'.",
            ("patches", _) => $"Write `- path: {Text(scalar)}`.",
            ("patchesJson6902", _) => $"Write `- path: {Text(scalar)}`, and the object under 'target'.",
            ("replacements", false) => $"Write `- path: {Text(scalar)}`.",
            ("images" or "imageTags", false) => Image(scalar.Value),
            ("configMapGenerator" or "secretGenerator", false) => $"Write `- name: {Text(scalar)}`, with literals, files or envs below it.",
            ("replicas", false) => $"Write `- name: {Text(scalar)}`, with 'count' below it.",
            ("helmCharts", false) => $"Write `- name: {Text(scalar)}`, with 'repo' and 'version' below it.",
            ("labels", false) => Split(scalar.Value, '=') is var (key, value) ? $"Write `- pairs: {{{key}: {Quoted(value)}}}`." : null,
            _ => null,
        };
    }

    /// <summary>The remedy for a value that must be a list and is not; null for none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">The value.</param>
    public static string? List(string field, YamlNode value) => value switch
    {
        // What literals hold may be secret: it is not repeated.
        ScalarNode when field is "literals" => "Write each as an item: `- KEY=VALUE`.",
        ScalarNode scalar when Dashes(scalar.Value) is string dashes => $"Write a space after each dash: `- {dashes}`.",
        ScalarNode scalar when field is "replacements" or "vars" || Entry(field, scalar) is not null => Entry(field, scalar)?.Replace("Write `", $"Write, below '{field}:', `", StringComparison.Ordinal),
        ScalarNode { IsNull: false } scalar when Short(scalar) => $"Write `{field}: [{Text(scalar)}]`, or `- {Text(scalar)}` on a line below it.",
        MappingNode { Count: > 0 } mapping => ListOf(field, mapping),
        _ => null,
    };

    /// <summary>The remedy for a value that must be text and is not; null for none.</summary>
    /// <param name="field">The field, or the list that the value is an item of.</param>
    /// <param name="value">The value.</param>
    /// <param name="isItem">Whether it is an item of a list.</param>
    public static string? Text(string field, YamlNode value, bool isItem) => (field, value) switch
    {
        ("patch", MappingNode or SequenceNode) => "Write `patch: |-`: an inline patch is text, indented below it.",
        ("valuesFile", SequenceNode { Count: 1 } one) when one[0] is ScalarNode file => $"Write `valuesFile: {Text(file)}`.",
        ("valuesFile", SequenceNode) => "Name one file here, and the others under 'additionalValuesFiles'.",
        (_, MappingNode mapping) when isItem && mapping["kind"] is not null => "Write `- |-` and the object below it, indented: an object inside the list is text. Or name a file.",
        // The value may be a secret: it is not repeated.
        ("literals", MappingNode { Count: > 0 } pair) when isItem => $"Write `- {pair.Entries[0].Key.Value}=VALUE`.",
        ("files" or "envs", MappingNode { Count: 1 } pair) when isItem && pair.Entries[0].Value is ScalarNode scalar => $"Write `- {pair.Entries[0].Key.Value}={Plain(scalar)}`.",
        ("patchesStrategicMerge", MappingNode { Count: > 0 } mapping) when mapping["path"] is ScalarNode path => $"Write `- {Text(path)}`, or move the entry to 'patches'.",
        (_, MappingNode { Count: 1 } pair) when isItem && pair.Entries[0].Value is ScalarNode { IsNull: false } scalar && Short(scalar) => $"Write `- {Text(scalar)}`.",
        (_, SequenceNode { Count: 1 } one) when !isItem && one[0] is ScalarNode scalar && Short(scalar) => $"Write `{field}: {Text(scalar)}`.",
        (_, SequenceNode { Count: > 0 }) when isItem => "Write its items as items of the list above it.",
        _ => null,
    };

    /// <summary>The remedy for a value that must be a mapping and is not; null for none.</summary>
    /// <param name="value">The value.</param>
    public static string? Mapping(YamlNode value) => value is SequenceNode { Count: > 0 } list && list.Items.ToArray().All(i => i is MappingNode)
        ? $"Remove the dashes: `{((MappingNode)list[0]).Entries[0].Key.Value}: …`."
        : null;

    /// <summary>The remedy for a number or boolean in quotes; null for none.</summary>
    /// <param name="value">The value.</param>
    public static string? WithoutQuotes(YamlNode value) =>
        value is ScalarNode { Style: ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted } scalar
        && ScalarResolver.Resolve(scalar.Value) is ScalarTags.Integer or ScalarTags.Boolean
            ? $"Remove the quotes: {((ScalarNode)value).Value}."
            : null;

    private static string? ListOf(string field, MappingNode mapping)
    {
        MappingEntry first = mapping.Entries[0];
        if (field is "literals" || (field is "files" && first.Value is ScalarNode))
        {
            return $"Write each as an item: `- {first.Key.Value}={(field is "literals" ? "VALUE" : Plain((ScalarNode)first.Value))}`.";
        }
        if (EntryFields.Contains(first.Key.Value))
        {
            return $"Begin each entry with a dash: `- {first.Key.Value}: …`.";
        }
        return (field, first.Value) switch
        {
            ("labels", _) => $"Write `- pairs:` and these labels below it, indented: `- pairs: {{{first.Key.Value}: {Value(first.Value)}}}`.",
            ("images" or "imageTags", ScalarNode tag) => $"Write each as an entry: `- {{name: {first.Key.Value}, newTag: {Quoted(tag.Value)}}}`.",
            ("replicas", ScalarNode count) => $"Write each as an entry: `- {{name: {first.Key.Value}, count: {count.Value}}}`.",
            ("configMapGenerator" or "secretGenerator" or "helmCharts" or "images" or "replicas", _) => $"Write each as an entry: `- name: {first.Key.Value}`.",
            _ => $"Begin each entry with a dash: `- {first.Key.Value}`.",
        };
    }

    private static string Image(string image)
    {
        string digest = image.IndexOf('@', StringComparison.Ordinal) is >= 0 and int at ? image[(at + 1)..] : "";
        string rest = digest.Length > 0 ? image[..^(digest.Length + 1)] : image;
        int colon = rest.LastIndexOf(':');
        bool hasTag = colon > rest.LastIndexOf('/');
        string name = hasTag ? rest[..colon] : rest;
        return (hasTag, digest.Length > 0) switch
        {
            (_, true) => $"Write `- {{name: {name}, digest: {Quoted(digest)}}}`.",
            (true, _) => $"Write `- {{name: {name}, newTag: {Quoted(rest[(colon + 1)..])}}}`.",
            _ => $"Write `- name: {name}`, with newName, newTag or digest below it.",
        };
    }

    /// <summary>The first item of a list whose dashes have no blank after them, which makes one text of all.</summary>
    private static string? Dashes(string text) =>
        text.Length > 1 && text[0] == '-' && text[1] is not ('-' or ' ') ? text[1..].Split(" -")[0].Trim() : null;

    private static (string Key, string Value)? Split(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is > 0 and int at ? (text[..at].Trim(), text[(at + 1)..].Trim()) : null;

    private static bool Short(ScalarNode scalar) => scalar.Value.Length is > 0 and <= MaximumLength && !scalar.Value.Contains('\n', StringComparison.Ordinal);

    private static string Plain(ScalarNode scalar) => scalar.Value.Length <= MaximumLength ? scalar.Value : scalar.Value[..MaximumLength] + "…";

    /// <summary>A scalar as it has to be written to stay text.</summary>
    private static string Text(ScalarNode scalar) => ScalarResolver.Resolve(scalar.Value) != ScalarTags.String || scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted
        ? Quoted(scalar.Value)
        : Plain(scalar);

    private static string Value(YamlNode node) => node is ScalarNode scalar ? Text(scalar) : "…";

    private static string Quoted(string text) => $"\"{(text.Length <= MaximumLength ? text : text[..MaximumLength] + "…")}\"";
}
