using ArgoBootstrap.Core.Validation.Secrets;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>A credential in a ConfigMap. See docs/rules/CredentialInConfigMap.md.</summary>
internal sealed class CredentialInConfigMapRule : IOverlayRule
{
    /// <inheritdoc/>
    public string Id => "CredentialInConfigMap";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    /// <inheritdoc/>
    public string Summary => "No ConfigMap holds a private key, a token, or a URL with a password.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => true;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context)
    {
        foreach (Resource map in context.Resources.Where(resource => resource is { Kind: "ConfigMap", ApiVersion: "v1" } && !ArgoCDSettingsCredentials.IsSettings(resource)))
        {
            foreach (MappingEntry entry in map.Node.Child("data").Entries())
            {
                if (entry.Value is ScalarNode { IsNull: false } value && CredentialText.FindCertain(value.Value) is { } found)
                {
                    yield return new RuleViolation(
                        $"{ResourceReference.To(map)} carries {found.What} in '{entry.Key.Value}'.",
                        "Move it into a Secret that is not kept in Git as it is: an ExternalSecret, a SealedSecret or SOPS. Change it, since everybody who reads the repository knows it by now.",
                        EmbeddedText.PositionOf(value, found.Line),
                        map);
                }
            }
        }
    }
}
