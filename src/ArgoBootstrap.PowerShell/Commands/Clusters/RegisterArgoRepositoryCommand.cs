using System.Collections;
using System.Management.Automation;
using System.Security;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Core.Registration;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Clusters;

/// <summary>Gives an Argo CD the credentials with which it reads repositories.</summary>
[Cmdlet(VerbsLifecycle.Register, "ArgoRepository", DefaultParameterSetName = CredentialSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(RepositoryRegistrationResult))]
public sealed class RegisterArgoRepositoryCommand : ArgoCDCmdlet
{
    private const string CredentialSet = "Credential";
    private const string PasswordSet = "Password";
    private const string KeySet = "PrivateKey";
    private const string KeyPathSet = "PrivateKeyPath";
    private const string VaultSet = "Vault";

    /// <summary>The repository's address; with -AsTemplate, what the addresses of those that it serves begin with.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("RepositoryUrl")]
    [ValidateNotNullOrEmpty]
    public string[] Url { get; set; } = [];

    /// <summary>What it is; told by the address where it is left out, except for Helm repositories and charts in an OCI registry.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public RepositoryKind? Kind { get; set; }

    /// <summary>User and password, or token.</summary>
    [Parameter(ParameterSetName = CredentialSet, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The user that a password or token is of.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PasswordSet)]
    [Parameter(ParameterSetName = VaultSet)]
    [ValidateNotNullOrEmpty]
    public string? Username { get; set; }

    /// <summary>The password, or token.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PasswordSet)]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>A file with the private key in PEM: of the SSH user, or of the GitHub App.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeyPathSet)]
    [ValidateNotNullOrEmpty]
    public string? PrivateKeyPath { get; set; }

    /// <summary>The private key in PEM.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeySet)]
    [ValidateNotNull]
    public SecureString? PrivateKey { get; set; }

