using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>Which cluster to use, and how patiently.</summary>
public sealed record ClusterConnectionOptions
{
    /// <summary>Kubeconfig file; empty for what <c>KUBECONFIG</c> names, then <c>~/.kube/config</c>, then the pod's service account.</summary>
    public string KubeConfigPath { get; init; } = "";

    /// <summary>Context; empty for the kubeconfig's current one.</summary>
    public string Context { get; init; } = "";

    /// <summary>How long a TCP and TLS connection may take to be made.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the server may take over one try of a request.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one request may take with all its tries.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>How often a request is tried again after a fault that may pass.</summary>
    public int MaxRetries { get; init; } = 10;

    /// <summary>The wait before the first retry; it doubles from then on, with jitter.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest wait between two tries. What the server asks for with <c>Retry-After</c> may be longer.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Takes secrets out of everything that is said about this connection.</summary>
    public SecretMasker Masker { get; init; } = new();

    /// <summary>When everything that is done through this connection has to be over; waits and programs for this cluster keep to it as well.</summary>
    public Deadline Deadline { get; init; } = Deadline.None;

    /// <summary>Takes each line that a credential plugin writes for the user to read, such as where to sign in; without known secrets.</summary>
    public IProgress<string>? PluginOutput { get; init; }

    /// <summary>The <c>User-Agent</c> of every request.</summary>
    public string UserAgent { get; init; } = "argobootstrap";
}
