using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Registration;

/// <summary>Gives an Argo CD the credentials of repositories, as the Secrets that it reads. Running it again with the same credentials changes nothing.</summary>
public static partial class RepositoryRegistration
{
    /// <summary>Registers a repository, or changes its registration.</summary>
    /// <param name="cluster">The cluster whose Argo CD it is for.</param>
    /// <param name="credential">The repository and its credentials.</param>
    /// <param name="ns">Argo CD's namespace; it must exist.</param>
    /// <param name="force">Takes over a Secret that others made.</param>
    /// <param name="dryRun">Asks the server what would change, and changes nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.InvalidRequest"/>: credentials that do not fit the kind; <see cref="ErrorIds.RegistrationExists"/>; or the cluster refuses.</exception>
    public static async Task<ObjectApplyResult> RegisterAsync(TargetCluster cluster, RepositoryCredential credential, string ns = "argocd", bool force = false, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ClusterObject secret = Secret(await WithSecretNameAsync(cluster, credential, ns, force, cancellationToken).ConfigureAwait(false), ns);
        SecretValues.Register(secret, cluster.Connection.Masker);
        ApplyResult applied = await cluster.Applier.ApplyAsync([secret], new ApplyOptions { Force = force, DryRun = dryRun, AdoptFrom = force ? FieldManagers.ClientSide : [] }, null, cancellationToken).ConfigureAwait(false);
        ApplySummary.ThrowIfFailed(applied, $"the registration of {credential.Url}");
        return applied.Objects[0];
    }

    /// <summary>The Secret that stands for a registration, for plans.</summary>
    /// <param name="credential">The repository.</param>
    /// <param name="ns">Argo CD's namespace.</param>
    public static ObjectReference ReferenceOf(RepositoryCredential credential, string ns = "argocd") =>
        new(new("", "v1", "Secret"), credential.SecretName.Length > 0 ? credential.SecretName : NameOf(credential), ns);

