using System.Net.Http.Headers;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>A token in a file that something else renews: it is read again every minute, and when it was refused.</summary>
internal sealed class TokenFileCredential(string path, SecretMasker masker) : ICredentialSource
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);
    private volatile Reading? _reading;

    public bool CanRefresh => true;

    public async ValueTask<ClusterCredential> GetAsync(ClusterCredential? refused, CancellationToken cancellationToken)
    {
        Reading? reading = _reading;
        if (reading is null || reading.ReadAt + Lifetime < DateTime.UtcNow || ReferenceEquals(reading.Credential, refused))
        {
            try
            {
                string token = (await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false)).Trim();
                if (token.Length == 0)
                {
                    throw new IOException("It is empty.");
                }
                masker.Add(token);
                reading = new Reading(new ClusterCredential(new AuthenticationHeaderValue("Bearer", token), null), DateTime.UtcNow);
                _reading = reading;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new OperationException(
                    ClusterErrorIds.KubeConfigInvalid, $"The token file '{path}' cannot be read: {e.Message}", "Let a token be in the file and make it readable; in a kubeconfig, correct tokenFile.", e);
            }
        }
        return reading.Credential;
    }

    private sealed record Reading(ClusterCredential Credential, DateTime ReadAt);
}
