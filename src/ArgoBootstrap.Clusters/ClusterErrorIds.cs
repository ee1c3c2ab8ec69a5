namespace ArgoBootstrap.Clusters;

/// <summary>The stable names of everything that can go wrong with a cluster. Documented in docs/reference/cluster-errors.md.</summary>
public static class ClusterErrorIds
{
    /// <summary>A kubeconfig file that is named does not exist, or there is none at all.</summary>
    public const string KubeConfigNotFound = nameof(KubeConfigNotFound);

    /// <summary>A kubeconfig that cannot be read or used.</summary>
    public const string KubeConfigInvalid = nameof(KubeConfigInvalid);

    /// <summary>A context that the kubeconfig does not have.</summary>
    public const string ContextNotFound = nameof(ContextNotFound);

    /// <summary>A credential plugin that cannot be started, fails or prints something that is not a credential.</summary>
    public const string CredentialPluginFailed = nameof(CredentialPluginFailed);

    /// <summary>The server cannot be reached: no such host, nothing listens, no answer.</summary>
    public const string ClusterUnreachable = nameof(ClusterUnreachable);

    /// <summary>The server's certificate is not trusted, or the client's is refused.</summary>
    public const string TlsFailed = nameof(TlsFailed);

    /// <summary>The server does not know who asks (401).</summary>
    public const string AuthenticationFailed = nameof(AuthenticationFailed);

    /// <summary>The server knows who asks and does not allow it (403).</summary>
    public const string Forbidden = nameof(Forbidden);

    /// <summary>The server's admission refuses an object: a quota, a policy, a webhook, or a namespace that is ending (403, or what a webhook answers).</summary>
    public const string AdmissionDenied = nameof(AdmissionDenied);

    /// <summary>An object or a path that the server does not have (404).</summary>
    public const string NotFound = nameof(NotFound);

    /// <summary>Fields that others own, or an object that keeps changing (409).</summary>
    public const string Conflict = nameof(Conflict);

    /// <summary>The server calls the object invalid (400, 422, or 500 for a field that its schema does not have).</summary>
    public const string Invalid = nameof(Invalid);

    /// <summary>The server asks to slow down, for longer than we wait (429).</summary>
    public const string Throttled = nameof(Throttled);

    /// <summary>The server fails, again and again (5xx).</summary>
    public const string ServerError = nameof(ServerError);

    /// <summary>An answer that is not what the Kubernetes API says.</summary>
    public const string UnexpectedAnswer = nameof(UnexpectedAnswer);

    /// <summary>A kind that the server does not serve.</summary>
    public const string KindUnknown = nameof(KindUnknown);

    /// <summary>An object without <c>apiVersion</c>, <c>kind</c> or name.</summary>
    public const string InvalidObject = nameof(InvalidObject);

    /// <summary>Objects that were not ready, or not gone, in time.</summary>
    public const string WaitTimedOut = nameof(WaitTimedOut);

    /// <summary>An object that failed for good while it was waited for.</summary>
    public const string WaitFailed = nameof(WaitFailed);

    /// <summary>An apply set that another tool keeps, or whose parent is not what it should be.</summary>
    public const string ApplySetInvalid = nameof(ApplySetInvalid);

    /// <summary>An object that is being deleted, so that what is applied to it would go away with it.</summary>
    public const string BeingDeleted = nameof(BeingDeleted);

    /// <summary>An object that was not tried because what it depends on failed.</summary>
    public const string DependencyFailed = nameof(DependencyFailed);

    /// <summary>Objects could not be applied.</summary>
    public const string ApplyFailed = nameof(ApplyFailed);

    /// <summary>Objects could not be deleted.</summary>
    public const string DeleteFailed = nameof(DeleteFailed);

    /// <summary>Somebody else sets up this cluster just now.</summary>
    public const string BootstrapLocked = nameof(BootstrapLocked);

    /// <summary>The lock that keeps two bootstraps apart was lost on the way.</summary>
    public const string LockLost = nameof(LockLost);
}
