using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Yaml;

public sealed class CanonicalJsonWriterTests
{
    [Theory]
    [InlineData("{b10: 1, b9: x, B: ~, é: true}", "{\"B\":null,\"b10\":1,\"b9\":\"x\",\"é\":true}")]
    [InlineData("{a: '<b> & \"c\" \\', d: \"\\u2028\\n\\t\\r\\b\\f\\x01\\x7f\"}", "{\"a\":\"\\u003cb\\u003e \\u0026 \\\"c\\\" \\\\\",\"d\":\"\\u2028\\n\\t\\r\\b\\f\\u0001\u007f\"}")]
    [InlineData("[1.0, 1e3, 1e20, 1e21, 0.000001, 0.0000001, 1.5, -0.0, 18446744073709551615, 1e-10]", "[1,1000,100000000000000000000,1e+21,0.000001,1e-7,1.5,-0,18446744073709551615,1e-10]")]
    [InlineData("[{}, [], '', \"\uE000\", \"😀\"]", "[{},[],\"\",\"\uE000\",\"😀\"]")]
    [InlineData("{\"😀\": 1, \"\uE000\": 2}", "{\"\uE000\":2,\"😀\":1}")]
    public void A_node_is_written_as_Go_writes_it(string yaml, string expected) =>
        Assert.Equal(expected, CanonicalJsonWriter.ToText(YamlHarness.Read(yaml)));

    [Fact]
    public void Indented_JSON_has_a_line_for_each_value() =>
        Assert.Equal(
            "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}",
            CanonicalJsonWriter.ToText(YamlHarness.Read("{b: [], a: [1, {}]}"), indented: true));

    [Fact]
    public void What_JSON_does_not_have_is_an_error()
    {
        Assert.Equal(DiagnosticIds.InvalidValue, YamlHarness.Fails(() => CanonicalJsonWriter.ToText(YamlHarness.Read("a: .nan"))).Id);
        Assert.Equal(DiagnosticIds.InvalidKey, YamlHarness.Fails(() => CanonicalJsonWriter.ToText(YamlHarness.Read("a: {1: 2}"))).Id);
    }
}
