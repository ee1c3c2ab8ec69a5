using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Repository;

internal sealed partial class GitOpsSettingsReader
{
    private const string Off = "off";

    private static readonly string[] Severities = [Off, "information", "warning", "error"];

    private Dictionary<string, RuleSetting> ReadRules(MappingNode rules)
    {
        Dictionary<string, RuleSetting> settings = new(StringComparer.Ordinal);
        foreach (MappingEntry rule in rules.Entries)
        {
            RuleSetting setting = new() { RuleId = rule.Key.Value, Position = rule.Key.Position };
            settings[rule.Key.Value] = rule.Value is ScalarNode { IsNull: false } severity
                ? WithSeverity(setting, severity)
                : ReadRule(setting, Mapping(rule.Value, $"the rule {rule.Key.Value}"));
        }

        return settings;
    }

    private RuleSetting ReadRule(RuleSetting setting, MappingNode rule)
    {
        RequireKnown(rule, "severity", "exclude", "reason");
        RuleSetting read = setting with
        {
            Exclude = [.. Items(rule["exclude"], "exclude").Select(ReadPattern).OfType<string>()],
            Reason = Text(rule, "reason"),
        };
        return rule["severity"] is ScalarNode { IsNull: false } severity ? WithSeverity(read, severity) : read;
    }

    /// <summary>Takes <c>off</c> by its text: YAML 1.1, which kustomize reads, has it for a boolean.</summary>
    private RuleSetting WithSeverity(RuleSetting setting, ScalarNode severity)
    {
        switch (severity.Value)
        {
            case Off:
                return setting with { IsOff = true };
            case "information":
                return setting with { Severity = DiagnosticSeverity.Information };
            case "warning":
                return setting with { Severity = DiagnosticSeverity.Warning };
            case "error":
                return setting with { Severity = DiagnosticSeverity.Error };
            default:
                Report(DiagnosticIds.InvalidValue, $"'{severity.Value}' is not a severity.", severity, KnownNames.Suggest(severity.Value, Severities));
                return setting;
        }
    }

    private string? ReadPattern(YamlNode item)
    {
        if (item is ScalarNode { IsNull: false, Value.Length: > 0 } pattern)
        {
            return pattern.Value;
        }

        Report(DiagnosticIds.WrongType, "An item of exclude is not a path.", item, "Write a path relative to the repository's root, with * and **.");
        return null;
    }
}
