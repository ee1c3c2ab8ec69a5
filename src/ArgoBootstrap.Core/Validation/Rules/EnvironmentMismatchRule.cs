using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>Settings that list other environments than there are. See docs/rules/EnvironmentMismatch.md.</summary>
internal sealed class EnvironmentMismatchRule : ISettingsRule
{
    /// <inheritdoc/>
    public string Id => "EnvironmentMismatch";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    /// <inheritdoc/>
    public string Summary => "The environments of the settings are the folders below overlays.";

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(GitOpsRepository repository, GitOpsSettings settings)
    {
        if (settings.Environments.Count == 0)
        {
            yield break;
        }

        string overlays = repository.RelativePath(repository.OverlaysPath);
        IReadOnlyList<string> folders = repository.Environments;
        for (int i = 0; i < settings.Environments.Count; i++)
        {
            string name = settings.Environments[i];
            if (!folders.Contains(name))
            {
                yield return new RuleViolation(
                    $"The settings have an environment '{name}', but there is no folder {overlays}/{name}.",
                    $"Add the folder, or take the environment out of the settings. {KnownNames.Suggest(name, folders)}",
                    settings.EnvironmentPositions[i],
                    null);
            }
            else if (settings.Environments.Take(i).Contains(name))
            {
                yield return new RuleViolation($"The settings have the environment '{name}' twice.", "Remove one of the two.", settings.EnvironmentPositions[i], null);
            }
        }

        foreach (string folder in folders.Where(folder => !settings.Environments.Contains(folder)))
        {
            yield return new RuleViolation(
                $"There is a folder {overlays}/{folder}, but the settings have no environment '{folder}'.",
                "Add the environment to the settings, or remove the folder.",
                settings.EnvironmentsPosition,
                null);
        }
    }
}
