namespace ArgoBootstrap.Core.Clusters.Access;

/// <summary>A credential that stays the same: a token, a password, a client certificate, or none.</summary>
internal sealed class FixedCredential(ClusterCredential credential) : ICredentialSource
{
    public bool CanRefresh => false;

    public ValueTask<ClusterCredential> GetAsync(ClusterCredential? refused, CancellationToken cancellationToken) => new(credential);
}
