using ArgoBootstrap.Core.Validation.Secrets;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>A credential in Argo CD's ConfigMaps. See docs/rules/CredentialInArgoCDSettings.md.</summary>
internal sealed class CredentialInArgoCDSettingsRule : IOverlayRule
{
    /// <inheritdoc/>
    public string Id => "CredentialInArgoCDSettings";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    /// <inheritdoc/>
    public string Summary => "The settings of Argo CD refer to Secrets for credentials, such as the client secret of oidc.config.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => true;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context) =>
        context.Resources.Where(ArgoCDSettingsCredentials.IsSettings).SelectMany(settings =>
            ArgoCDSettingsCredentials.Find(settings).Select(found => new RuleViolation(
                $"{ResourceReference.To(settings)} carries a plain credential in {found.Field}.",
                "Put it into a Secret and refer to that: $KEY for a key of argocd-secret, $SECRET:KEY for another Secret with the label app.kubernetes.io/part-of: argocd. Change the credential, which everybody who reads the repository knows by now.",
                found.Position,
                settings)));
}
