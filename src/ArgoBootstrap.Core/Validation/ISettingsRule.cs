using ArgoBootstrap.Core.Repository;

namespace ArgoBootstrap.Core.Validation;

/// <summary>A rule about what a repository's settings file says.</summary>
public interface ISettingsRule : IValidationRule
{
    /// <summary>Looks at the settings.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="settings">Its settings, which could be read.</param>
    /// <returns>What breaks the rule.</returns>
    IEnumerable<RuleViolation> Check(GitOpsRepository repository, GitOpsSettings settings);
}
