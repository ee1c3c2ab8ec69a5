using System.Collections;
using System.Globalization;
using System.Management.Automation;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Core.Registration;
using ArgoBootstrap.PowerShell.Cmdlets;
using ArgoBootstrap.PowerShell.Errors;
using ArgoBootstrap.PowerShell.Parameters;

namespace ArgoBootstrap.PowerShell.Commands.Clusters;

/// <summary>Registers clusters with an Argo CD: its own, or others that it is the hub of.</summary>
[Cmdlet(VerbsLifecycle.Register, "ArgoCluster", DefaultParameterSetName = TokenSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ClusterRegistrationResult))]
public sealed class RegisterArgoClusterCommand : ArgoCDCmdlet
{
    private const string TokenSet = "ServiceAccountToken";
    private const string ExecSet = "Exec";
    private const string AwsSet = "Aws";

    private static readonly string[] OfOthers =
        [nameof(TargetContext), nameof(TargetKubeConfigPath), nameof(Server), nameof(CertificateAuthorityPath), nameof(ServiceAccount), nameof(ServiceAccountNamespace), nameof(TokenLifetime), nameof(Rotate)];

    /// <summary>The cluster's name in Argo CD.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Cluster")]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The context of the cluster that is registered; Argo CD's own cluster is registered where neither this nor -TargetKubeConfigPath is given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TargetContext { get; set; }

    /// <summary>The kubeconfig of the cluster that is registered; that of Argo CD's cluster where it is left out.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? TargetKubeConfigPath { get; set; }

    /// <summary>The address at which Argo CD reaches the cluster; the kubeconfig's where it is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Server { get; set; }

    /// <summary>A file with the authorities, in PEM, that the server's certificate comes from; the kubeconfig's where it is left out.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CertificateAuthorityPath { get; set; }

    /// <summary>The service account that is made on the cluster.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [ValidateNotNullOrEmpty]
    public string? ServiceAccount { get; set; }

    /// <summary>The service account's namespace.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [ValidateNotNullOrEmpty]
    public string? ServiceAccountNamespace { get; set; }

    /// <summary>How long the token is to be valid: a time span, or seconds. The server may shorten it.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    [Seconds(MaximumDays = 3650)]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>Issues a new token although the present one is good for long enough.</summary>
    [Parameter(ParameterSetName = TokenSet)]
    public SwitchParameter Rotate { get; set; }

    /// <summary>The program in Argo CD's image that gives the credential.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExecSet)]
    [ValidateNotNullOrEmpty]
    public string ExecCommand { get; set; } = "";

    /// <summary>The program's arguments.</summary>
    [Parameter(ParameterSetName = ExecSet)]
    [ValidateNotNull]
    public string[] ExecArgument { get; set; } = [];

    /// <summary>The program's environment variables; never secrets.</summary>
    [Parameter(ParameterSetName = ExecSet)]
    [ValidateNotNull]
    public IDictionary? ExecEnvironment { get; set; }

    /// <summary>The credential API that the program speaks.</summary>
    [Parameter(ParameterSetName = ExecSet)]
    [ValidateSet("client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1")]
    public string ExecApiVersion { get; set; } = "client.authentication.k8s.io/v1beta1";

    /// <summary>The cluster's name in Amazon EKS.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AwsSet)]
    [ValidateNotNullOrEmpty]
    public string AwsClusterName { get; set; } = "";

    /// <summary>The role that Argo CD assumes; its own where it is left out.</summary>
    [Parameter(ParameterSetName = AwsSet)]
    [ValidateNotNullOrEmpty]
    public string? AwsRoleArn { get; set; }

    /// <summary>Labels of the registration, by which ApplicationSets choose clusters.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ClusterLabel")]
    [ValidateNotNull]
    public IDictionary? Label { get; set; }

    /// <summary>Annotations of the registration.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ClusterAnnotation")]
    [ValidateNotNull]
    public IDictionary? Annotation { get; set; }

    /// <summary>The AppProject that the cluster belongs to; an empty text for all.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ArgoCDCompleter))]
    [AllowEmptyString]
    public string? Project { get; set; }

    /// <summary>The namespaces that Argo CD manages on the cluster; an empty list for all.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public string[]? ManagedNamespace { get; set; }

    /// <summary>With -ManagedNamespace: objects without a namespace are managed too.</summary>
    [Parameter]
    public SwitchParameter IncludeClusterResource { get; set; }

    /// <summary>Takes over fields that others own, and a Secret of another name that registers the same cluster.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override object ErrorTarget => Name;

