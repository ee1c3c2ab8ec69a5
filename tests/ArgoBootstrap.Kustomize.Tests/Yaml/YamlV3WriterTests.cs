using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Yaml;

public sealed class YamlV3WriterTests
{
    [Theory]
    [InlineData("b: 1\na:\n- x\n- y: z\n  q: 'r'\n")]
    [InlineData("a: {b: c, d: [e, \"f\"]}\ng: []\nh: {}\n")]
    [InlineData("a: |\n  x\n  y\nb: >-\n  folded\nc: \"double\"\nd: 'single'\n")]
    [InlineData("a:\nb: ~\nc: null\nd: yes\ne: 0x1F\nf: 1.50\n")]
    [InlineData("a: this is a long line that go-yaml v3 does not fold although it goes well beyond the eighty columns of v2\n")]
    [InlineData("a: !!str 12\nb: !mine x\n")]
    [InlineData("- - a\n  - b\n- c: d\n")]
    [InlineData("? |-\n  a\n  b\n: c\n")]
    [InlineData("a: |2-\n    x\n  y\n")]
    public void Text_in_v3s_own_form_comes_back_unchanged(string text) =>
        Assert.Equal(text, YamlV3Writer.ToText(YamlHarness.Read(text)));

    [Theory]
    [InlineData("a:\n    - b\n    -   c: d\n", "a:\n- b\n- c: d\n")]
    [InlineData("{a: , b: |}", null)]
    [InlineData("[a, {b: }]", "[a, {b: ''}]\n")]
    [InlineData("a: 'x\n\n  y'", "a: 'x\n\n  y'\n")]
    [InlineData("a: x\n\n  y", "a: |-\n  x\n  y\n")]
    [InlineData("{a: \"x: y\", b: 'p,q'}", "{a: \"x: y\", b: 'p,q'}\n")]
    public void Other_text_is_brought_into_form(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.Equal("InvalidYaml", YamlHarness.Fails(() => YamlHarness.Read(text)).Id);
            return;
        }
        Assert.Equal(expected, YamlV3Writer.ToText(YamlHarness.Read(text)));
    }

    [Fact]
    public void A_string_that_looks_like_a_number_is_quoted()
    {
        MappingNode node = MappingNode.Create(
            new MappingEntry(ScalarNode.String("a"), ScalarNode.String("12")),
            new MappingEntry(ScalarNode.String("b"), ScalarNode.String("yes")),
            new MappingEntry(ScalarNode.String("c"), ScalarNode.String("x\ny")),
            new MappingEntry(ScalarNode.String("d"), new ScalarNode("x", ScalarTags.Integer, ScalarStyle.Plain, SourcePosition.None)));

        Assert.Equal("a: \"12\"\nb: yes\nc: |-\n  x\n  y\nd: !!int x\n", YamlV3Writer.ToText(node));
    }
}
