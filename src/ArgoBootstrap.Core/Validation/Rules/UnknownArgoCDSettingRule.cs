using ArgoBootstrap.Core.Validation.ArgoCD;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>A key that Argo CD does not read. See docs/rules/UnknownArgoCDSetting.md.</summary>
internal sealed class UnknownArgoCDSettingRule : IOverlayRule
{
    /// <inheritdoc/>
    public string Id => "UnknownArgoCDSetting";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    /// <inheritdoc/>
    public string Summary => "The ConfigMaps of Argo CD have only keys that Argo CD reads.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => true;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context)
    {
        foreach (Resource settings in context.Resources.Where(resource => resource is { Kind: "ConfigMap", ApiVersion: "v1" }))
        {
            if (ArgoCDSettingKeys.Of(settings.Name) is not { } known)
            {
                continue;
            }

            foreach (MappingEntry entry in settings.Node.Child("data").Entries())
            {
                string key = entry.Key.Value;
                if (!ArgoCDSettingKeys.IsKnown(settings.Name, key) && !Substitutions.AreIn(key))
                {
                    string? other = ArgoCDSettingKeys.ConfigMapsWith(key).FirstOrDefault();
                    yield return new RuleViolation(
                        $"Argo CD reads no key '{key}' of {ResourceReference.To(settings)}.",
                        other is not null ? $"Move it to {other}, which has this key."
                            : NameSuggestion.Sentence(key, known) is { Length: > 0 } suggestion ? suggestion.TrimStart()
                            : "Correct the key, or remove it; the documentation of Argo CD lists the keys of its ConfigMaps.",
                        ReferenceEquals(entry.Key.Position.File, SourceFile.Generated) ? entry.Value.Position : entry.Key.Position,
                        settings);
                }
            }
        }
    }
}
