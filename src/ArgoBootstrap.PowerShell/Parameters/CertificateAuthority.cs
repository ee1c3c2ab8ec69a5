using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Parameters;

/// <summary>Reads files of certificate authorities.</summary>
internal static class CertificateAuthority
{
    /// <summary>The certificates of a file, in PEM, and nothing else that is in it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.InvalidRequest"/>: there is none in it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read the file.</exception>
    public static string Read(string path)
    {
        X509Certificate2Collection found = [];
        try
        {
            found.ImportFromPem(File.ReadAllText(path));
        }
        catch (CryptographicException)
        {
            // Told below: there is nothing in it.
        }

        return found.Count > 0
            ? string.Concat(found.Select(certificate => certificate.ExportCertificatePem() + "\n"))
            : throw new OperationException(ErrorIds.InvalidRequest, $"'{path}' holds no certificate in PEM.", "Name the file of the cluster's certificate authority.");
    }
}
