using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Validation.Rules;

public sealed class CredentialInConfigMapTests : RuleTest
{
    private const string Id = "CredentialInConfigMap";

    [Theory]
    [InlineData("DATABASE_URL: 'postgres://shop:hunter2@db.example.com/shop'")]
    [InlineData("tool.conf: 'authorization: Bearer 7hJk2mNp9qRs4tUv6wXy8zAb'")]
    [InlineData("key: \"-----BEGIN RSA PRIVATE KEY-----\\nMIIEowIBAAKCAQEAx7nq3gq0ZsVb9c1Lx2mZk4uVd8yQ1o5rJt6eH3wP\\n\"")]
    public async Task Credential_IsAWarningThatDoesNotShowIt(string data)
    {
        Finding finding = await AssertFinding(Id, Map(data));

        Assert.Equal((DiagnosticSeverity.Warning, 4), (finding.Severity, finding.Line));
        Assert.DoesNotContain("hunter2", finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DATABASE_URL: 'postgres://shop:${PASSWORD}@db.example.com/shop'")]
    [InlineData("DATABASE_URL: 'postgres://user:<password>@db.example.com/shop'")]
    [InlineData("HOME_URL: 'https://git@git.example.com/x.git'")]
    [InlineData("template: 'Authorization: Bearer {{ .token }}'")]
    [InlineData("ca.crt: \"-----BEGIN CERTIFICATE-----\\nMIIEowIBAAKCAQEAx7nq3gq0ZsVb9c1Lx2mZk4uVd8yQ1o5rJt6eH3wP\\n\"")]
    [InlineData("password_file: /etc/secret/password, PASSWORD_MIN_LENGTH: '12'")]
    public async Task NoCredential(string data) => await AssertNone(Map(data));

    private static string Map(string data) => $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: m}}\ndata: {{{data}}}\n";
}
