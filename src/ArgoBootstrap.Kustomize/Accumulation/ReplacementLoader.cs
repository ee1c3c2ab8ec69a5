using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.References;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>Loads the replacements of a kustomization, those in files included.</summary>
/// <param name="loader">Reads files.</param>
internal sealed class ReplacementLoader(RootLoader loader)
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
            // kustomize reads one document of such a file and leaves out the others.
            replacements.AddRange(ReplacementReader.ReadFile(documents[0]));
        }
        return replacements;
    }
}
