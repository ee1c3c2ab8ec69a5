using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>Loads the replacements of a kustomization, those in files included.</summary>
/// <param name="loader">Reads files.</param>
/// <param name="warnings">Receives warnings.</param>
internal sealed class ReplacementLoader(RootLoader loader, List<Diagnostic> warnings)
{
    /// <summary>Loads replacements.</summary>
    /// <param name="entries">The list as written.</param>
    /// <exception cref="KustomizeException">An entry or a file cannot be used.</exception>
    public IReadOnlyList<Replacement> Load(YamlNode entries)
    {
        var replacements = new List<Replacement>();
        foreach (ReplacementEntry entry in ReplacementReader.Read(entries))
        {
            if (entry.Path.Length == 0)
            {
                replacements.Add(entry.Inline);
                continue;
            }
            IReadOnlyList<YamlNode> documents = loader.Load(new Located<string>(entry.Path, entry.Position), "replacements").Documents;
            if (documents is [] or [{ IsNull: true }, ..])
            {
                throw new KustomizeException(DiagnosticIds.InvalidReplacement, $"The file of replacements '{entry.Path}' is empty.", entry.Position, "Write a replacement, or a list of them, into it.");
            }
            replacements.AddRange(ReplacementReader.ReadFile(documents[0]));
            if (documents.Count > 1)
            {
                warnings.Add(new Diagnostic(
                    DiagnosticIds.InvalidYaml, DiagnosticSeverity.Warning, "Only the first document of a file of replacements counts; this one is ignored.", documents[1].Position,
                    "Write one list of replacements, or remove it."));
            }
        }
        return replacements;
    }
}
