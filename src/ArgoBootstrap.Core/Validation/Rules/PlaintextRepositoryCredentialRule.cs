using ArgoBootstrap.Core.Validation.Secrets;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Rules;

/// <summary>Credentials of repositories and clusters in plain text. See docs/rules/PlaintextRepositoryCredential.md.</summary>
internal sealed class PlaintextRepositoryCredentialRule : IOverlayRule
{
    /// <summary>
    /// The keys that hold credentials, of Secrets of the types repository, repo-creds and cluster (Argo CD's declarative
    /// setup). Other keys say where the repository is and how to talk to it.
    /// </summary>
    private static readonly string[] CredentialKeys =
        ["password", "sshPrivateKey", "bearerToken", "tlsClientCertKey", "githubAppPrivateKey", "gcpServiceAccountKey"];

    private static readonly string[] ClusterCredentialFields = ["password", "bearerToken", "keyData"];

    /// <inheritdoc/>
    public string Id => "PlaintextRepositoryCredential";

    /// <inheritdoc/>
    public DiagnosticSeverity Severity => DiagnosticSeverity.Error;

    /// <inheritdoc/>
    public string Summary => "No credential of a repository or cluster is in Git, neither in a Secret nor in a URL.";

    /// <inheritdoc/>
    public bool ChecksSharedLayers => true;

    /// <inheritdoc/>
    public IEnumerable<RuleViolation> Check(OverlayRuleContext context) =>
        context.Resources.SelectMany(resource =>
            SecretContent.IsSecret(resource) && SecretContent.ArgoCDType(resource) is not null ? CheckSecret(resource)
            : resource.ApiVersion.StartsWith("argoproj.io/", StringComparison.Ordinal) ? CheckUrls(resource, resource.Node.Child("spec"))
            : []);

    private static IEnumerable<RuleViolation> CheckSecret(Resource secret)
    {
        foreach (SecretKey key in SecretContent.PlainValues(secret))
        {
            if (CredentialKeys.Contains(key.Key) || (key.Key == "config" && HasClusterCredential(key.Value)) || (key.Key == "url" && UrlText.HasPassword(key.Value)))
            {
                yield return new RuleViolation(
                    $"{ResourceReference.To(secret)} carries a plain credential in '{key.Key}'.",
                    "Keep it out of Git: register the repository or cluster on the cluster itself, or use an ExternalSecret or SealedSecret. Change the credential, which everybody who reads the repository knows by now.",
                    key.Position,
                    secret);
            }
        }
    }

    private static IEnumerable<RuleViolation> CheckUrls(Resource resource, YamlNode? spec) =>
        spec.Scalars().Where(scalar => UrlText.HasPassword(scalar.Value)).Select(scalar => new RuleViolation(
            $"{ResourceReference.To(resource)} has a URL that carries a password: '{UrlText.WithoutUser(scalar.Value)}' without it.",
            "Take user and password out of the URL, and register the repository's credentials on the cluster. Change the password, which everybody who reads the repository knows by now.",
            scalar.Position,
            resource));

    /// <summary>A cluster's <c>config</c> is JSON; one that uses a cloud's identity, or an exec plugin, carries no credential.</summary>
    private static bool HasClusterCredential(string config)
    {
        try
        {
            return YamlReader.ReadAll(System.Text.Encoding.UTF8.GetBytes(config), SourceFile.Generated).FirstOrDefault() is MappingNode fields
                && (ClusterCredentialFields.Any(field => fields.Scalar(field) is { } value && SecretText.IsPlain(value.Value))
                    || (fields.Child("tlsClientConfig").Scalar("keyData") is { } key && SecretText.IsPlain(key.Value)));
        }
        catch (KustomizeException)
        {
            return false;
        }
    }
}
