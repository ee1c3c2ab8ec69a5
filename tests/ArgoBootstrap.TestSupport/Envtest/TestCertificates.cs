using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ArgoBootstrap.TestSupport.Envtest;

/// <summary>Certificates that live as long as a test run: an authority, a server's for loopback, clients'.</summary>
public sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 _authority;

    public TestCertificates()
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=argobootstrap-test-ca", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1));
        AuthorityPem = _authority.ExportCertificatePem();
    }

    public string AuthorityPem { get; }

    /// <summary>A certificate for a server on loopback.</summary>
    /// <param name="hosts">Further names that the server has.</param>
    public (string Certificate, string Key) CreateServer(params string[] hosts) => Create("CN=kube-apiserver", isServer: true, _authority.NotAfter, hosts);

    /// <summary>A certificate for a server on loopback, with its key, as .NET's servers want it.</summary>
    /// <param name="hosts">Further names that the server has.</param>
    public X509Certificate2 CreateServerCertificate(params string[] hosts)
    {
        (string certificate, string key) = CreateServer(hosts);
        using var made = X509Certificate2.CreateFromPem(certificate, key);
        // Windows does not use keys that are nowhere but in memory.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A client's certificate: the common name is the user, organizations are its groups.</summary>
    public (string Certificate, string Key) CreateClient(string user, params string[] groups) =>
        Create(Subject(user, groups), isServer: false, _authority.NotAfter);

    /// <summary>A client's certificate that has ended, in PEM, and its key.</summary>
    /// <param name="user">The user's name.</param>
    /// <param name="ended">When it ended.</param>
    public (string Certificate, string Key) CreateEndedClient(string user, DateTimeOffset ended) => Create(Subject(user), isServer: false, ended);

    public void Dispose() => _authority.Dispose();

    private static string Subject(string user, params string[] groups) => string.Join(',', groups.Select(g => $"O={g}").Append($"CN={user}"));

    private (string Certificate, string Key) Create(string subject, bool isServer, DateTimeOffset notAfter, params string[] hosts)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(isServer ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2")], false));
        if (isServer)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName("localhost");
            names.AddDnsName("kubernetes.default.svc");
            Array.ForEach(hosts, names.AddDnsName);
            names.AddIpAddress(IPAddress.Loopback);
            names.AddIpAddress(IPAddress.IPv6Loopback);
            request.CertificateExtensions.Add(names.Build());
        }
        byte[] serial = RandomNumberGenerator.GetBytes(12);
        using X509Certificate2 certificate = request.Create(_authority, _authority.NotBefore, notAfter, serial);
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
