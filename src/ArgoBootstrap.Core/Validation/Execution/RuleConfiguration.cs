using System.Text.RegularExpressions;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation.Execution;

/// <summary>Which rules count for an overlay, and how much: the repository's settings and what the caller asked for.</summary>
internal sealed class RuleConfiguration
{
    private readonly IReadOnlyDictionary<string, RuleSetting> _settings;
    private readonly Dictionary<string, Regex[]> _exclude;
    private readonly OverlayTestOptions _options;

    /// <summary>Makes a configuration.</summary>
    /// <param name="settings">What the repository says about rules.</param>
    /// <param name="options">What the caller asked for.</param>
    public RuleConfiguration(IReadOnlyDictionary<string, RuleSetting> settings, OverlayTestOptions options)
    {
        _settings = settings;
        _options = options;
        _exclude = settings.Values.ToDictionary(setting => setting.RuleId, setting => setting.Exclude.Select(pattern => PathPattern.ToRegex(pattern)).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>How much a finding matters.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="severity">What the rule itself says.</param>
    /// <param name="overlay">What the overlay is called.</param>
    /// <returns>The severity, or <see langword="null"/> where the rule does not count for the overlay.</returns>
    public DiagnosticSeverity? SeverityOf(string ruleId, DiagnosticSeverity severity, string overlay)
    {
        if ((_options.IncludeRule.Count > 0 && !_options.IncludeRule.Contains(ruleId)) || _options.ExcludeRule.Contains(ruleId))
        {
            return null;
        }

        if (!_settings.TryGetValue(ruleId, out RuleSetting? setting))
        {
            return severity;
        }

        return setting.IsOff || Array.Exists(_exclude[ruleId], pattern => pattern.IsMatch(overlay)) ? null : setting.Severity ?? severity;
    }
}