    /// <inheritdoc/>
    protected override void ProcessInput()
    {
        ClusterConnectionOptions? target = TargetContext is null && TargetKubeConfigPath is null ? null : OtherCluster(TargetKubeConfigPath, TargetContext);
        ClusterRegistrationRequest request = Request();
        ClusterRegistration.Validate(request, target is not null || request.Authentication == ClusterAuthentication.InCluster);
        if (!ShouldProcess($"{ContextText}: {ClusterRegistration.ReferenceOf(request)}{Access(request)}", $"Register cluster '{Name}'"))
        {
            return;
        }

        ClusterRegistrationResult result = Change(
            $"cluster {Name}",
            (hub, _, token) => RegisterAsync(hub, target, request, token),
            done => (!done.Removed.Any(IsLeft), $"{done.Server} registered as {done.Name}{(done.IssuedToken ? $", with a token until {Utc(done.TokenExpires!.Value)}" : "")}"));
        Warn(result);
        WriteObject(result);
        foreach (ObjectDeleteResult item in result.Removed.Where(IsLeft))
        {
            WriteError(ErrorRecords.From(
                item.ErrorId.Length > 0 ? item.ErrorId : ClusterErrorIds.DeleteFailed, $"{item.Reference}, which gives rights that the registration does not name any more, is still there: {item.Message}", item.Remedy.Length > 0 ? item.Remedy : "Delete it by hand.", item.Reference.ToString()));
        }
    }

    /// <summary>Whether Argo CD's own cluster is meant: no other is named, and nothing is asked for that its own does not have.</summary>
    private bool IsOwn => ParameterSetName == TokenSet && !MyInvocation.BoundParameters.Keys.Intersect(OfOthers, StringComparer.OrdinalIgnoreCase).Any();

    private ClusterRegistrationRequest Request() => new()
    {
        Name = Name,
        Authentication = IsOwn ? ClusterAuthentication.InCluster : Enum.Parse<ClusterAuthentication>(ParameterSetName),
        ArgoNamespace = Namespace,
        Server = Server ?? "",
        AuthoritiesPem = CertificateAuthorityPath is null ? "" : CertificateAuthority.Read(SessionPaths.ResolveLiteral(SessionState, CertificateAuthorityPath)),
        Labels = Label is null ? null : StringMap.From(Label, nameof(Label)),
        Annotations = Annotation is null ? null : StringMap.From(Annotation, nameof(Annotation)),
        Namespaces = ManagedNamespace,
        ClusterResources = MyInvocation.BoundParameters.ContainsKey(nameof(IncludeClusterResource)) ? IncludeClusterResource.IsPresent : null,
        Project = Project,
        ServiceAccount = ServiceAccount ?? "",
        ServiceAccountNamespace = ServiceAccountNamespace ?? "",
        TokenLifetime = TokenLifetime,
        Rotate = Rotate,
        ExecCommand = ExecCommand,
        ExecArguments = ExecArgument,
        ExecEnvironment = StringMap.From(ExecEnvironment, nameof(ExecEnvironment)),
        ExecApiVersion = ExecApiVersion,
        AwsClusterName = AwsClusterName,
        AwsRoleArn = AwsRoleArn ?? "",
        Force = Force,
    };

    /// <summary>What is made on the cluster that is registered, for the question. Which account and which rights, an earlier registration may say, and no cluster is asked yet.</summary>
    private string Access(ClusterRegistrationRequest request) =>
        request.Authentication != ClusterAuthentication.ServiceAccountToken ? ""
        : $"; {(TargetContext is null ? $"the current context of {TargetKubeConfigPath}" : $"context '{TargetContext}'")}: service account {ServiceAccount ?? "argocd-manager"} with its rights{(Rotate ? " and a new token" : "")}";

    private static async Task<ClusterRegistrationResult> RegisterAsync(TargetCluster hub, ClusterConnectionOptions? options, ClusterRegistrationRequest request, CancellationToken cancellationToken)
    {
        if (options is null)
        {
            return await ClusterRegistration.RegisterAsync(hub, request.Authentication == ClusterAuthentication.InCluster ? hub : null, request, cancellationToken).ConfigureAwait(false);
        }

        return await TargetCluster.UseAsync(options, target => ClusterRegistration.RegisterAsync(hub, target, request, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private void Warn(ClusterRegistrationResult result)
    {
        if (Uri.TryCreate(result.Server, UriKind.Absolute, out Uri? server) && server.IsLoopback)
        {
            WriteWarning($"'{result.Name}' is registered at {result.Server}, which is this machine's own address: Argo CD's pods do not reach it. Give the address that they do with -Server.");
        }

        if (result.IsInsecure)
        {
            WriteWarning($"'{result.Name}' is registered without checking the server's certificate, since its kubeconfig says insecure-skip-tls-verify: whoever stands between gets Argo CD's token. Name its authority with -CertificateAuthorityPath.");
        }

        if (result is { IssuedToken: true, TokenExpires: { } expires } && expires - DateTimeOffset.UtcNow < 0.9 * TokenLifetime)
        {
            WriteWarning($"The server of '{result.Name}' gives tokens for a shorter time than asked: this one ends {Utc(expires)}. Run this again before, or let Argo CD use a cloud identity (-ExecCommand, -AwsClusterName).");
        }
    }

    private static bool IsLeft(ObjectDeleteResult item) => item.Action is DeleteAction.Failed or DeleteAction.Terminating;

    private static string Utc(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
