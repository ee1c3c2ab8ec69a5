using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Core.Validation.Applications;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>Settings that say something else than the Application. See docs/rules/SettingsMismatch.md.</summary>
internal sealed class SettingsMismatchRule : IOverlayRule
{
    private const string DefaultChart = "argo-cd";
    private const string DefaultRevision = "HEAD";

    /// <inheritdoc/>
    public string Id => "SettingsMismatch";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    /// <inheritdoc/>
    public string Summary => "The Argo CD chart, repository URL and revision of the settings are those of the self-management Application.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => true;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context) =>
        context.ApplicationSources.SelectMany(source => source switch
        {
            { Chart: { } chart } => chart.Value == (context.Settings.ArgoCD.ChartName ?? DefaultChart) ? CheckChart(source, context) : [],
            _ => CheckRepository(source, context),
        });

    private static IEnumerable<RuleViolation> CheckChart(ApplicationSource source, OverlayRuleContext context)
    {
        ArgoCDSettings settings = context.Settings.ArgoCD;
        if (settings.ChartVersion is { } version && source.TargetRevision is { } revision && revision.Value != version)
        {
            yield return Differs(source, revision, "targetRevision", "spec.argocd.chart.version", version, context);
        }

        if (settings.ChartRepositoryUrl is { } url && source.RepositoryUrl is { } actual && !GitUrl.AreSame(actual.Value, url))
        {
            yield return Differs(source, actual, "repoURL", "spec.argocd.chart.repoURL", url, context);
        }
    }

    private static IEnumerable<RuleViolation> CheckRepository(ApplicationSource source, OverlayRuleContext context)
    {
        if (context.Target.Repository is not { } repository
            || source.Path is not { } path
            || !path.Value.StartsWith(repository.RelativePath(repository.OverlaysPath) + '/', StringComparison.Ordinal)
            || context.Settings.RepositoryUrl is not { } url
            || source.RepositoryUrl is not { } actual)
        {
            yield break;
        }

        if (!GitUrl.AreSame(actual.Value, url))
        {
            yield return Differs(source, actual, "repoURL", "spec.repoURL", url, context);
        }
        else if (context.Settings.SaysTargetRevision && (source.TargetRevision?.Value ?? DefaultRevision) != context.Settings.TargetRevision)
        {
            yield return Differs(source, source.TargetRevision ?? path, "targetRevision", "spec.targetRevision", context.Settings.TargetRevision, context, source.TargetRevision?.Value ?? DefaultRevision);
        }
    }

    private static RuleViolation Differs(
        ApplicationSource source, ScalarNode place, string field, string setting, string expected, OverlayRuleContext context, string? actual = null)
    {
        string file = context.Target.Repository is { } repository ? repository.RelativePath(repository.SettingsPath) : GitOpsLayout.SettingsFile;
        return new(
            $"{field} of {ResourceReference.To(source.Application)} is '{UrlText.WithoutUser(actual ?? place.Value)}', but {setting} in {file} is '{UrlText.WithoutUser(expected)}'.",
            $"Make both the same. What a cluster gets is decided by the Application; the bootstrap and the other rules go by {file}.",
            place.Position,
            source.Application);
    }
}
