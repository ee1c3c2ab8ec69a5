using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>Reads which fields transformers change: kustomize's defaults, and what <c>configurations</c> and <c>crds</c> add.</summary>
/// <param name="loader">Reads files.</param>
internal sealed class TransformerConfigurationLoader(RootLoader loader)
{
    /// <summary>Adds what a kustomization names to what the kustomizations below it brought.</summary>
    /// <param name="gathered">What is there.</param>
    /// <param name="kustomization">The kustomization.</param>
    /// <exception cref="KustomizeException">A file cannot be read, or contradicts what is there.</exception>
    public TransformerConfiguration AddTo(TransformerConfiguration gathered, Kustomization kustomization)
    {
        // The files are merged with each other before they meet the defaults: it matters where two of them name the same field.
        TransformerConfiguration files = TransformerConfiguration.Empty;
        SourcePosition position = new(kustomization.File, 0, 0);
        foreach (Located<string> path in kustomization.Configurations)
        {
            position = path.Position;
            foreach (YamlNode document in loader.Load(path, "configurations").Documents.Take(1))
            {
                files = TransformerConfigurationMerger.Merge(files, TransformerConfigurationReader.Read(document), position);
            }
        }
        TransformerConfiguration own = kustomization.Configurations.Count == 0
            ? DefaultTransformerConfiguration.Instance
            : TransformerConfigurationMerger.Merge(DefaultTransformerConfiguration.Instance, files, position);
        gathered = TransformerConfigurationMerger.Merge(gathered, own, position);
        foreach (Located<string> path in kustomization.Crds)
        {
            SourceEntry file = loader.Load(path, "crds");
            if (file.Content.Length == 0)
            {
                throw new KustomizeException(
                    DiagnosticIds.InvalidSchema, $"The file '{path.Value}', which crds names, is empty.", path.Position, "Write OpenAPI definitions into it, or remove the entry.");
            }
            foreach (YamlNode document in file.Documents)
            {
                gathered = TransformerConfigurationMerger.Merge(gathered, CrdConfiguration.Read(document), path.Position);
            }
        }
        return gathered;
    }
}
