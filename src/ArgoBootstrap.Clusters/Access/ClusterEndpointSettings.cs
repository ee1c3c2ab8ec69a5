using System.Security.Cryptography.X509Certificates;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>All that is needed to talk to one API server, wherever it came from.</summary>
internal sealed record ClusterEndpointSettings
{
    public required Uri Server { get; init; }

    public required string Context { get; init; }

    public required string User { get; init; }

    public required string Namespace { get; init; }

    public X509Certificate2Collection? Authorities { get; init; }

    public bool SkipTlsVerify { get; init; }

    public string TlsServerName { get; init; } = "";

    public Uri? Proxy { get; init; }

    public string ImpersonateUser { get; init; } = "";

    public IReadOnlyList<string> ImpersonateGroups { get; init; } = [];

    public required ICredentialSource Credentials { get; init; }
}
