using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>Reads certificates and follows their chains.</summary>
internal static class Certificates
{
    /// <summary>A certificate with its key, usable for TLS on every platform.</summary>
    public static X509Certificate2 FromPem(string certificate, string key)
    {
        try
        {
            X509Certificate2 made = X509Certificate2.CreateFromPem(certificate, key);
            if (!OperatingSystem.IsWindows())
            {
                return made;
            }
            // Windows does not use ephemeral keys for client authentication: the key has to go through a PKCS#12 store.
            using (made)
            {
                return new X509Certificate2(made.Export(X509ContentType.Pkcs12));
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw new OperationException(
                ClusterErrorIds.KubeConfigInvalid, "The client certificate and its key cannot be used: they are not PEM, or do not belong together.", "Renew the user's certificate in the kubeconfig.");
        }
    }

    /// <summary>The certificates of a PEM text.</summary>
    public static X509Certificate2Collection AuthoritiesFromPem(string pem)
    {
        var collection = new X509Certificate2Collection();
        try
        {
            collection.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            // Falls through to the error below: there is nothing in it.
        }
        return collection.Count > 0
            ? collection
            : throw new OperationException(
                ClusterErrorIds.KubeConfigInvalid, "The cluster's certificate authority holds no certificate.", "Correct certificate-authority or certificate-authority-data in the kubeconfig.");
    }

    /// <summary>
    /// Whether a certificate comes from one of the authorities. One need not be self-signed: like Go's verifier, a chain that ends
    /// in one is complete.
    /// </summary>
    public static bool ComesFrom(X509Certificate2 leaf, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (chain.Build(leaf))
        {
            return true;
        }
        bool onlyPartial = chain.ChainStatus.All(s => s.Status is X509ChainStatusFlags.PartialChain);
        return onlyPartial && chain.ChainElements.Count > 0
            && authorities.Any(a => a.RawData.AsSpan().SequenceEqual(chain.ChainElements[^1].Certificate.RawData));
    }
}
