using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Core.Registration;

/// <summary>How a repository is accessed.</summary>
public enum RepositoryKind : long
{
    /// <summary>Git over HTTPS, with user and password or token.</summary>
    Https,

    /// <summary>Git over SSH, with a private key.</summary>
    Ssh,

    /// <summary>Git over HTTPS as a GitHub App.</summary>
    GitHubApp,

    /// <summary>An OCI artifact that Argo CD 3.1 and later reads itself, of manifests or a chart: <c>type: oci</c>, and an address that begins with <c>oci://</c> (Argo CD, user guide: OCI).</summary>
    Oci,

    /// <summary>Helm charts in an OCI registry: <c>type: helm</c> with <c>enableOCI</c>, and an address without a scheme (Argo CD, declarative setup: Helm).</summary>
    HelmOci,

    /// <summary>A Helm repository.</summary>
    Helm,
}

/// <summary>A repository, or a URL prefix, with the credentials that Argo CD uses for it (Argo CD, declarative setup: repositories and repository credentials). Secrets are UTF-8 bytes, which the caller may clear afterwards.</summary>
public sealed record RepositoryCredential
{
    /// <summary>The repository's URL; for a template, the prefix of those that it serves.</summary>
    public required string Url { get; init; }

    /// <summary>How it is accessed.</summary>
    public RepositoryKind Kind { get; init; }

    /// <summary>Whether the credentials are for every repository whose URL begins like this one (<c>repo-creds</c>).</summary>
    public bool IsTemplate { get; init; }

    /// <summary>Name of the Secret; empty for one that is made of the URL.</summary>
    public string SecretName { get; init; } = "";

    /// <summary>Display name; Argo CD wants one for Helm repositories.</summary>
    public string Name { get; init; } = "";

    /// <summary>The AppProject that it belongs to; empty for all.</summary>
    public string Project { get; init; } = "";

    /// <summary>User for HTTPS, OCI registries and Helm.</summary>
    public string Username { get; init; } = "";

    /// <summary>Password or token for HTTPS, OCI registries and Helm.</summary>
    public ReadOnlyMemory<byte> Password { get; init; }

    /// <summary>Private key in PEM: of the SSH user, or of the GitHub App.</summary>
    public ReadOnlyMemory<byte> PrivateKey { get; init; }

    /// <summary>Id of the GitHub App.</summary>
    public string GitHubAppId { get; init; } = "";

    /// <summary>Id of the App's installation; empty lets Argo CD find it.</summary>
    public string GitHubAppInstallationId { get; init; } = "";

    /// <summary>API address of a GitHub Enterprise: <c>https://ghe.example.com/api/v3</c>; empty for github.com.</summary>
    public string GitHubEnterpriseUrl { get; init; } = "";

    /// <summary>Whether the server's certificate or host key is not checked.</summary>
    public bool Insecure { get; init; }

    /// <summary>Labels of the Secret, beside Argo CD's own.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The URL alone: a record's own text would show the rest.</summary>
    public override string ToString() => $"{Kind} {Url}{(IsTemplate ? " (template)" : "")}";
}

/// <summary>What became of a repository that was registered.</summary>
/// <param name="Url">The repository's URL, or the prefix of those that it serves.</param>
/// <param name="Kind">How it is accessed.</param>
/// <param name="IsTemplate">Whether the credentials are for every repository whose URL begins like this one.</param>
/// <param name="Secret">The Secret with which Argo CD knows it.</param>
/// <param name="Action">What became of the Secret.</param>
public sealed record RepositoryRegistrationResult(string Url, RepositoryKind Kind, bool IsTemplate, ObjectReference Secret, ApplyAction Action);
