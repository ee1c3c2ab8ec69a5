using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Core.Validation.Rules;

namespace ArgoBootstrap.Core.Validation;

/// <summary>Every rule there is.</summary>
public sealed class RuleCatalog
{
    private readonly Dictionary<string, RuleInfo> _byId;

    /// <summary>Makes a catalog.</summary>
    /// <param name="overlayRules">Rules about single overlays.</param>
    /// <param name="fleetRules">Rules about the clusters together.</param>
    /// <param name="settingsRules">Rules about the settings; none when null.</param>
    public RuleCatalog(IEnumerable<IOverlayRule> overlayRules, IEnumerable<IFleetRule> fleetRules, IEnumerable<ISettingsRule>? settingsRules = null)
    {
        SettingsRules = [.. settingsRules ?? []];
        OverlayRules = [.. overlayRules];
        FleetRules = [.. fleetRules];
        Rules =
        [
            .. RenderRules.All.Concat(OverlayRules.Select(rule => Info(rule, RuleScope.Overlay)))
                .Concat(FleetRules.Select(rule => Info(rule, RuleScope.Fleet)))
                .Concat(SettingsRules.Select(rule => Info(rule, RuleScope.Settings)))
                .OrderBy(rule => rule.Id, StringComparer.Ordinal),
        ];
        _byId = Rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
    }

    /// <summary>The rules that the module brings.</summary>
    public static RuleCatalog Default { get; } = new(
        [
            new UnresolvedVariableRule(),
            new UnresolvedPlaceholderRule(),
            new ApplicationPathMissingRule(),
            new ApplicationPathForeignRule(),
            new GeneratorFindsNothingRule(),
            new SettingsMismatchRule(),
            new SecretInRepositoryRule(),
            new PlaintextRepositoryCredentialRule(),
            new CredentialInArgoCDSettingsRule(),
            new CredentialInConfigMapRule(),
            new ApplicationNotPermittedRule(),
            new InvalidProjectRoleRule(),
            new InvalidRbacPolicyRule(),
            new UnknownArgoCDSettingRule(),
        ],
        [new DuplicateClusterNameRule(), new DuplicateIngressHostRule()],
        [new EnvironmentMismatchRule()]);

    /// <summary>The rules, sorted by id.</summary>
    public IReadOnlyList<RuleInfo> Rules { get; }

    /// <summary>The rules about single overlays.</summary>
    public IReadOnlyList<IOverlayRule> OverlayRules { get; }

    /// <summary>The rules about the clusters together.</summary>
    public IReadOnlyList<IFleetRule> FleetRules { get; }

    /// <summary>The rules about a repository's settings.</summary>
    public IReadOnlyList<ISettingsRule> SettingsRules { get; }

    /// <summary>Finds a rule.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>The rule, or <see langword="null"/>.</returns>
    public RuleInfo? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The rules as a repository's settings change them.</summary>
    /// <param name="settings">The settings.</param>
    public IReadOnlyList<RuleInfo> For(GitOpsSettings settings) =>
        [.. Rules.Select(rule => settings.Rules.TryGetValue(rule.Id, out RuleSetting? setting) ? Apply(rule, setting) : rule)];

    private static RuleInfo Apply(RuleInfo rule, RuleSetting setting) => rule with
    {
        Severity = setting.Severity ?? rule.Severity,
        IsOff = setting.IsOff,
        Exclude = setting.Exclude,
        Reason = setting.Reason,
    };

    private static RuleInfo Info(IValidationRule rule, RuleScope scope) => new(rule.Id, rule.Severity, scope, rule.Summary);
}
