using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ArgoBootstrap.Clusters;
using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.ArgoCD;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Registration;

/// <summary>Registers clusters with an Argo CD, its own or a hub, as the Secrets that it reads. Running it again changes nothing while the token is good.</summary>
public static partial class ClusterRegistration
{
    /// <summary>The name that Argo CD gives its own cluster.</summary>
    private const string InClusterName = "in-cluster";

    /// <summary>The Secret that stands for a registration, for plans.</summary>
    /// <param name="request">The registration.</param>
    public static ObjectReference ReferenceOf(ClusterRegistrationRequest request) =>
        new(new("", "v1", "Secret"), request.SecretName.Length > 0 ? request.SecretName : $"cluster-{request.Name}", request.ArgoNamespace);

    /// <summary>What a registration makes on the cluster that is registered, for plans: for tokens, the service account and its rights.</summary>
    /// <param name="request">The registration.</param>
    public static IReadOnlyList<ObjectReference> AccessOf(ClusterRegistrationRequest request) =>
        request.Authentication == ClusterAuthentication.ServiceAccountToken ? [.. ServiceAccountAccess.Objects(request.Complete(null)).Select(o => o.Reference)] : [];

    /// <summary>Registers a cluster, changes its registration, or renews its token.</summary>
    /// <param name="hub">The cluster whose Argo CD it is for.</param>
    /// <param name="target">The cluster that is registered; the same for Argo CD's own. Null when the request has its address and Argo CD authenticates by itself.</param>
    /// <param name="request">How.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.InvalidRequest"/>, <see cref="ErrorIds.NotInstalled"/>, <see cref="ErrorIds.RegistrationExists"/>, <see cref="ErrorIds.TokenUnavailable"/>, or a cluster refuses.</exception>
    public static async Task<ClusterRegistrationResult> RegisterAsync(TargetCluster hub, TargetCluster? target, ClusterRegistrationRequest request, CancellationToken cancellationToken = default)
    {
        Validate(request, target is not null);
        await ArgoCDNamespace.RequireAsync(hub, request.ArgoNamespace, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<JsonObject> secrets = await ClusterSecret.ListAsync(hub, request.ArgoNamespace, cancellationToken).ConfigureAwait(false);
        string server = ServerOf(target, request, Named(secrets, ReferenceOf(request)));
        request = WithSecretName(hub, request, server, secrets);
        ObjectReference reference = ReferenceOf(request);
        JsonObject? live = Named(secrets, reference);
        RegisteredCluster? present = live is null ? null : ClusterSecret.Describe(live);
        RequireSameKind(hub, request, present);
        request = request.Complete(present);
        var objects = new List<ObjectApplyResult>();
        JsonObject config = new() { ["tlsClientConfig"] = ClusterSecretContent.TlsConfig(target, request) };
        var annotations = new Dictionary<string, string>(request.Annotations!, StringComparer.Ordinal);
        DateTimeOffset? expires = null;
        bool issued = false;
        switch (request.Authentication)
        {
            case ClusterAuthentication.ServiceAccountToken:
                ApplyResult account = await target!.Applier.ApplyAsync(ServiceAccountAccess.Objects(request), new ApplyOptions { Force = request.Force }, null, cancellationToken).ConfigureAwait(false);
                ApplySummary.ThrowIfFailed(account, $"the access of {request.ServiceAccount}");
                objects.AddRange(account.Objects);
                BearerToken? kept = KeptToken(live, request, server);
                BearerToken token = kept ?? await ServiceAccountAccess.IssueAsync(target, request, cancellationToken).ConfigureAwait(false);
                issued = kept is null;
                target.Connection.Masker.Add(token.Value);
                hub.Connection.Masker.Add(token.Value);
                config["bearerToken"] = token.Value;
                expires = token.Expires;
                annotations[ClusterSecret.IssuedAnnotation] = token.Issued.ToString("O");
                annotations[ClusterSecret.ExpiresAnnotation] = token.Expires.ToString("O");
                annotations[ClusterSecret.ServiceAccountAnnotation] = AccountOf(request);
                break;
            case ClusterAuthentication.Exec:
                config["execProviderConfig"] = ClusterSecretContent.ExecConfig(request);
                break;
            case ClusterAuthentication.Aws:
                config["awsAuthConfig"] = new JsonObject { ["clusterName"] = request.AwsClusterName };
                if (request.AwsRoleArn.Length > 0)
                {
                    config["awsAuthConfig"]!["roleARN"] = request.AwsRoleArn;
                }
                break;
        }
        ClusterObject secret = ClusterSecretContent.Secret(request, server, config, annotations);
        SecretValues.Register(secret, hub.Connection.Masker);
        ApplyResult applied = await hub.Applier.ApplyAsync([secret], new ApplyOptions { Force = request.Force, AdoptFrom = request.Force ? FieldManagers.ClientSide : [] }, null, cancellationToken).ConfigureAwait(false);
        ApplySummary.ThrowIfFailed(applied, $"the registration of {request.Name}");
        return new ClusterRegistrationResult(secret.Reference, server, [.. objects, .. applied.Objects], expires)
        {
            Name = request.Name, IssuedToken = issued, IsInsecure = config["tlsClientConfig"].At("insecure").Flag(), Removed = await RemoveFormerAccessAsync(target, present, request, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Removes a registration; for a token also the service account and its rights, when the cluster is given.</summary>
    /// <param name="hub">The cluster whose Argo CD it is for.</param>
    /// <param name="target">The cluster that was registered; null leaves it alone.</param>
    /// <param name="request">The registration.</param>
    /// <param name="dryRun">Asks the server what it would do, and changes nothing.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<IReadOnlyList<ObjectDeleteResult>> UnregisterAsync(TargetCluster hub, TargetCluster? target, ClusterRegistrationRequest request, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        var options = new DeleteOptions { DryRun = dryRun };
        var results = new List<ObjectDeleteResult>(await hub.Deleter.DeleteAsync([new DeleteTarget(ReferenceOf(request))], options, null, cancellationToken).ConfigureAwait(false));
        if (target is not null && request.Authentication == ClusterAuthentication.ServiceAccountToken)
        {
            results.AddRange(await target.Deleter.DeleteAsync([.. AccessOf(request).Select(o => new DeleteTarget(o))], options, null, cancellationToken).ConfigureAwait(false));
        }
        return results;
    }

    /// <summary>The token that is registered while more than a third of its time is left; null when a new one is needed.</summary>
    private static BearerToken? KeptToken(JsonObject? live, ClusterRegistrationRequest request, string server) =>
        !request.Rotate
        && live.At("metadata", "annotations", ClusterSecret.ExpiresAnnotation).Time() is { } expires
        && live.At("metadata", "annotations", ClusterSecret.IssuedAnnotation).Time() is { } issued
        && expires - DateTimeOffset.UtcNow > (expires - issued) / 3
        && ClusterSecret.Decode(live, "server") == server
        && live.At("metadata", "annotations", ClusterSecret.ServiceAccountAnnotation).Text() is var account
        && (account.Length == 0 || account == AccountOf(request))
        && ClusterSecret.Config(live).At("bearerToken").Text() is { Length: > 0 } value
            ? new BearerToken(value, issued, expires)
            : null;

    /// <summary>Takes away what an earlier registration gave to the service account and this one does not: what is registered for fewer namespaces must not keep its rights to all.</summary>
    private static async Task<IReadOnlyList<ObjectDeleteResult>> RemoveFormerAccessAsync(TargetCluster? target, RegisteredCluster? former, ClusterRegistrationRequest request, CancellationToken cancellationToken)
    {
        if (target is null || former?.ServiceAccount.Split('/') is not [var ns, var name])
        {
            return [];
        }
        ObjectReference[] gone =
        [
            .. AccessOf(new ClusterRegistrationRequest
            {
                Name = former.Name, Authentication = ClusterAuthentication.ServiceAccountToken, ServiceAccountNamespace = ns, ServiceAccount = name, Namespaces = former.Namespaces, ClusterResources = former.ClusterResources,
            }).Except(AccessOf(request)),
        ];
        return gone.Length == 0 ? [] : await target.Deleter.DeleteAsync([.. gone.Select(o => new DeleteTarget(o))], new DeleteOptions(), null, cancellationToken).ConfigureAwait(false);
    }

    private static string AccountOf(ClusterRegistrationRequest request) => $"{request.ServiceAccountNamespace}/{request.ServiceAccount}";

    /// <summary>Finds a Secret of another name that registers the same cluster: with two, nobody knows which one Argo CD takes.</summary>
    private static ClusterRegistrationRequest WithSecretName(TargetCluster hub, ClusterRegistrationRequest request, string server, IReadOnlyList<JsonObject> secrets)
    {
        string own = ReferenceOf(request).Name;
        RegisteredCluster[] others =
        [
            .. secrets.Select(ClusterSecret.Describe)
                .Where(c => c.Secret!.Value.Name != own && (c.Name == request.Name || ClusterSecret.IsSameServer(c.Server, server))),
        ];
        if (others.Length == 0)
        {
            return request;
        }
        RegisteredCluster other = others[0];
        return request.Force && others.Length == 1
            ? request with { SecretName = other.Secret!.Value.Name }
            : throw new OperationException(
                ErrorIds.RegistrationExists,
                $"{other.Secret} registers {(ClusterSecret.IsSameServer(other.Server, server) ? $"the server {server} already, as '{other.Name}'" : $"a cluster '{other.Name}' already, at {other.Server}")}.",
                others.Length > 1
                    ? $"Remove all but one of the registrations with Unregister-ArgoCluster: {string.Join(", ", others.Select(o => $"'{o.Name}'"))}."
                    : $"Use -Force to change that registration, or remove it with Unregister-ArgoCluster '{other.Name}'.")
            {
                Context = hub.Connection.Context, Server = hub.Connection.Server,
            };
    }

    /// <summary>What is wrong with a request, before any cluster is asked.</summary>
    /// <param name="request">The registration.</param>
    /// <param name="hasTarget">Whether there is a connection to the cluster that is registered.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.InvalidRequest"/></exception>
    public static void Validate(ClusterRegistrationRequest request, bool hasTarget)
    {
        string? wrong = request.Authentication switch
        {
            _ when !DnsName().IsMatch(request.Name) => $"'{request.Name}' is not a DNS name (lower case letters, digits, '-' and '.')",
            _ when request is { Name: InClusterName, Authentication: not ClusterAuthentication.InCluster } => $"'{InClusterName}' is what Argo CD calls its own cluster, and this is another one",
            _ when request.ServiceAccount.Length > 0 && !DnsName().IsMatch(request.ServiceAccount) => $"'{request.ServiceAccount}' is not a valid name of a service account (lower case letters, digits, '-' and '.')",
            _ when request.ServiceAccountNamespace.Length > 0 && !NamespaceName().IsMatch(request.ServiceAccountNamespace) => $"'{request.ServiceAccountNamespace}' is not a valid namespace",
            _ when request.Labels?.FirstOrDefault(l => !LabelName().IsMatch(l.Key)) is { Key: { } label } => $"'{label}' is not a valid label",
            _ when request.Labels?.FirstOrDefault(l => !LabelValue().IsMatch(l.Value)) is { Key: { } label } value => $"'{value.Value}' is not a valid value of the label '{label}'",
            _ when request.Annotations?.FirstOrDefault(a => !LabelName().IsMatch(a.Key)) is { Key: { } annotation } => $"'{annotation}' is not a valid annotation",
            _ when request.Namespaces?.FirstOrDefault(n => !NamespaceName().IsMatch(n)) is { } ns => $"'{ns}' is not a valid namespace",
            _ when request.Server.Length > 0 && !(Uri.TryCreate(request.Server, UriKind.Absolute, out Uri? server) && server.Scheme is "https" or "http") => $"'{request.Server}' is not an https address",
            ClusterAuthentication.Exec when request.ExecCommand.Length == 0 => "exec needs a command",
            ClusterAuthentication.Aws when request.AwsClusterName.Length == 0 => "AWS needs the cluster's name",
            ClusterAuthentication.ServiceAccountToken when !hasTarget => "a token can only be issued by the cluster itself, which is not named",
            ClusterAuthentication.Exec or ClusterAuthentication.Aws when !hasTarget && request.Server.Length == 0 => "neither the cluster nor its address is named",
            ClusterAuthentication.ServiceAccountToken when request.TokenLifetime < TimeSpan.FromMinutes(10) => "a token lives for 10 minutes at least",
            ClusterAuthentication.ClientCertificate or ClusterAuthentication.Password or ClusterAuthentication.None => $"{request.Authentication} is not a way to register clusters",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new OperationException(ErrorIds.InvalidRequest, $"The cluster cannot be registered: {wrong}.", "Correct it; Register-ArgoCluster's help shows each way.");
        }
    }

    /// <summary>Keeps a registration of another cluster from becoming that of Argo CD's own because the parameter that names the other was forgotten.</summary>
    private static void RequireSameKind(TargetCluster hub, ClusterRegistrationRequest request, RegisteredCluster? present)
    {
        if (request is { Authentication: ClusterAuthentication.InCluster, Force: false } && present is not null && !ClusterSecret.IsSameServer(present.Server, ClusterSecret.OwnServer))
        {
            throw new OperationException(
                ErrorIds.RegistrationExists,
                $"'{request.Name}' is registered at {present.Server}, and would become Argo CD's own cluster.",
                "Name the cluster with -TargetContext, or choose another name for Argo CD's own; -Force changes the registration.")
            {
                Context = hub.Connection.Context, Server = hub.Connection.Server,
            };
        }
    }

    /// <summary>The address to register. One that was chosen before is kept as long as the cluster is the same, which its certificate authority tells: the kubeconfig's may be one that Argo CD does not reach.</summary>
    private static string ServerOf(TargetCluster? target, ClusterRegistrationRequest request, JsonObject? present) =>
        request.Server.Length > 0 ? request.Server.TrimEnd('/')
        : request.Authentication == ClusterAuthentication.InCluster ? ClusterSecret.OwnServer
        : present is not null && ClusterSecret.IsSameAuthority(ClusterSecret.AuthoritiesPem(present), target!.Connection.AuthoritiesPem) ? ClusterSecret.Decode(present, "server")
        : target!.Connection.Server;

    private static JsonObject? Named(IReadOnlyList<JsonObject> secrets, ObjectReference reference) => secrets.FirstOrDefault(s => s.At("metadata", "name").Text() == reference.Name);

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]{0,200}[a-z0-9])?$")]
    private static partial Regex DnsName();

    // Kubernetes, labels and selectors: a prefix of at most 253 characters, then a name of at most 63.
    [GeneratedRegex("^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$")]
    private static partial Regex LabelName();

    [GeneratedRegex("^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$")]
    private static partial Regex LabelValue();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex NamespaceName();
}
