using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Configuration;

/// <summary>Finds text without quotes that holds what looks like quotes or like nothing: kustomize takes it as part of the text.</summary>
internal static class DeceivingText
{
    /// <summary>The warnings about a document.</summary>
    /// <param name="node">The document.</param>
    public static IEnumerable<Diagnostic> In(YamlNode node)
    {
        switch (node)
        {
            case MappingNode mapping:
                for (int i = 0; i < mapping.Count; i++)
                {
                    MappingEntry entry = mapping.Entries[i];
                    if (Of(entry.Key) is Diagnostic key)
                    {
                        yield return key;
                    }
                    foreach (Diagnostic found in In(entry.Value))
                    {
                        yield return found;
                    }
                }
                break;
            case SequenceNode sequence:
                for (int i = 0; i < sequence.Count; i++)
                {
                    foreach (Diagnostic found in In(sequence[i]))
                    {
                        yield return found;
                    }
                }
                break;
            case ScalarNode scalar when Of(scalar) is Diagnostic own:
                yield return own;
                break;
        }
    }

    private static Diagnostic? Of(ScalarNode scalar)
    {
        string text = scalar.Value;
        if (scalar.Style != ScalarStyle.Plain || text.Length == 0 || Ascii.IsValid(text))
        {
            return null;
        }
        // Quotes within a sentence are meant; around the whole they are not.
        bool isQuoted = text.Length > 1 && CharacterNames.IsQuote(text[0]) && CharacterNames.IsQuote(text[^1]);
        char? found = isQuoted ? text[0] : Array.Find([text[0], text[^1]], IsBlank) is char edge and not '\0' ? edge : null;
        return found is char c
            ? new Diagnostic(
                DiagnosticIds.InvalidValue, DiagnosticSeverity.Warning, $"This text holds {CharacterNames.Of(c)}, which becomes part of it.", scalar.Position,
                // The text may be a secret: it is not repeated.
                CharacterNames.IsQuote(c) ? "Write ordinary quotes, or none." : "Remove the character, or put the text in quotes where it is meant.")
            : null;
    }

    private static bool IsBlank(char c) => CharacterNames.Of(c) is not null && CharacterNames.Meant(c) is null or ' ';
}
