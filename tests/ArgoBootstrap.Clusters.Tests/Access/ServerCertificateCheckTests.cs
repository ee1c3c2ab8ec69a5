using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ArgoBootstrap.Clusters.Access;

namespace ArgoBootstrap.Clusters.Tests.Access;

/// <summary>What is told about certificates that are not trusted.</summary>
public sealed class ServerCertificateCheckTests : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);

    public void Dispose() => _key.Dispose();

    [Fact]
    public void One_that_has_expired_is_told_with_the_time() =>
        Assert.Contains($"expired at {DateTimeOffset.UtcNow.AddDays(-1):yyyy-MM-dd}", Problem(-10, -1, SslPolicyErrors.RemoteCertificateChainErrors).What, StringComparison.Ordinal);

    [Fact]
    public void One_that_is_not_valid_yet_is_told_with_both_times()
    {
        CertificateProblem problem = Problem(2, 10, SslPolicyErrors.RemoteCertificateChainErrors);

        Assert.Contains($"not valid before {DateTimeOffset.UtcNow.AddDays(2):yyyy-MM-dd}", problem.What, StringComparison.Ordinal);
        Assert.Contains("clock", problem.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void One_for_another_name_is_told_with_its_names() =>
        Assert.Equal("its certificate is for api.example.org, 10.0.0.1, not for 'wrong.example.org'", Problem(-1, 10, SslPolicyErrors.RemoteCertificateNameMismatch).What);

    [Fact]
    public void One_of_another_authority_is_told_with_its_issuer()
    {
        using X509Certificate2 other = Certificate("CN=other-ca", -1, 10);

        Assert.Contains("issued by 'CN=api', which is not the kubeconfig's certificate authority", Problem(-1, 10, SslPolicyErrors.RemoteCertificateChainErrors, [other]).What, StringComparison.Ordinal);
        Assert.Contains("which this machine does not trust", Problem(-1, 10, SslPolicyErrors.RemoteCertificateChainErrors).What, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_fits_is_trusted()
    {
        using X509Certificate2 own = Certificate("CN=api", -1, 10);
        var check = new ServerCertificateCheck([own], "api.example.org");

        Assert.True(check.IsTrusted(own, null, SslPolicyErrors.RemoteCertificateChainErrors));
        Assert.Null(check.Problem);
    }

    private CertificateProblem Problem(int fromDays, int untilDays, SslPolicyErrors errors, X509Certificate2Collection? authorities = null)
    {
        using X509Certificate2 certificate = Certificate("CN=api", fromDays, untilDays);
        var check = new ServerCertificateCheck(authorities, "wrong.example.org");
        Assert.False(check.IsTrusted(certificate, null, errors));
        return Assert.IsType<CertificateProblem>(check.Problem);
    }

    private X509Certificate2 Certificate(string subject, int fromDays, int untilDays)
    {
        var request = new CertificateRequest(subject, _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("api.example.org");
        names.AddIpAddress(System.Net.IPAddress.Parse("10.0.0.1"));
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(untilDays));
    }
}
