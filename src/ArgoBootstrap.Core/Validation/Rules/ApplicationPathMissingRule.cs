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
    public string Summary => "The path of an Argo CD Application or ApplicationSet exists in this repository.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => false;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context)
    {
        // Whether a pattern finds anything is another rule's.
        foreach (SourcePath path in OwnRepository.Paths(context).Where(path => path.Kind == SourcePathKind.Source || !RepositoryGlob.IsPattern(path.Path)))
        {
            string? place = OwnRepository.Folder(context.Target, path.Path);
            bool isFile = path.Kind == SourcePathKind.GeneratorFiles;
            if (place is null || !(isFile ? File.Exists(place) : Directory.Exists(place)))
            {
                string subject = $"The path '{path.Path}' of {ResourceReference.To(path.Owner)}";
                yield return new RuleViolation(
                    path.Path.StartsWith('/') ? $"{subject} is absolute."
                        : place is null ? $"{subject} leads out of the repository."
                        : !isFile && File.Exists(place) ? $"{subject} is a file, not a folder."
                        : $"{subject} does not exist in the repository.",
                    $"Correct the path: it begins at the repository's root, without a slash in front. Or add the {(isFile ? "file" : "folder")}.",
                    path.Position,
                    path.Owner);
            }
        }
    }
}
