using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ArgoBootstrap.Core.Clusters;
using ArgoBootstrap.Core.Clusters.Applying;
using ArgoBootstrap.Core.Clusters.Objects;

namespace ArgoBootstrap.Core.Bootstrap;

/// <summary>Gives an Argo CD the credentials of repositories, as the Secrets that it reads. Running it again with the same credentials changes nothing.</summary>
public static class RepositoryRegistration
{
    /// <summary>Registers a repository, or changes its registration.</summary>
    /// <param name="cluster">The cluster whose Argo CD it is for.</param>
    /// <param name="credential">The repository and its credentials.</param>
    /// <param name="ns">Argo CD's namespace; it must exist.</param>
    /// <param name="force">Takes over a Secret that others made.</param>
    /// <param name="dryRun">Asks the server what would change, and changes nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ClusterException"><see cref="BootstrapErrorIds.InvalidRequest"/>: credentials that do not fit the kind; or the cluster refuses.</exception>
    public static async Task<ObjectApplyResult> RegisterAsync(TargetCluster cluster, RepositoryCredential credential, string ns = "argocd", bool force = false, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ClusterObject secret = Secret(credential, ns);
        SecretValues.Register(secret, cluster.Connection.Masker);
        ApplyResult applied = await cluster.Applier.ApplyAsync([secret], new ApplyOptions { Force = force, DryRun = dryRun }, null, cancellationToken).ConfigureAwait(false);
        ApplySummary.ThrowIfFailed(applied, $"the registration of {credential.Url}");
        return applied.Objects[0];
    }

    /// <summary>The Secret that stands for a registration, for plans.</summary>
    /// <param name="credential">The repository.</param>
    /// <param name="ns">Argo CD's namespace.</param>
    public static ObjectReference ReferenceOf(RepositoryCredential credential, string ns = "argocd") =>
        new(new("", "v1", "Secret"), credential.SecretName.Length > 0 ? credential.SecretName : NameOf(credential), ns);

    internal static ClusterObject Secret(RepositoryCredential credential, string ns)
    {
        Validate(credential);
        ObjectReference reference = ReferenceOf(credential, ns);
        var data = new JsonObject();
        Set("type", credential.Kind switch { RepositoryKind.Helm => "helm", RepositoryKind.Oci => "helm", _ => "git" });
        // Argo CD names OCI registries without a scheme (declarative setup, Helm chart repositories).
        Set("url", credential.Kind == RepositoryKind.Oci && credential.Url.StartsWith("oci://", StringComparison.Ordinal) ? credential.Url["oci://".Length..] : credential.Url);
        Set("enableOCI", credential.Kind == RepositoryKind.Oci ? "true" : "");
        Set("name", credential.Name);
        Set("project", credential.Project);
        Set("username", credential.Username);
        SetBytes("password", credential.Password);
        SetBytes(credential.Kind == RepositoryKind.GitHubApp ? "githubAppPrivateKey" : "sshPrivateKey", credential.PrivateKey);
        Set("githubAppID", credential.GitHubAppId);
        Set("githubAppInstallationID", credential.GitHubAppInstallationId);
        Set("githubAppEnterpriseBaseUrl", credential.GitHubEnterpriseUrl);
        Set("insecure", credential.Insecure ? "true" : "");
        var labels = new JsonObject { ["argocd.argoproj.io/secret-type"] = credential.IsTemplate ? "repo-creds" : "repository" };
        foreach ((string name, string value) in credential.Labels)
        {
            labels[name] = value;
        }
        return ClusterObject.FromJson(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = reference.Name, ["namespace"] = ns, ["labels"] = labels },
            ["type"] = "Opaque",
            ["data"] = data,
        });

        void Set(string key, string value) => SetBytes(key, Encoding.UTF8.GetBytes(value));

        void SetBytes(string key, ReadOnlyMemory<byte> value)
        {
            if (!value.IsEmpty)
            {
                data[key] = Convert.ToBase64String(value.Span);
            }
        }
    }

    private static void Validate(RepositoryCredential credential)
    {
        string? wrong = credential.Kind switch
        {
            _ when credential.Url.Trim().Length == 0 => "it has no URL",
            _ when HasUserInfoPassword(credential.Url) => "its URL holds a password",
            RepositoryKind.Ssh when credential.PrivateKey.IsEmpty => "SSH needs a private key",
            RepositoryKind.Ssh when credential.Url.StartsWith("http", StringComparison.OrdinalIgnoreCase) => "the URL is not one of SSH",
            RepositoryKind.GitHubApp when credential.PrivateKey.IsEmpty || credential.GitHubAppId.Length == 0 => "a GitHub App needs its id and its private key",
            RepositoryKind.Https or RepositoryKind.GitHubApp when !credential.Url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) => "the URL is not one of HTTPS",
            RepositoryKind.Helm when credential is { Name: "", IsTemplate: false } => "a Helm repository needs a name",
            RepositoryKind.Https or RepositoryKind.Oci or RepositoryKind.Helm when credential.Username.Length == 0 != credential.Password.IsEmpty => "user and password belong together",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new ClusterException(BootstrapErrorIds.InvalidRequest, $"The {credential.Kind} repository cannot be registered: {wrong}.", "Give what is missing; Register-ArgoRepository's help shows each kind.");
        }
    }

    private static bool HasUserInfoPassword(string url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed.UserInfo.Contains(':', StringComparison.Ordinal);

    private static string NameOf(RepositoryCredential credential) =>
        $"{(credential.IsTemplate ? "creds" : "repo")}-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{credential.Url}\n{credential.Project}")))[..12].ToLowerInvariant()}";
}
