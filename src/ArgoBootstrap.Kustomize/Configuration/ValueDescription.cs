using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>How messages about kustomize's own files call a value that has the wrong type.</summary>
internal static class ValueDescription
{
    private const int MaximumLength = 40;

    /// <summary>What a value is: <c>a list</c>, <c>the number 5</c>, <c>the boolean N</c>.</summary>
    /// <param name="node">The value.</param>
    public static string Of(YamlNode node) => node switch
    {
        MappingNode => "a mapping",
        SequenceNode => "a list",
        { IsNull: true } => "empty",
        ScalarNode { Tag: ScalarTags.Integer or ScalarTags.Float } number => $"the number {number.Value}",
        ScalarNode boolean when BooleanOf(boolean) is bool => $"the boolean {boolean.Value}",
        ScalarNode scalar => $"'{Shortened(scalar.Value)}'",
        _ => node.KindName,
    };

    /// <summary>The remedy for a scalar that is to be text: quotes, and why where that is no matter of course.</summary>
    /// <param name="scalar">A number or boolean.</param>
    public static string QuotesFor(ScalarNode scalar)
    {
        string why = BooleanOf(scalar) is bool value && !bool.TryParse(scalar.Value, out _)
            ? $" Without quotes, kustomize reads {scalar.Value} as {(value ? "true" : "false")}, as YAML 1.1 does."
            : "";
        return $"Put it in quotes: \"{scalar.Value}\".{why}";
    }

    /// <summary>What a plain scalar is as a boolean: kustomize reads its own files by YAML 1.1, where yes, on and y are booleans as well; objects it reads by YAML 1.2.</summary>
    /// <param name="scalar">The scalar.</param>
    public static bool? BooleanOf(ScalarNode scalar) => scalar.Style != ScalarStyle.Plain ? null : scalar.Value switch
    {
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        string text => ScalarResolver.Yaml11Boolean(text),
    };

    private static string Shortened(string text)
    {
        int line = text.IndexOf('\n', StringComparison.Ordinal);
        string first = line < 0 ? text : text[..line];
        return first.Length > MaximumLength ? first[..MaximumLength] + "…" : line < 0 ? first : first + " …";
    }
}
