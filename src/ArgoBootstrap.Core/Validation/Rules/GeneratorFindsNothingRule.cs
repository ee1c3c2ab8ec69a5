using ArgoBootstrap.Core.Validation.Applications;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>A git generator whose pattern fits nothing. See docs/rules/GeneratorFindsNothing.md.</summary>
internal sealed class GeneratorFindsNothingRule : IOverlayRule
{
    /// <inheritdoc/>
    public string Id => "GeneratorFindsNothing";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    /// <inheritdoc/>
    public string Summary => "The patterns of an ApplicationSet's git generators find something in this repository.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => false;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context)
    {
        foreach (SourcePath path in OwnRepository.Paths(context).Where(path => path.Kind != SourcePathKind.Source && RepositoryGlob.IsPattern(path.Path)))
        {
            bool isFile = path.Kind == SourcePathKind.GeneratorFiles;
            if (!RepositoryGlob.FindsAny(context.Target.Repository!.Root, path.Path, isFile))
            {
                yield return new RuleViolation(
                    $"No {(isFile ? "file" : "folder")} of the repository fits '{path.Path}' of {ResourceReference.To(path.Owner)}, so that it makes no Application.",
                    $"Correct the pattern: it begins at the repository's root. Or add a {(isFile ? "file" : "folder")} that fits.",
                    path.Position,
                    path.Owner);
            }
        }
    }
}
