namespace ArgoBootstrap.Clusters.Access;

/// <summary>One context of a kubeconfig with what it refers to. Relative paths have been resolved against the file that holds them.</summary>
internal sealed record KubeConfigContext(string Name, string Namespace, KubeConfigCluster Cluster, KubeConfigUser User);

/// <summary>A <c>cluster</c> of a kubeconfig; empty for what it does not say.</summary>
internal sealed record KubeConfigCluster
{
    public string Server { get; init; } = "";

    public string CertificateAuthority { get; init; } = "";

    public string CertificateAuthorityData { get; init; } = "";

    public string TlsServerName { get; init; } = "";

    public string ProxyUrl { get; init; } = "";

    public bool SkipTlsVerify { get; init; }
}

/// <summary>A <c>user</c> of a kubeconfig; empty for what it does not say.</summary>
internal sealed record KubeConfigUser
{
    public string Name { get; init; } = "";

    public string Token { get; init; } = "";

    public string TokenFile { get; init; } = "";

    public string UserName { get; init; } = "";

    public string Password { get; init; } = "";

    public string ClientCertificate { get; init; } = "";

    public string ClientCertificateData { get; init; } = "";

    public string ClientKey { get; init; } = "";

    public string ClientKeyData { get; init; } = "";

    public string ImpersonateUser { get; init; } = "";

    public IReadOnlyList<string> ImpersonateGroups { get; init; } = [];

    public string AuthProvider { get; init; } = "";

    public IReadOnlyDictionary<string, string> AuthProviderConfig { get; init; } = new Dictionary<string, string>();

    public KubeConfigPlugin? Plugin { get; init; }
}

/// <summary>An <c>exec</c> of a kubeconfig's user: a credential plugin.</summary>
internal sealed record KubeConfigPlugin
{
    public string ApiVersion { get; init; } = "";

    /// <summary>What to start: a name that is looked up on PATH, or an absolute path.</summary>
    public string Command { get; init; } = "";

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    public string InstallHint { get; init; } = "";

    public bool ProvideClusterInfo { get; init; }
}
