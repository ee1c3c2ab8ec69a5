using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>Says who we are. Used by many requests at once.</summary>
internal interface ICredentialSource
{
    /// <summary>What to send with a request now, refreshed when it has run out.</summary>
    /// <param name="refused">What the server has just refused, so that it must not be given again; null otherwise.</param>
    /// <param name="cancellationToken">Stops it.</param>
    ValueTask<ClusterCredential> GetAsync(ClusterCredential? refused, CancellationToken cancellationToken);

    /// <summary>Whether another credential can be had after one was refused.</summary>
    bool CanRefresh { get; }
}

/// <summary>What a request is made with.</summary>
/// <param name="Authorization">The header, if any.</param>
/// <param name="Certificate">The client certificate, if any.</param>
internal sealed record ClusterCredential(AuthenticationHeaderValue? Authorization, X509Certificate2? Certificate);
