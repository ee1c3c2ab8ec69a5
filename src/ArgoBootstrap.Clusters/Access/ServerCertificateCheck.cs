using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>
/// Decides whether a server's certificate is trusted, and keeps what is wrong with one that is not: .NET's own text says no more
/// than that it was rejected.
/// </summary>
/// <param name="authorities">The authorities that are trusted, and no others; null for the system's.</param>
/// <param name="name">The server's name, or <c>tls-server-name</c>.</param>
internal sealed class ServerCertificateCheck(X509Certificate2Collection? authorities, string name)
{
    private const int MostNames = 8;
    private volatile CertificateProblem? _problem;

    /// <summary>What was wrong with the certificate that was refused last; null while none was.</summary>
    public CertificateProblem? Problem => _problem;

    /// <summary>The check, as <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>.</summary>
    public bool IsTrusted(X509Certificate? certificate, X509Chain? built, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & SslPolicyErrors.RemoteCertificateNotAvailable) != 0)
        {
            _problem = new CertificateProblem("it shows no certificate", "Check that the kubeconfig's server is the API server's https address.");
            return false;
        }
        using var leaf = new X509Certificate2(certificate);
        bool hasName = (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0;
        bool hasChain = authorities is null ? (errors & SslPolicyErrors.RemoteCertificateChainErrors) == 0 : Certificates.ComesFrom(leaf, authorities);
        if (hasName && hasChain)
        {
            return true;
        }
        _problem = Describe(leaf, hasName, built);
        return false;
    }

    private CertificateProblem Describe(X509Certificate2 leaf, bool hasName, X509Chain? built)
    {
        DateTime now = DateTime.UtcNow;
        DateTime from = leaf.NotBefore.ToUniversalTime();
        DateTime until = leaf.NotAfter.ToUniversalTime();
        if (now > until)
        {
            return new CertificateProblem($"its certificate expired at {Utc(until)}", "Have the server's certificate renewed; when it is valid, this machine's clock is wrong.");
        }
        if (now < from)
        {
            return new CertificateProblem($"its certificate is not valid before {Utc(from)}, and it is {Utc(now)} here", "Correct this machine's clock, or have a certificate issued that is valid now.");
        }
        if (!hasName)
        {
            return new CertificateProblem(
                $"its certificate is for {Names(leaf)}, not for '{name}'",
                "Use one of these names as the server in the kubeconfig, or as the cluster's tls-server-name.");
        }
        X509Certificate2? ended = built?.ChainElements.Select(e => e.Certificate).FirstOrDefault(c => c.NotAfter.ToUniversalTime() < now)
            ?? authorities?.FirstOrDefault(a => a.SubjectName.RawData.AsSpan().SequenceEqual(leaf.IssuerName.RawData) && a.NotAfter.ToUniversalTime() < now);
        if (ended is not null)
        {
            return new CertificateProblem($"the authority '{ended.Subject}' that issued its certificate expired at {Utc(ended.NotAfter.ToUniversalTime())}", "Fetch the cluster's kubeconfig again: its authority was replaced, or has to be.");
        }
        return new CertificateProblem(
            $"its certificate was issued by '{leaf.Issuer}', which {(authorities is null ? "this machine does not trust" : "is not the kubeconfig's certificate authority")}",
            authorities is null
                ? "Add the cluster's authority to the kubeconfig as certificate-authority-data."
                : "Fetch the cluster's kubeconfig again: certificate-authority-data has to be the authority of this cluster, not of another one or of a proxy on the way.");
    }

    private static string Names(X509Certificate2 leaf)
    {
        List<string> names = [];
        foreach (X509SubjectAlternativeNameExtension extension in leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            names.AddRange(extension.EnumerateDnsNames());
            names.AddRange(extension.EnumerateIPAddresses().Select((IPAddress a) => a.ToString()));
        }
        return names.Count == 0 ? $"no name of a server (its subject is '{leaf.Subject}')" : string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? ", ..." : "");
    }

    private static string Utc(DateTime time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

/// <summary>What is wrong with a server's certificate.</summary>
/// <param name="What">Goes on after "cannot be trusted:".</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record CertificateProblem(string What, string Remedy);
