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
            if (SecretContent.PlainSecrets(secret) is [{ } key, .. var others])
            {
                string more = others.Length switch { 0 => "", 1 => " and one more key", _ => $" and {others.Length} more keys" };
                yield return new RuleViolation(
                    $"{ResourceReference.To(secret)} carries the plain value of '{key.Key}'{more}.",
                    "Keep values out of Git: use an ExternalSecret, a SealedSecret or SOPS, and change the value, which everybody who reads the repository knows by now.",
                    key.Position,
                    secret);
            }
        }
    }
}