    /// <summary>What is wrong with a request, before any cluster is asked.</summary>
    /// <param name="credential">The repository and its credentials.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.InvalidRequest"/>: credentials that do not fit the kind.</exception>
    public static void Validate(RepositoryCredential credential)
    {
        string? wrong = credential.Kind switch
        {
            _ when credential.Url.Trim().Length == 0 => "it has no URL",
            _ when HasUserInfoPassword(credential.Url) => "its URL holds a password, which belongs into its credential",
            RepositoryKind.Ssh when credential.Url.StartsWith("http", StringComparison.OrdinalIgnoreCase) || OciUrl.HasScheme(credential.Url) => "the URL is not one of SSH",
            RepositoryKind.Ssh when credential.Url.Contains("://", StringComparison.Ordinal) && !HasHost(credential.Url) => $"'{credential.Url}' names no host",
            RepositoryKind.Ssh when !credential.Url.Contains("://", StringComparison.Ordinal) && !ScpAddress().IsMatch(credential.Url) && credential.Url.Contains(':', StringComparison.Ordinal) => $"'{credential.Url}' names no host, or no path on it",
            RepositoryKind.Https or RepositoryKind.GitHubApp or RepositoryKind.Helm when credential.Url.StartsWith("http", StringComparison.OrdinalIgnoreCase) && !HasHost(credential.Url) => $"'{credential.Url}' names no host",
            RepositoryKind.Https or RepositoryKind.GitHubApp when !credential.IsTemplate && new Uri(credential.Url, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true, AbsolutePath: "/" } => $"'{credential.Url}' names a host and no repository on it",
            RepositoryKind.Ssh when !credential.Url.Contains(':', StringComparison.Ordinal) => $"'{credential.Url}' is not the address of a repository (https://host/path, git@host:path, ssh://host/path, oci://host/path)",
            RepositoryKind.Ssh when credential.PrivateKey.IsEmpty => "SSH needs a private key",
            RepositoryKind.GitHubApp when credential.PrivateKey.IsEmpty || credential.GitHubAppId.Length == 0 => "a GitHub App needs its id and its private key",
            RepositoryKind.Https or RepositoryKind.GitHubApp when !credential.Url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) => "the URL is not one of HTTPS",
            RepositoryKind.Oci or RepositoryKind.HelmOci when OciUrl.Fault(credential) is { } fault => fault,
            RepositoryKind.Helm when !credential.Url.StartsWith("http", StringComparison.OrdinalIgnoreCase) => "the URL is not one of HTTP; charts in an OCI registry are of the kind HelmOci",
            RepositoryKind.Helm when credential is { Name: "", IsTemplate: false } => "a Helm repository needs a name",
            RepositoryKind.Https or RepositoryKind.Oci or RepositoryKind.HelmOci or RepositoryKind.Helm when credential.Username.Length == 0 != credential.Password.IsEmpty => "user and password belong together",
            RepositoryKind.Https or RepositoryKind.Oci or RepositoryKind.HelmOci or RepositoryKind.Helm when !credential.PrivateKey.IsEmpty => "it takes a user and a password, and no private key",
            RepositoryKind.Ssh or RepositoryKind.GitHubApp when PrivateKeyText.Fault(credential.PrivateKey.Span) is { } fault => fault,
            _ when credential is { IsTemplate: true, Password.IsEmpty: true, PrivateKey.IsEmpty: true } => "a template without credentials is good for nothing",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new OperationException(ErrorIds.InvalidRequest, $"The {credential.Kind} repository cannot be registered: {wrong}.", "Correct it; Register-ArgoRepository's help shows each kind.");
        }
    }

    internal static ClusterObject Secret(RepositoryCredential credential, string ns)
    {
        Validate(credential);
        ObjectReference reference = ReferenceOf(credential, ns);
        var data = new JsonObject();
        Set("type", credential.Kind switch { RepositoryKind.Helm or RepositoryKind.HelmOci => "helm", RepositoryKind.Oci => "oci", _ => "git" });
        Set("url", UrlOf(credential));
        Set("enableOCI", credential.Kind == RepositoryKind.HelmOci ? "true" : "");
        Set("name", credential.Name);
        Set("project", credential.Project);
        Set("username", credential.Username);
        SetBytes("password", credential.Password);
        if (!credential.PrivateKey.IsEmpty)
        {
            byte[] key = PrivateKeyText.Normalize(credential.PrivateKey.Span);
            SetBytes(credential.Kind == RepositoryKind.GitHubApp ? "githubAppPrivateKey" : "sshPrivateKey", key);
            CryptographicOperations.ZeroMemory(key);
        }
        Set("githubAppID", credential.GitHubAppId);
        Set("githubAppInstallationID", credential.GitHubAppInstallationId);
        Set("githubAppEnterpriseBaseUrl", credential.GitHubEnterpriseUrl);
        Set("insecure", credential.Insecure ? "true" : "");
        var labels = new JsonObject { [ClusterSecret.TypeLabel] = TypeOf(credential) };
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

    /// <summary>Finds a Secret of another name for the same repository: with two, nobody knows which one Argo CD takes.</summary>
    private static async Task<RepositoryCredential> WithSecretNameAsync(TargetCluster cluster, RepositoryCredential credential, string ns, bool force, CancellationToken cancellationToken)
    {
        Validate(credential);
        await ArgoCDNamespace.RequireAsync(cluster, ns, cancellationToken).ConfigureAwait(false);
        string own = ReferenceOf(credential, ns).Name;
        string url = UrlOf(credential);
        ObjectReference[] others =
        [
            .. (await cluster.Reader.ListAsync("", "Secret", ns, $"{ClusterSecret.TypeLabel}={TypeOf(credential)}", cancellationToken).ConfigureAwait(false))
                .Where(s => IsSame(ClusterSecret.Decode(s, "url"), url) && ClusterSecret.Decode(s, "project") == credential.Project)
                .Select(ObjectReference.Of)
                .Where(r => r.Name != own),
        ];
        return others.Length == 0 ? credential
            : force && others.Length == 1 ? credential with { SecretName = others[0].Name }
            : throw new OperationException(
                ErrorIds.RegistrationExists,
                $"{others[0]} {(credential.IsTemplate ? "holds credentials for" : "registers")} {credential.Url} already.",
                others.Length > 1 ? $"Delete all but one of {string.Join(", ", others.Select(o => o.ToString()))}." : "Use -Force to change that Secret, or delete it.")
            {
                Context = cluster.Connection.Context, Server = cluster.Connection.Server,
            };
    }

    private static string TypeOf(RepositoryCredential credential) => credential.IsTemplate ? "repo-creds" : "repository";

    /// <summary>The address as Argo CD writes that of the kind.</summary>
    private static string UrlOf(RepositoryCredential credential) => credential.Kind switch
    {
        RepositoryKind.Oci => OciUrl.Scheme + OciUrl.WithoutScheme(credential.Url),
        RepositoryKind.HelmOci => OciUrl.WithoutScheme(credential.Url),
        _ => credential.Url,
    };

    /// <summary>Whether Argo CD takes two addresses for one repository.</summary>
    private static bool IsSame(string one, string other) => Trim(one).Equals(Trim(other), StringComparison.OrdinalIgnoreCase);

    private static string Trim(string url) => url.TrimEnd('/') is var text && text.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? text[..^4] : text;

    private static bool HasUserInfoPassword(string url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed.UserInfo.Contains(':', StringComparison.Ordinal);

    private static bool HasHost(string url) => Uri.TryCreate(url, UriKind.Absolute, out Uri? parsed) && parsed.Host.Length > 0;

    // user@host:path, as git takes it.
    [GeneratedRegex(@"^([^@/:\s]+@)?(\[[0-9a-fA-F:]+\]|[^@/:\s]+):[^\s]+$")]
    private static partial Regex ScpAddress();

    private static string NameOf(RepositoryCredential credential) =>
        $"{(credential.IsTemplate ? "creds" : "repo")}-{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{UrlOf(credential)}\n{credential.Project}")))[..12].ToLowerInvariant()}";
}