    /// <summary>The name of the secret in a vault of SecretManagement: a credential, a password or a private key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = VaultSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SecretVaultCompleter))]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>The vault; all are searched where it is left out.</summary>
    [Parameter(ParameterSetName = VaultSet, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SecretVaultCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>The id of a GitHub App, whose private key is given.</summary>
    [Parameter(ParameterSetName = KeyPathSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = VaultSet)]
    [ValidateRange(1, long.MaxValue)]
    public long? GitHubAppId { get; set; }

    /// <summary>The id of the App's installation; Argo CD finds it where it is left out.</summary>
    [Parameter(ParameterSetName = KeyPathSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = VaultSet)]
    [ValidateRange(1, long.MaxValue)]
    public long? GitHubAppInstallationId { get; set; }

    /// <summary>The API address of a GitHub Enterprise.</summary>
    [Parameter(ParameterSetName = KeyPathSet)]
    [Parameter(ParameterSetName = KeySet)]
    [Parameter(ParameterSetName = VaultSet)]
    [ValidateNotNullOrEmpty]
    public string? GitHubEnterpriseUrl { get; set; }

    /// <summary>The credentials are for every repository whose address begins with -Url.</summary>
    [Parameter]
    public SwitchParameter AsTemplate { get; set; }

    /// <summary>The display name; a Helm repository needs one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The AppProject that the repository belongs to; all where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ArgoCDCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Project { get; set; }

    /// <summary>Labels of the Secret.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Label { get; set; }

    /// <summary>Does not check the server's certificate or host key.</summary>
    [Parameter]
    public SwitchParameter Insecure { get; set; }

    /// <summary>Takes over fields that others own, and a Secret of another name for the same repository.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        foreach (string url in Url)
        {
            Guard(() => Register(url));
        }
    }

    /// <inheritdoc/>
    private protected override object ErrorTarget => string.Join(", ", Url.Select(Masker.MaskText));

    private void Register(string url)
    {
        RepositoryCredential repository = Repository(url);
        // A vault may have to be unlocked: not to say what would be done.
        bool isUnknown = ParameterSetName == VaultSet && IsWhatIf;
        string username = "";
        using SecretBytes secret = isUnknown ? SecretBytes.None : Secret(repository.Kind, out username);
        if (!isUnknown)
        {
            bool isKey = ParameterSetName is KeySet or KeyPathSet || (ParameterSetName == VaultSet && repository.Kind is (RepositoryKind.Ssh or RepositoryKind.GitHubApp));
            repository = repository with { Username = isKey ? "" : username, Password = isKey ? default : secret.Value, PrivateKey = isKey ? secret.Value : default };
            RepositoryRegistration.Validate(repository);
        }

        if (!ShouldProcess($"{ContextText}: {RepositoryRegistration.ReferenceOf(repository, Namespace)}", $"Register {Masker.MaskText(repository.ToString())}"))
        {
            return;
        }

        ObjectApplyResult applied = Change(
            $"repository {repository.Url}",
            (cluster, _, token) => RepositoryRegistration.RegisterAsync(cluster, repository, Namespace, Force, false, token),
            result => (true, $"{result.Reference}: {result.Action}"));
        if (repository.Insecure)
        {
            WriteWarning($"Argo CD does not check who answers at {repository.Url} (-Insecure).");
        }

        WriteObject(new RepositoryRegistrationResult(repository.Url, repository.Kind, repository.IsTemplate, applied.Reference, applied.Action));
    }

    private RepositoryCredential Repository(string url) => new()
    {
        Url = url.Trim(),
        Kind = Kind ?? KindOf(url.Trim()),
        IsTemplate = AsTemplate,
        Name = Name ?? "",
        Project = Project ?? "",
        GitHubAppId = Text(GitHubAppId),
        GitHubAppInstallationId = Text(GitHubAppInstallationId),
        GitHubEnterpriseUrl = GitHubEnterpriseUrl ?? "",
        Insecure = Insecure,
        Labels = StringMap.From(Label, nameof(Label)),
    };

    private RepositoryKind KindOf(string url) =>
        GitHubAppId is not null ? RepositoryKind.GitHubApp
        : url.StartsWith("oci://", StringComparison.OrdinalIgnoreCase) ? RepositoryKind.Oci
        : url.StartsWith("ssh://", StringComparison.OrdinalIgnoreCase) || !url.Contains("://", StringComparison.Ordinal) ? RepositoryKind.Ssh
        : RepositoryKind.Https;

    private SecretBytes Secret(RepositoryKind kind, out string username)
    {
        username = Username ?? "";
        switch (ParameterSetName)
        {
            case PasswordSet:
                return SecretBytes.From(Password!);
            case KeySet:
                return SecretBytes.From(PrivateKey!);
            case KeyPathSet:
                return SecretBytes.FromFile(SessionPaths.ResolveLiteral(SessionState, PrivateKeyPath!));
            case VaultSet:
                return FromVault(kind, ref username);
            default:
                username = Credential?.UserName ?? "";
                return Credential is null ? SecretBytes.None : SecretBytes.From(Credential.Password);
        }
    }

    private SecretBytes FromVault(RepositoryKind kind, ref string username)
    {
        switch (SecretVault.Get(SecretName!, Vault))
        {
            case PSCredential when kind is RepositoryKind.Ssh or RepositoryKind.GitHubApp:
                throw SecretVault.Unavailable($"'{SecretName}' is a credential, and {kind} needs a private key.", "Keep the private key in the vault as a secure string or as bytes.");
            case PSCredential credential:
                username = Username ?? credential.UserName;
                return SecretBytes.From(credential.Password);
            case SecureString when kind is not (RepositoryKind.Ssh or RepositoryKind.GitHubApp) && username.Length == 0:
                throw SecretVault.Unavailable($"'{SecretName}' is a password without a user.", "Name the user with -Username, or keep a credential in the vault.");
            case SecureString text:
                return SecretBytes.From(text);
            case byte[] bytes:
                return SecretBytes.Copy(bytes);
            case var other:
                throw SecretVault.Unavailable($"'{SecretName}' is a {other.GetType().Name}, and neither a credential nor a text.", "Keep a PSCredential, a SecureString or bytes in the vault.");
        }
    }

    private static string Text(long? id) => id?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";
}
