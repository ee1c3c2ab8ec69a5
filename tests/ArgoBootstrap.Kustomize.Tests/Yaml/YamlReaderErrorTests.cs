using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Yaml;

public sealed class YamlReaderErrorTests
{
    [Theory]
    [InlineData("a: b: c\n", 1, 5, "quotes")]
    [InlineData("a:\n\tb: c\n", 2, 1, "Indent with spaces")]
    [InlineData("a:\n  b: c\n d: e\n", 3, 2, "Align")]
    [InlineData("a: 1\nb\nc: 2\n", 2, 1, "key: value")]
    [InlineData("a: [b, c\nd: e\n", 2, 2, "close the bracket")]
    [InlineData("a: {b: c\n", 1, 4, "close the bracket")]
    [InlineData("a: \"b\nc: d\n", 1, 4, "Close the quote")]
    [InlineData("a: 'b' c\n", 1, 8, "quotes")]
    [InlineData("a: @b\n", 1, 4, "quotes")]
    [InlineData("a: %b\n", 1, 4, "quotes")]
    [InlineData("a: *b\n", 1, 4, "Define &b")]
    [InlineData("a: &b [*b]\n", 1, 8, "never end")]
    [InlineData("a: |x\n  b\n", 1, 4, "next line")]
    [InlineData("a: |0\n  b\n", 1, 4, "1 to 9")]
    [InlineData("a: \"\\q\"\n", 1, 5, "backslash twice")]
    [InlineData("a: \"\\ud800\"\n", 1, 5, "Unicode")]
    [InlineData("a: !x!y z\n", 1, 4, "%TAG")]
    [InlineData("%YAML 1.2\n---\na: b\n", 1, 1, "%YAML")]
    [InlineData("%FOO\n---\na: b\n", 1, 1, "%TAG")]
    [InlineData("- a\nb: c\n", 2, 1, "Align")]
    [InlineData("a: b\n- c\n", 2, 1, "Align")]
    [InlineData("a: ]\n", 1, 4, "bracket")]
    [InlineData("m:\n  <<: text\n", 2, 7, "anchor of a mapping")]
    [InlineData("a: &a {}\nm: {<<: *a, <<: *a}\n", 2, 13, "list")]
    [InlineData("a: b\u0007\n", 1, 5, "Remove the character")]
    [InlineData("a: b\u0080\n", 1, 5, "Remove the character")]
    [InlineData("a: b\n--- c\n", 2, 4, "next line")]
    public void Text_that_is_not_YAML_is_an_error_with_place_and_remedy(string text, int line, int column, string remedy)
    {
        Diagnostic diagnostic = YamlHarness.Fails(() => YamlHarness.ReadResources(text));

        Assert.Equal(DiagnosticIds.InvalidYaml, diagnostic.Id);
        Assert.Equal($"r.yaml:{line}:{column}", diagnostic.Position.ToString());
        Assert.Contains(remedy, diagnostic.Remedy + diagnostic.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', 0xFF, 0 }, "binary")]
    [InlineData(new byte[] { (byte)'a', (byte)':', (byte)'\n', 0xC3 }, "UTF-8")]
    public void Bytes_that_are_no_text_are_an_error(byte[] bytes, string hint)
    {
        Diagnostic diagnostic = YamlHarness.Fails(() => YamlReader.ReadAll(bytes, new SourceFile("r.yaml")));

        Assert.Equal(DiagnosticIds.InvalidYaml, diagnostic.Id);
        Assert.Contains(hint, diagnostic.Remedy + diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_as_key_is_an_error_as_in_an_unquoted_template()
    {
        Diagnostic diagnostic = YamlHarness.Fails(() => YamlHarness.Read("{{ name }}: x\n"));

        Assert.Equal(DiagnosticIds.InvalidKey, diagnostic.Id);
        Assert.Equal("r.yaml:1:2", diagnostic.Position.ToString());
    }

    [Fact]
    public void An_alias_bomb_is_refused_where_it_goes_too_far()
    {
        var text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Diagnostic diagnostic = YamlHarness.Fails(() => YamlHarness.Read(text.ToString()));

        Assert.Equal(DiagnosticIds.LimitExceeded, diagnostic.Id);
        Assert.Equal(7, diagnostic.Position.Line);
    }

    [Fact]
    public void Nesting_beyond_the_limit_is_refused_in_every_form()
    {
        string aliases = "a0: &b0 {x: y}\n" + string.Concat(Enumerable.Range(1, 600).Select(i => $"a{i}: &b{i} {{x: *b{i - 1}}}\n"));
        string[] forms =
        [
            new string('[', 100_000),
            string.Concat(Enumerable.Repeat("- ", 100_000)),
            string.Concat(Enumerable.Range(0, 1000).Select(i => new string(' ', i) + "a:\n")),
            string.Concat(Enumerable.Repeat("{a: ", 1000)),
            aliases,
        ];

        Assert.All(forms, form => Assert.Equal(DiagnosticIds.LimitExceeded, YamlHarness.Fails(() => YamlHarness.Read(form)).Id));
    }

    [Fact]
    public void Nesting_within_the_limit_is_read_and_written()
    {
        string text = new string('[', 500) + new string(']', 500);

        Assert.StartsWith("- - - ", YamlHarness.Write(YamlHarness.Read(text)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_beyond_the_size_limit_is_refused() =>
        Assert.Equal(
            DiagnosticIds.LimitExceeded,
            YamlHarness.Fails(() => YamlHarness.Read("a: bcdef\n", new YamlLimits { MaximumFileBytes = 5 })).Id);
}
