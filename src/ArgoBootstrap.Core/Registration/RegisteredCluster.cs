using ArgoBootstrap.Clusters.Objects;

namespace ArgoBootstrap.Core.Registration;

/// <summary>A cluster that an Argo CD knows, without its credentials.</summary>
/// <param name="Name">Its name in Argo CD.</param>
/// <param name="Server">The address that Argo CD uses.</param>
/// <param name="ArgoNamespace">Argo CD's namespace.</param>
public sealed record RegisteredCluster(string Name, string Server, string ArgoNamespace)
{
    /// <summary>The Secret that holds the registration; null for Argo CD's own cluster, which it knows without one.</summary>
    public ObjectReference? Secret { get; init; }

    /// <summary>The AppProject that it belongs to; empty for all.</summary>
    public string Project { get; init; } = "";

    /// <summary>Namespaces that Argo CD manages there; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; init; } = [];

    /// <summary>Whether objects without a namespace are managed too.</summary>
    public bool ClusterResources { get; init; } = true;

    /// <summary>How Argo CD authenticates.</summary>
    public ClusterAuthentication Authentication { get; init; }

    /// <summary>Whether the server's certificate is not checked.</summary>
    public bool Insecure { get; init; }

    /// <summary>Labels, without Argo CD's own.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>For a token that this module issued: the service account, with its namespace before it: <c>kube-system/argocd-manager</c>. Otherwise empty.</summary>
    public string ServiceAccount { get; init; } = "";

    /// <summary>When its token ends; null when that is not known, or there is none.</summary>
    public DateTimeOffset? TokenExpires { get; init; }

    /// <summary>Applications that deploy to it, as <c>namespace/name</c>; null when that could not be asked.</summary>
    public IReadOnlyList<string>? Applications { get; init; }

    /// <summary>How many Applications deploy to it; null when that could not be asked.</summary>
    public int? ApplicationCount => Applications?.Count;

    /// <summary>What became of the attempt to use the registration; null when none was made.</summary>
    public RegistrationTest? Test { get; init; }
}

/// <summary>What a registration turned out to be good for.</summary>
public enum RegistrationTestStatus : long
{
    /// <summary>The cluster answered, and Argo CD may do there what the registration says.</summary>
    Passed,

    /// <summary>The cluster did not answer, does not accept the credential, or does not allow what the registration says.</summary>
    Failed,

    /// <summary>The credential cannot be used from here: only Argo CD's pods have what it takes.</summary>
    NotTested,
}

/// <summary>What may be done in a namespace, or in the whole cluster.</summary>
public enum RegistrationAccess : long
{
    /// <summary>Not even everything can be read.</summary>
    Limited,

    /// <summary>Everything can be read.</summary>
    ReadOnly,

    /// <summary>Everything.</summary>
    Full,
}

/// <summary>What Argo CD may do in one namespace.</summary>
/// <param name="Namespace">The namespace; empty for the whole cluster.</param>
/// <param name="Access">What it may do there.</param>
public sealed record RegistrationScope(string Namespace, RegistrationAccess Access)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Access} in {(Namespace.Length > 0 ? Namespace : "the whole cluster")}";
}

/// <summary>What became of using a registration, as seen from this machine: Argo CD's pods may have another way to the cluster.</summary>
/// <param name="Status">Whether it works.</param>
/// <param name="Message">What there is to say about it; without secrets.</param>
public sealed record RegistrationTest(RegistrationTestStatus Status, string Message)
{
    /// <summary>The server's version; empty when it did not answer.</summary>
    public string ServerVersion { get; init; } = "";

    /// <summary>Who Argo CD is there; empty when the server does not say.</summary>
    public string Identity { get; init; } = "";

    /// <summary>What it may do, in each namespace that is registered or in the whole cluster.</summary>
    public IReadOnlyList<RegistrationScope> Access { get; init; } = [];

    /// <summary>For a failure, one of <see cref="Clusters.ClusterErrorIds"/>; otherwise empty.</summary>
    public string ErrorId { get; init; } = "";

    /// <summary>What to do about a failure.</summary>
    public string Remedy { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Status}: {Message}";
}
