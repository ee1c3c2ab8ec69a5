using System.Text.Json.Nodes;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Kustomize.Tests.Redaction;

/// <summary>Which fields hold secrets, by their names.</summary>
public sealed class SensitiveFieldTests
{
    [Theory]
    [InlineData("githubSecret")]
    [InlineData("configs.secret.githubSecret")]
    [InlineData("argocdServerAdminPassword")]
    [InlineData("DB_PASSWORD")]
    [InlineData("clientSecret")]
    [InlineData("sshPrivateKey")]
    [InlineData("api-key")]
    [InlineData("bearerToken")]
    public void Fields_that_hold_secrets(string name) => Assert.True(SensitiveField.HoldsSecret(name));

    [Theory]
    [InlineData("secretName")]
    [InlineData("existingSecret")]
    [InlineData("tokenFile")]
    [InlineData("passwordKey")]
    [InlineData("imagePullSecrets")]
    [InlineData("automountServiceAccountToken")]
    [InlineData("createSecret")]
    [InlineData("secretKeyRef")]
    [InlineData("image")]
    public void Fields_that_hold_none(string name) => Assert.False(SensitiveField.HoldsSecret(name));

    [Fact]
    public void Values_are_masked_wherever_a_chart_has_them()
    {
        JsonNode values = JsonNode.Parse("""
            {"configs":{"secret":{"createSecret":true,"githubSecret":"planted","extra":{"any.key":"planted"},"labels":{"a":"b"}}},
             "server":{"env":[{"name":"DB_PASSWORD","value":"planted"},{"name":"LEVEL","value":"debug"}]},"redis":{"existingSecret":"name"}}
            """)!;

        string masked = SensitiveJson.Mask(values, "", false)!.ToJsonString();

        Assert.DoesNotContain("planted", masked, StringComparison.Ordinal);
        Assert.Contains("debug", masked, StringComparison.Ordinal);
        Assert.Contains("\"existingSecret\":\"name\"", masked, StringComparison.Ordinal);
        Assert.Contains("\"createSecret\":true", masked, StringComparison.Ordinal);
    }
}
