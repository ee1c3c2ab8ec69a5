using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests;

/// <summary>Builds small trees, and compares them as flow-style text.</summary>
internal static class Tree
{
    public static readonly ScalarNode Null = ScalarNode.Null;

    public static MappingNode Map(params (string Key, object? Value)[] entries) =>
        MappingNode.Create(entries.Select(e => new MappingEntry(ScalarNode.String(e.Key), Node(e.Value))));

    public static SequenceNode List(params object?[] items) => SequenceNode.Create(items.Select(Node));

    public static string Text(YamlNode node) => node switch
    {
        MappingNode mapping => "{" + string.Join(", ", mapping.Entries.ToArray().Select(e => $"{e.Key.Value}: {Text(e.Value)}")) + "}",
        SequenceNode sequence => "[" + string.Join(", ", sequence.Items.ToArray().Select(Text)) + "]",
        ScalarNode { Tag: ScalarTags.String } text => $"\"{text.Value}\"",
        ScalarNode scalar => scalar.Value,
        _ => throw new InvalidOperationException(node.KindName),
    };

    private static YamlNode Node(object? value) => value switch
    {
        null => Null,
        YamlNode node => node,
        string text => ScalarNode.String(text),
        int number => new ScalarNode(number.ToString(System.Globalization.CultureInfo.InvariantCulture), ScalarTags.Integer, ScalarStyle.Plain, SourcePosition.None),
        bool flag => new ScalarNode(flag ? "true" : "false", ScalarTags.Boolean, ScalarStyle.Plain, SourcePosition.None),
        _ => throw new ArgumentException(value.ToString()),
    };
}
