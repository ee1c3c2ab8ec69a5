using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Core.Validation.Applications;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>Settings that say something else than the Application. See docs/rules/SettingsMismatch.md.</summary>
internal sealed class SettingsMismatchRule : IOverlayRule
{
    private const string DefaultChart = "argo-cd";

    private const string SettingsPath = GitOpsLayout.SystemFolder + "/" + GitOpsLayout.SettingsFile;

    /// <inheritdoc/>
    public string Id => "SettingsMismatch";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    /// <inheritdoc/>
    public string Summary => "The Argo CD chart and the repository URL of the settings are those of the self-management Application.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => true;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context) =>
        context.ApplicationSources.SelectMany(source => source switch
        {
            { Chart: { } chart } => chart.Value == (context.Settings.ArgoCD.ChartName ?? DefaultChart) ? CheckChart(source, context.Settings.ArgoCD) : [],
            _ => CheckRepository(source, context),
        });

    private static IEnumerable<RuleViolation> CheckChart(ApplicationSource source, ArgoCDSettings settings)
    {
        if (settings.ChartVersion is { } version && source.TargetRevision is { } revision && revision.Value != version)
        {
            yield return Differs(source, revision, "targetRevision", "spec.argocd.chart.version", version);
        }

        if (settings.ChartRepositoryUrl is { } url && source.RepositoryUrl is { } actual && !GitUrl.AreSame(actual.Value, url))
        {
            yield return Differs(source, actual, "repoURL", "spec.argocd.chart.repoURL", url);
        }
    }

    private static IEnumerable<RuleViolation> CheckRepository(ApplicationSource source, OverlayRuleContext context)
    {
        if (context.Settings.RepositoryUrl is { } url
            && source.RepositoryUrl is { } actual
            && !GitUrl.AreSame(actual.Value, url)
            && source.Path is { } path
            && path.Value.StartsWith($"{GitOpsLayout.SystemFolder}/{GitOpsLayout.OverlaysFolder}/", StringComparison.Ordinal))
        {
            yield return Differs(source, actual, "repoURL", "spec.repoURL", url);
        }
    }

    private static RuleViolation Differs(ApplicationSource source, ScalarNode actual, string field, string setting, string expected) => new(
        $"{field} of {ResourceReference.To(source.Application)} is '{UrlText.WithoutUser(actual.Value)}', but {setting} in {SettingsPath} is '{UrlText.WithoutUser(expected)}'.",
        $"Make both the same. What a cluster gets is decided by the Application; the bootstrap and the other rules go by {SettingsPath}.",
        actual.Position,
        source.Application);
}
