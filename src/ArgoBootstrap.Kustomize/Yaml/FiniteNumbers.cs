using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Yaml;

/// <summary>Refuses numbers that JSON does not have, where kustomize makes JSON of a file before it reads it.</summary>
internal static class FiniteNumbers
{
    /// <summary>Looks through a tree.</summary>
    /// <param name="node">The tree.</param>
    /// <param name="refusal">The start of the message, up to what holds the number.</param>
    /// <exception cref="KustomizeException">A value is infinite, or not a number.</exception>
    public static void Require(YamlNode node, string refusal)
    {
        switch (node)
        {
            case MappingNode mapping:
                for (int i = 0; i < mapping.Count; i++)
                {
                    Require(mapping.Entries[i].Value, refusal);
                }
                break;
            case SequenceNode sequence:
                for (int i = 0; i < sequence.Count; i++)
                {
                    Require(sequence[i], refusal);
                }
                break;
            case ScalarNode { Tag: ScalarTags.Float } scalar when ScalarResolver.TryParseNamedFloat(scalar.Value, out _):
                throw Refusal(scalar, refusal);
        }
    }

    /// <summary>The error for a number that JSON does not have.</summary>
    /// <param name="scalar">The number.</param>
    /// <param name="refusal">The start of the message, up to what holds the number.</param>
    public static KustomizeException Refusal(ScalarNode scalar, string refusal) => new(
        DiagnosticIds.InvalidValue,
        $"{refusal} that holds the number `{scalar.Value}`, which JSON does not have.",
        scalar.Position,
        "Use a finite number, or put the value in quotes.");
}
