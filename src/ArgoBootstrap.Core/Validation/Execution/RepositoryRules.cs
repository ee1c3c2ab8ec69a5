using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation.Execution;

/// <summary>A repository's settings as validation uses them: broken ones are a result of their own, not the end of the run.</summary>
/// <param name="Settings">The settings; defaults where they are broken or missing.</param>
/// <param name="Configuration">Which rules count.</param>
/// <param name="Problems">What is wrong with the settings file.</param>
internal sealed record RepositoryRules(GitOpsSettings Settings, RuleConfiguration Configuration, OverlayTestResult? Problems)
{
    /// <summary>Reads a repository's settings.</summary>
    /// <param name="repository">The repository, or <see langword="null"/> for overlays outside of one.</param>
    /// <param name="catalog">The rules that there are.</param>
    /// <param name="options">What the caller asked for.</param>
    public static RepositoryRules Load(GitOpsRepository? repository, RuleCatalog catalog, OverlayTestOptions options)
    {
        if (repository is null)
        {
            return new RepositoryRules(GitOpsSettings.Default, new RuleConfiguration(GitOpsSettings.Default.Rules, options), null);
        }

        OverlayTarget file = new(repository.SettingsPath, repository.RelativePath(repository.SettingsPath), repository, null);
        GitOpsSettings settings = GitOpsSettings.Default;
        List<Diagnostic> problems = [];
        try
        {
            settings = repository.Settings;
        }
        catch (Exception exception) when (exception is KustomizeException or IOException or UnauthorizedAccessException)
        {
            problems.AddRange(OverlayBuild.Describe(exception, file));
        }

        RuleConfiguration configuration = new(settings.Rules, options);
        problems.AddRange(settings.Rules.Values.Where(rule => catalog.Find(rule.RuleId) is null).Select(rule => new Diagnostic(
            RenderRules.UnknownRule,
            DiagnosticSeverity.Warning,
            $"There is no rule '{rule.RuleId}'.",
            rule.Position,
            KnownNames.Suggest(rule.RuleId, [.. catalog.Rules.Select(known => known.Id)]))));
        IEnumerable<Finding> mismatches = from rule in catalog.SettingsRules
                                          where problems.TrueForAll(problem => problem.Severity != DiagnosticSeverity.Error)
                                          let severity = configuration.SeverityOf(rule.Id, rule.Severity, file.RelativePath)
                                          where severity is not null
                                          from violation in rule.Check(repository, settings)
                                          select Findings.Of(file, rule.Id, severity.Value, violation);
        Finding[] findings = [.. problems.Select(problem => Findings.Of(file, problem, configuration)).OfType<Finding>().Concat(mismatches)];
        return new RepositoryRules(settings, configuration, findings.Length == 0 ? null : new OverlayTestResult
        {
            Overlay = file.RelativePath,
            Path = file.Path,
            RepositoryRoot = repository.Root,
            Findings = Findings.Sort(findings),
        });
    }
}
