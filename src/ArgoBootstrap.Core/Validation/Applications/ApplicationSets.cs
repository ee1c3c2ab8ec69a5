using System.Text.RegularExpressions;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Applications;

/// <summary>Reads what can be decided about ApplicationSets without a cluster or a network.</summary>
internal static partial class ApplicationSets
{
    /// <summary>The git generators of an ApplicationSet, those within matrix and merge generators included.</summary>
    /// <param name="set">The ApplicationSet.</param>
    public static IEnumerable<MappingNode> GitGenerators(Resource set) => GitGenerators(set.Node.Child("spec").Child("generators"));

    /// <summary>The sources of the Applications that an ApplicationSet makes.</summary>
    /// <param name="set">The ApplicationSet.</param>
    public static IEnumerable<ApplicationSource> Sources(Resource set) =>
        ApplicationSource.In(set, set.Node.Child("spec").Child("template").Child("spec"));

    /// <summary>What a text of the template is in the Applications that it makes.</summary>
    /// <param name="set">The ApplicationSet.</param>
    /// <param name="text">The text.</param>
    /// <returns>
    /// The text itself where it has no parameter, and where it is written; where all parameters come from lists, the text for each of their elements;
    /// nothing where it is known only when the ApplicationSet is applied.
    /// </returns>
    public static IEnumerable<(string Text, SourcePosition Position)> Values(Resource set, ScalarNode text)
    {
        YamlNode? spec = set.Node.Child("spec");
        if (spec.Scalar("templatePatch") is { } patch && patch.Value.Contains("source", StringComparison.Ordinal))
        {
            return [];
        }

        if (!Substitutions.AreIn(text.Value))
        {
            return [(text.Value, text.Position)];
        }

        YamlNode[] generators = spec.Child("generators").Items();
        return generators.All(IsPlainList)
            ? generators.SelectMany(generator => generator.Child("list").Child("elements").Items()).Select(element => Fill(text, element)).Where(value => !Substitutions.AreIn(value.Text)).DistinctBy(value => value.Text)
            : [];
    }

    private static bool IsPlainList(YamlNode generator) =>
        generator.Child("list") is MappingNode list && list["elements"] is SequenceNode && list["elementsYaml"] is null && list["template"] is null;

    /// <summary>Fills in the parameters. What is nothing but a parameter is written where the element has it.</summary>
    private static (string Text, SourcePosition Position) Fill(ScalarNode text, YamlNode element)
    {
        ScalarNode? whole = Parameter().Match(text.Value) is { Success: true } only && only.Value == text.Value.Trim() ? Find(element, only.Groups["name"].Value) : null;
        string filled = Parameter().Replace(text.Value, match => Find(element, match.Groups["name"].Value)?.Value ?? match.Value);
        return (filled, whole is { Position.Line: > 0 } ? whole.Position : text.Position);
    }

    private static ScalarNode? Find(YamlNode element, string name) =>
        element.Scalar(name)
        ?? (name.Split('.') is { Length: > 1 } names ? names[..^1].Aggregate((YamlNode?)element, (node, key) => node.Child(key)).Scalar(names[^1]) : null);

    private static IEnumerable<MappingNode> GitGenerators(YamlNode? generators)
    {
        foreach (YamlNode generator in generators.Items())
        {
            if (generator.Child("git") is MappingNode git)
            {
                yield return git;
            }

            foreach (string combination in (string[])["matrix", "merge"])
            {
                foreach (MappingNode inner in GitGenerators(generator.Child(combination).Child("generators")))
                {
                    yield return inner;
                }
            }
        }
    }

    [GeneratedRegex("""\{\{-?\s*\.?(?<name>[A-Za-z_][\w.-]*)\s*-?\}\}""", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
