namespace ArgoBootstrap.Clusters.Access;

/// <summary>A credential that stays the same: a token, a password, a client certificate, or none.</summary>
internal sealed class FixedCredential(ClusterCredential credential) : ICredentialSource
{
    public bool CanRefresh => false;

    /// <summary>Whether there is a token or password, which whoever reads it can use.</summary>
    public bool HasAuthorization => credential.Authorization is not null;

    /// <summary>Whether there is nothing to be known by.</summary>
    public bool IsEmpty => credential is { Authorization: null, Certificate: null };

    public ValueTask<ClusterCredential> GetAsync(ClusterCredential? refused, CancellationToken cancellationToken) => new(credential);
}
