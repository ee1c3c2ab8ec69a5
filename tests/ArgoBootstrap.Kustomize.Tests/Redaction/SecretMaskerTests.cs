using System.Text;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Kustomize.Tests.Redaction;

public sealed class SecretMaskerTests
{
    private readonly SecretMasker _masker = new();

    [Theory]
    [InlineData("Authorization: Bearer abcdef0123456789.x", "Authorization: Bearer ***")]
    [InlineData("clone https://me:hunter2@example.com/r.git", "clone https://me:***@example.com/r.git")]
    [InlineData("password=hunter2 and more", "password=*** and more")]
    [InlineData("\"client_secret\": \"hunter2\"", "\"client_secret\": \"***\"")]
    [InlineData("nothing to hide at https://example.com:8443/path", "nothing to hide at https://example.com:8443/path")]
    public void What_looks_like_a_credential_is_masked(string text, string expected) => Assert.Equal(expected, _masker.MaskText(text));

    [Fact]
    public void A_registered_value_is_masked_in_every_form()
    {
        const string Secret = "s3cr\"et/val ue";
        _masker.Add(Secret);

        string text = string.Join(' ', Secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), Uri.EscapeDataString(Secret), System.Text.Json.JsonEncodedText.Encode(Secret));

        Assert.Equal("*** *** *** ***", _masker.MaskText(text));
    }

    [Fact]
    public void A_private_key_is_masked_as_a_whole_and_by_line()
    {
        const string Key = "-----BEGIN PRIVATE KEY-----\nMIIBVQIBADANBgkqhkiG9w0\nAAAAAAAAAAAAAAAAAAAAAAA\n-----END PRIVATE KEY-----";
        Assert.Equal("a *** b", _masker.MaskText($"a {Key} b"));
        _masker.Add(Key);
        Assert.Equal("bad line: ***", _masker.MaskText("bad line: MIIBVQIBADANBgkqhkiG9w0"));
    }

    [Fact]
    public void Short_and_common_values_do_not_blank_messages()
    {
        _masker.Add("a");
        _masker.Add("true");
        Assert.Equal("a is true", _masker.MaskText("a is true"));
    }

    [Fact]
    public void A_value_registered_after_use_counts()
    {
        _masker.Add("first-value");
        _ = _masker.MaskText("x");
        _masker.Add("second-value");
        Assert.Equal("*** ***", _masker.MaskText("first-value second-value"));
    }

    [Theory]
    [InlineData(".stringData.password: expected string, got &value.valueUnstructured{Value:42}", ".stringData.password: expected string, got ***")]
    [InlineData(".stringData.pin: expected string, got &value.valueUnstructured{Value:1e+06}", ".stringData.pin: expected string, got ***")]
    [InlineData(".stringData: expected map, got &{[planted words]}", ".stringData: expected map, got ***")]
    [InlineData(".spec.replicas: expected numeric, got &value.valueUnstructured{Value:\"three\"}", ".spec.replicas: expected numeric, got &value.valueUnstructured{Value:\"three\"}")]
    [InlineData("spec.password: Required value", "spec.password: Required value")]
    [InlineData("the password is required", "the password is required")]
    [InlineData("password: \"expected rain\"", "password: \"*** rain\"")]
    public void What_a_server_says_about_a_field_stays_and_its_value_does_not(string text, string expected) => Assert.Equal(expected, _masker.MaskText(text));

    [Fact]
    public void Numbers_and_nested_values_of_a_secret_field_are_registered()
    {
        _masker.AddAll(System.Text.Json.Nodes.JsonNode.Parse("""{"pin":482913,"list":["planted-one",true],"deep":{"er":"planted-two"}}"""));

        Assert.Equal("*** *** *** true", _masker.MaskText("482913 planted-one planted-two true"));
    }
}
