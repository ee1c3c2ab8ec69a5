using ArgoBootstrap.Core.Validation.Applications;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>An Application whose path is not in the repository. See docs/rules/ApplicationPathMissing.md.</summary>
internal sealed class ApplicationPathMissingRule : IOverlayRule
{
    /// <inheritdoc/>
    public string Id => "ApplicationPathMissing";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    /// <inheritdoc/>
    public string Summary => "The path of an Argo CD Application exists in this repository.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => false;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context)
    {
        foreach (ApplicationSource source in OwnRepository.PathSources(context))
        {
            string path = source.Path!.Value;
            string? folder = OwnRepository.Folder(context.Target, path);
            if (folder is null || !Directory.Exists(folder))
            {
                yield return new RuleViolation(
                    folder is null ? $"The path '{path}' of {ResourceReference.To(source.Application)} leads out of the repository."
                        : File.Exists(folder) ? $"The path '{path}' of {ResourceReference.To(source.Application)} is a file, not a folder."
                        : $"The path '{path}' of {ResourceReference.To(source.Application)} does not exist in the repository.",
                    "Correct the path: it begins at the repository's root, without a slash in front. Or add the folder.",
                    source.Path.Position,
                    source.Application);
            }
        }
    }
}
