using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Yaml;

public sealed class ScalarResolverTests
{
    [Theory]
    // Null and booleans: YAML 1.1's further spellings are strings.
    [InlineData("", ScalarTags.Null)]
    [InlineData("~", ScalarTags.Null)]
    [InlineData("Null", ScalarTags.Null)]
    [InlineData("nULL", ScalarTags.String)]
    [InlineData("TRUE", ScalarTags.Boolean)]
    [InlineData("False", ScalarTags.Boolean)]
    [InlineData("tRUE", ScalarTags.String)]
    [InlineData("yes", ScalarTags.String)]
    [InlineData("on", ScalarTags.String)]
    [InlineData("y", ScalarTags.String)]
    // Integers.
    [InlineData("0", ScalarTags.Integer)]
    [InlineData("-0", ScalarTags.Integer)]
    [InlineData("+12", ScalarTags.Integer)]
    [InlineData("0777", ScalarTags.Integer)]
    [InlineData("0o17", ScalarTags.Integer)]
    [InlineData("0xfF", ScalarTags.Integer)]
    [InlineData("-0x1F", ScalarTags.Integer)]
    [InlineData("0b11", ScalarTags.Integer)]
    [InlineData("0b-11", ScalarTags.Integer)]
    [InlineData("1_000", ScalarTags.Integer)]
    [InlineData("1__0_", ScalarTags.Integer)]
    [InlineData("_1", ScalarTags.String)]
    [InlineData("18446744073709551615", ScalarTags.Integer)]
    [InlineData("+18446744073709551615", ScalarTags.Float)]
    [InlineData("18446744073709551616", ScalarTags.Float)]
    [InlineData("-9223372036854775808", ScalarTags.Integer)]
    [InlineData("-9223372036854775809", ScalarTags.Float)]
    [InlineData("0x", ScalarTags.String)]
    [InlineData("0xG", ScalarTags.String)]
    [InlineData("0b2", ScalarTags.String)]
    [InlineData("+", ScalarTags.String)]
    [InlineData("-", ScalarTags.String)]
    // Floating point numbers.
    [InlineData("08", ScalarTags.Float)]
    [InlineData("1.", ScalarTags.Float)]
    [InlineData(".5", ScalarTags.Float)]
    [InlineData("+.5", ScalarTags.Float)]
    [InlineData("1e3", ScalarTags.Float)]
    [InlineData("1E-3", ScalarTags.Float)]
    [InlineData(".inf", ScalarTags.Float)]
    [InlineData("-.INF", ScalarTags.Float)]
    [InlineData("+.Inf", ScalarTags.Float)]
    [InlineData(".NaN", ScalarTags.Float)]
    [InlineData("+.nan", ScalarTags.String)]
    [InlineData("1e", ScalarTags.String)]
    [InlineData("1e400", ScalarTags.String)]
    [InlineData(".", ScalarTags.String)]
    [InlineData("...", ScalarTags.String)]
    [InlineData("0.1.2", ScalarTags.String)]
    [InlineData("12:30:45", ScalarTags.String)]
    // Dates.
    [InlineData("2020-01-02", ScalarTags.Timestamp)]
    [InlineData("2020-1-2", ScalarTags.Timestamp)]
    [InlineData("2020-01-02T03:04:05Z", ScalarTags.Timestamp)]
    [InlineData("2020-01-02t03:04:05.123456789012+02:00", ScalarTags.Timestamp)]
    [InlineData("2020-01-02 03:04:05", ScalarTags.Timestamp)]
    [InlineData("2020-01-02   3:4:5,5", ScalarTags.Timestamp)]
    [InlineData("2020-13-02", ScalarTags.String)]
    [InlineData("2021-02-29", ScalarTags.String)]
    [InlineData("2020-02-29", ScalarTags.Timestamp)]
    [InlineData("2020-01-02T03:04:05", ScalarTags.String)]
    [InlineData("2020-01-02 24:00:00", ScalarTags.String)]
    [InlineData("2020-01-02x", ScalarTags.String)]
    [InlineData("12020-01-02", ScalarTags.String)]
    [InlineData("<<", ScalarTags.Merge)]
    [InlineData("text", ScalarTags.String)]
    public void A_plain_scalar_resolves_as_go_yaml_v3_resolves_it(string text, string tag) =>
        Assert.Equal(tag, ScalarResolver.Resolve(text));

    [Theory]
    [InlineData("a: 0x1F", 31L)]
    [InlineData("a: -0b101", -5L)]
    [InlineData("a: 0b-11", -3L)]
    [InlineData("a: 18446744073709551615", 18446744073709551615UL)]
    [InlineData("a: 1.50", 1.5)]
    [InlineData("a: .inf", double.PositiveInfinity)]
    [InlineData("a: True", true)]
    [InlineData("a: ~", null)]
    [InlineData("a: 'true'", "true")]
    [InlineData("a: !!str 12", "12")]
    [InlineData("a: !!int '12'", 12L)]
    [InlineData("a: !!float 12", 12.0)]
    [InlineData("a: !!binary aGVsbG8=", "hello")]
    [InlineData("a: !mine 12", "12")]
    [InlineData("a: ! 12", 12L)]
    [InlineData("a: ! '12'", "12")]
    [InlineData("a: 2020-1-2", "2020-01-02T00:00:00Z")]
    [InlineData("a: 2020-01-02T03:04:05.1200+00:00", "2020-01-02T03:04:05.12Z")]
    [InlineData("a: 2020-01-02t3:4:5-07:30", "2020-01-02T03:04:05-07:30")]
    public void The_value_of_a_scalar_follows_its_tag_and_style(string yaml, object? expected) =>
        Assert.Equal(expected, ScalarValue.Of((ScalarNode)YamlHarness.Read(yaml).At("a")).ToObject());

    [Theory]
    [InlineData("a: !!int abc")]
    [InlineData("a: !!bool yes")]
    [InlineData("a: !!null x")]
    [InlineData("a: !!float 18446744073709551615")]
    [InlineData("a: !!timestamp now")]
    [InlineData("a: !!binary '*'")]
    public void A_text_that_does_not_fit_its_tag_is_an_error_with_its_place(string yaml)
    {
        var node = (ScalarNode)YamlHarness.Read(yaml).At("a");

        Assert.Equal("r.yaml:1:4", YamlHarness.Fails(() => ScalarValue.Of(node)).Position.ToString());
    }
}
