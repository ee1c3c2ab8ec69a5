using ArgoBootstrap.Clusters.Applying;
using ArgoBootstrap.Clusters.Deleting;
using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Core.Registration;

/// <summary>How an Argo CD authenticates at a cluster that it manages.</summary>
public enum ClusterAuthentication : long
{
    /// <summary>As itself: the cluster is its own.</summary>
    InCluster,

    /// <summary>With a bound token of a service account that is made on the cluster.</summary>
    ServiceAccountToken,

    /// <summary>With a program in Argo CD's image (<c>execProviderConfig</c>), such as <c>argocd-k8s-auth</c> for a cloud's identity.</summary>
    Exec,

    /// <summary>With an AWS role (<c>awsAuthConfig</c>).</summary>
    Aws,

    /// <summary>With a client certificate. Found in registrations of others; none is made.</summary>
    ClientCertificate,

    /// <summary>With a user and a password. Found in registrations of others; none is made.</summary>
    Password,

    /// <summary>With nothing. Found in registrations of others; none is made.</summary>
    None,
}

/// <summary>How a cluster is registered (Argo CD, declarative setup: clusters).</summary>
public sealed record ClusterRegistrationRequest
{
    /// <summary>Its name in Argo CD.</summary>
    public required string Name { get; init; }

    /// <summary>How Argo CD authenticates.</summary>
    public ClusterAuthentication Authentication { get; init; }

    /// <summary>Argo CD's namespace.</summary>
    public string ArgoNamespace { get; init; } = "argocd";

    /// <summary>The address that Argo CD uses; empty for that of the present registration of the same cluster, for the kubeconfig's, or for the own cluster's.</summary>
    public string Server { get; init; } = "";

    /// <summary>Authorities that Argo CD checks the server's certificate against, in PEM; empty for the kubeconfig's.</summary>
    public string AuthoritiesPem { get; init; } = "";

    /// <summary>Name of the Secret; empty for <c>cluster-</c> and the cluster's name.</summary>
    public string SecretName { get; init; } = "";

    /// <summary>Labels of the Secret, by which ApplicationSets choose clusters; null for those of the present registration.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations of the Secret; null for those of the present registration.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Namespaces that Argo CD manages there; empty for all, null for those of the present registration.</summary>
    public IReadOnlyList<string>? Namespaces { get; init; }

    /// <summary>With <see cref="Namespaces"/>: whether objects without a namespace are managed too; null for what the present registration says.</summary>
    public bool? ClusterResources { get; init; }

    /// <summary>The AppProject that it belongs to; empty for all, null for that of the present registration.</summary>
    public string? Project { get; init; }

    /// <summary>For tokens: the service account that is made; empty for that of the present registration, or <c>argocd-manager</c>.</summary>
    public string ServiceAccount { get; init; } = "";

    /// <summary>For tokens: its namespace; empty for that of the present registration, or <c>kube-system</c>.</summary>
    public string ServiceAccountNamespace { get; init; } = "";

    /// <summary>For tokens: how long one is valid. The server may shorten it. It is renewed by running the registration again once a third is left.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Issues a new token although the present one is still valid.</summary>
    public bool Rotate { get; init; }

    /// <summary>For <see cref="ClusterAuthentication.Exec"/>: the program.</summary>
    public string ExecCommand { get; init; } = "";

    /// <summary>For <see cref="ClusterAuthentication.Exec"/>: its arguments.</summary>
    public IReadOnlyList<string> ExecArguments { get; init; } = [];

    /// <summary>For <see cref="ClusterAuthentication.Exec"/>: its environment; never secrets.</summary>
    public IReadOnlyDictionary<string, string> ExecEnvironment { get; init; } = new Dictionary<string, string>();

    /// <summary>For <see cref="ClusterAuthentication.Exec"/>: the credential API that it speaks.</summary>
    public string ExecApiVersion { get; init; } = "client.authentication.k8s.io/v1beta1";

    /// <summary>For <see cref="ClusterAuthentication.Aws"/>: the EKS cluster's name.</summary>
    public string AwsClusterName { get; init; } = "";

    /// <summary>For <see cref="ClusterAuthentication.Aws"/>: the role to assume; empty for Argo CD's own.</summary>
    public string AwsRoleArn { get; init; } = "";

    /// <summary>Takes over fields that others own, and a Secret of another name that registers the same cluster.</summary>
    public bool Force { get; init; }

    /// <summary>The request with what it leaves open, from the present registration where there is one.</summary>
    internal ClusterRegistrationRequest Complete(RegisteredCluster? present) => this with
    {
        Labels = Labels ?? present?.Labels ?? new Dictionary<string, string>(),
        Annotations = Annotations ?? present?.Annotations.Where(a => !ClusterSecret.IsOwnAnnotation(a.Key)).ToDictionary(a => a.Key, a => a.Value) ?? [],
        Namespaces = Namespaces ?? present?.Namespaces ?? [],
        ClusterResources = ClusterResources ?? (Namespaces is null && present is { Namespaces.Count: > 0, ClusterResources: true }),
        Project = Project ?? present?.Project ?? "",
        ServiceAccount = ServiceAccount.Length > 0 ? ServiceAccount : present?.ServiceAccount.Split('/') is [_, var account] ? account : "argocd-manager",
        ServiceAccountNamespace = ServiceAccountNamespace.Length > 0 ? ServiceAccountNamespace : present?.ServiceAccount.Split('/') is [var ns, _] ? ns : "kube-system",
    };
}

/// <summary>What became of a registration.</summary>
/// <param name="Secret">The Secret with which Argo CD knows the cluster.</param>
/// <param name="Server">The address that Argo CD uses.</param>
/// <param name="Objects">What became of each object, on both clusters.</param>
/// <param name="TokenExpires">When the token ends; null without one.</param>
public sealed record ClusterRegistrationResult(ObjectReference Secret, string Server, IReadOnlyList<ObjectApplyResult> Objects, DateTimeOffset? TokenExpires)
{
    /// <summary>Its name in Argo CD.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether Argo CD does not check the server's certificate, as the kubeconfig says.</summary>
    public bool IsInsecure { get; init; }

    /// <summary>Whether a new token was issued; a token that is good for long enough is kept.</summary>
    public bool IssuedToken { get; init; }

    /// <summary>What an earlier registration made on the cluster and this one does not need: rights in namespaces that are registered no more.</summary>
    public IReadOnlyList<ObjectDeleteResult> Removed { get; init; } = [];

    /// <summary>Whether anything was changed.</summary>
    public bool Changed => Removed.Count > 0 || Objects.Any(o => o.Action is ApplyAction.Created or ApplyAction.Configured);
}
