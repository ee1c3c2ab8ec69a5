using System.Text;
using ArgoBootstrap.Core.Auditing;

namespace ArgoBootstrap.Core.Tests.Auditing;

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
}
