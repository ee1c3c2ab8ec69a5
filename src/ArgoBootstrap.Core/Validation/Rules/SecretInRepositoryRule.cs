using ArgoBootstrap.Core.Validation.Secrets;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>A Secret whose values are in Git. See docs/rules/SecretInRepository.md.</summary>
internal sealed class SecretInRepositoryRule : IOverlayRule
{
    /// <inheritdoc/>
    public string Id => "SecretInRepository";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Warning;

    /// <inheritdoc/>
    public string Summary => "No Secret with plain values comes from Git.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => true;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context)
    {
        // Secrets that Argo CD takes for credentials have a rule of their own.
        foreach (Resource secret in context.Resources.Where(resource => SecretContent.IsSecret(resource) && SecretContent.ArgoCDType(resource) is null))
        {
            if (SecretContent.PlainValues(secret).FirstOrDefault() is { } value)
            {
                yield return new RuleViolation(
                    $"{ResourceReference.To(secret)} carries the plain value of '{value.Key}'.",
                    "Keep values out of Git: use an ExternalSecret, a SealedSecret or SOPS, and change the value, which everybody who reads the repository knows by now.",
                    value.Position,
                    secret);
            }
        }
    }
}
