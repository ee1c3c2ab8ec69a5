using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>What is worth telling about a kustomization that can be carried out.</summary>
internal static class KustomizationWarnings
{
    /// <summary>The warnings about a kustomization's own fields.</summary>
    /// <param name="kustomization">The kustomization.</param>
    public static IEnumerable<Diagnostic> Of(Kustomization kustomization)
    {
        foreach (Located<string> field in kustomization.DeprecatedFields)
        {
            yield return new Diagnostic(
                DiagnosticIds.DeprecatedField, DiagnosticSeverity.Warning, $"'{field.Value}' is deprecated.", field.Position,
                $"Use '{KustomizationReader.ReplacementOf(field.Value)}' instead.");
        }
        foreach ((string key, Located<string> value) in kustomization.OpenApi)
        {
            if (key is not ("path" or "version"))
            {
                yield return new Diagnostic(
                    DiagnosticIds.UnknownField, DiagnosticSeverity.Warning, $"'openapi' has no field '{key}'; it is ignored.", value.Position,
                    "Remove it or correct its name." + NameSuggestion.Sentence(key, ["path", "version"]));
            }
        }
        foreach (Diagnostic remark in kustomization.Remarks)
        {
            yield return remark;
        }
        if (kustomization.IgnoredDocument is SourcePosition ignored)
        {
            yield return new Diagnostic(
                DiagnosticIds.InvalidYaml, DiagnosticSeverity.Warning, "Only the first document of a kustomization file counts; this one is ignored.", ignored,
                "Move it to a file of its own and name that under 'resources', or remove it.");
        }
        foreach (GeneratorEntry generator in kustomization.ConfigMapGenerator.Concat(kustomization.SecretGenerator))
        {
            if (generator.Behavior is not ("" or "unspecified" or "create" or "merge" or "replace"))
            {
                yield return new Diagnostic(
                    DiagnosticIds.InvalidValue, DiagnosticSeverity.Warning, $"The generator '{generator.Name}' has the unknown behavior '{generator.Behavior}', which counts as create.",
                    generator.Position, "Use create, merge or replace." + NameSuggestion.Sentence(generator.Behavior, ["create", "merge", "replace"]));
            }
        }
    }
}
