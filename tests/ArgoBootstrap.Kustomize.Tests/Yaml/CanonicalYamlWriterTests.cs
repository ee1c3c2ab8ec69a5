using System.Buffers;
using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Yaml;

public sealed class CanonicalYamlWriterTests
{
    [Theory]
    [InlineData("{b10: 1, b9: 1, a-b: 1, a.b: 1, aB: 1, a/b: 1, a_b: 1, B: 1, 'a 1': 1}", "B a 1 a-b a.b a/b a_b aB b9 b10")]
    [InlineData("{x01y: 1, x10: 1, x: 1, x2: 1, x1: 1, _x: 1, é: 1, z: 1}", "_x x x1 x01y x2 x10 z é")]
    [InlineData("{a😀: 1, aé: 1, a1: 1, ab: 1}", "\"a\\U0001F600\" a1 ab aé")]
    public void Keys_are_written_in_natural_order(string text, string expected) =>
        Assert.Equal(
            expected,
            string.Join(' ', YamlHarness.Write(YamlHarness.Read(text)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[..^3])));

    [Theory]
    // Numbers pass through JSON.
    [InlineData("a: 1.0", "a: 1\n")]
    [InlineData("a: 1e3", "a: 1000\n")]
    [InlineData("a: 1e20", "a: 1e+20\n")]
    [InlineData("a: 1e19", "a: 10000000000000000000\n")]
    [InlineData("a: 9223372036854775808.0", "a: 9223372036854776000\n")]
    [InlineData("a: 1000000.5", "a: 1.0000005e+06\n")]
    [InlineData("a: 0.0001", "a: 0.0001\n")]
    [InlineData("a: 0.00001", "a: 1e-05\n")]
    [InlineData("a: -0.0", "a: 0\n")]
    [InlineData("a: -1.5e-300", "a: -1.5e-300\n")]
    [InlineData("a: 0o17", "a: 15\n")]
    // Empty values inside of brackets become strings.
    [InlineData("a: {b: , c}", "a:\n  b: \"\"\n  c: \"\"\n")]
    [InlineData("a: [~]\nb:", "a:\n- null\nb: null\n")]
    // Folded text is written and read once more on the way.
    [InlineData("a: >\n  b\n    c\n  d\n", "a: |\n  b\n\n    c\n  d\n")]
    [InlineData("a: >\n  b\n  c\n", "a: |\n  b c\n")]
    [InlineData("a: >+\n  b\n\n", "a: |+\n  b\n\n\n")]
    // Strings.
    [InlineData("a: \"x\\u0085y\"", "a: x y\n")]
    [InlineData("a: \"x \\N\\N y\"", "a: |-\n  x\n  y\n")]
    [InlineData("a: 'true'\nb: 'no'\nc: '1:20'\nd: '0o-7'", "a: \"true\"\nb: \"no\"\nc: \"1:20\"\nd: 0o-7\n")]
    [InlineData("a: \"tab\\there\"", "a: \"tab\\there\"\n")]
    [InlineData("? - x\n", null)]
    // Keys of the document itself count as their text.
    [InlineData("null: d\n", null)]
    [InlineData("1: a\n2.0: b\ntrue: c\n? \n: e\n", "\"\": e\n\"1\": a\n\"2.0\": b\n\"true\": c\n")]
    [InlineData("a:\n- - b\n  - c: d\n    e:\n    - f\n", "a:\n- - b\n  - c: d\n    e:\n    - f\n")]
    public void A_document_is_printed_as_kustomize_prints_it(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.Equal(DiagnosticIds.InvalidKey, YamlHarness.Fails(() => YamlHarness.Render(text)).Id);
            return;
        }
        Assert.Equal(expected, YamlHarness.Render(text));
    }

    [Fact]
    public void Keys_that_are_too_long_or_have_lines_get_a_question_mark()
    {
        string key = new('k', 129);

        Assert.Equal($"? {key}\n: - a\n  - b: c\n", YamlHarness.Render($"{key}: [a, {{b: c}}]"));
        Assert.Equal("? |-\n  a\n  b\n: c: d\n", YamlHarness.Render("\"a\\nb\": {c: d}"));
    }

    [Theory]
    [InlineData("a: .inf", DiagnosticIds.InvalidValue, "1:4")]
    [InlineData("a: !!int x", DiagnosticIds.InvalidValue, "1:4")]
    [InlineData("a: \"\\x7f\"", DiagnosticIds.InvalidValue, "1:4")]
    [InlineData("a:\n  1: x", DiagnosticIds.InvalidKey, "2:3")]
    [InlineData("a:\n  true: x", DiagnosticIds.InvalidKey, "2:3")]
    [InlineData("a:\n  b: 1\n  c: 2\n  b: 3", DiagnosticIds.DuplicateKey, "4:3")]
    public void What_kustomize_cannot_print_is_an_error_with_its_place(string text, string id, string place)
    {
        Diagnostic diagnostic = YamlHarness.Fails(() => YamlHarness.Render(text));

        Assert.Equal(id, diagnostic.Id);
        Assert.Equal("r.yaml:" + place, diagnostic.Position.ToString());
    }

    [Fact]
    public void A_key_that_is_there_twice_is_reported_with_both_places()
    {
        Diagnostic diagnostic = YamlHarness.Fails(() => YamlHarness.Render("spec: 1\nspec: 2\n"));

        Assert.Equal("r.yaml:2:1", diagnostic.Position.ToString());
        Assert.Contains("r.yaml:1:1", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_a_transformer_made_prints_by_its_tag()
    {
        MappingNode node = MappingNode.Create(
            new MappingEntry(ScalarNode.String("text"), ScalarNode.String("12")),
            new MappingEntry(ScalarNode.String("number"), ScalarNode.Plain("12")),
            new MappingEntry(ScalarNode.String("none"), ScalarNode.Null),
            new MappingEntry(ScalarNode.String("list"), SequenceNode.Create()));

        Assert.Equal("list: []\nnone: null\nnumber: 12\ntext: \"12\"\n", YamlHarness.Write(node));
    }

    [Fact]
    public void A_large_block_prints_the_same_each_time_and_wherever_it_is_shared()
    {
        string large = string.Concat(Enumerable.Range(0, 200).Select(i => $"  key{i}: value number {i}\n"));
        YamlNode shared = YamlHarness.Read("spec:\n" + large).At("spec");
        string alone = YamlHarness.Write(shared);
        MappingNode inMapping = MappingNode.Create(new MappingEntry(ScalarNode.String("a"), shared));
        MappingNode inSequence = MappingNode.Create(new MappingEntry(ScalarNode.String("a"), SequenceNode.Create(SequenceNode.Create(shared))));
        string indented = alone.TrimEnd('\n').Replace("\n", "\n  ", StringComparison.Ordinal);

        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(alone, YamlHarness.Write(shared));
            Assert.Equal($"a:\n  {indented}\n", YamlHarness.Write(inMapping));
            Assert.Equal($"a:\n- - {indented.Replace("\n", "\n  ", StringComparison.Ordinal)}\n", YamlHarness.Write(inSequence));
        }
    }

    [Fact]
    public void A_changed_value_prints_changed_although_the_rest_was_kept()
    {
        string large = string.Concat(Enumerable.Range(0, 200).Select(i => $"  key{i}: value number {i}\n"));
        var root = (MappingNode)YamlHarness.Read("kind: A\nspec:\n" + large);
        string before = YamlHarness.Write(root);
        Assert.Equal(before, YamlHarness.Write(root));

        MappingNode spec = ((MappingNode)root.At("spec")).With("key7", ScalarNode.String("changed"));
        string after = YamlHarness.Write(root.With("spec", spec));

        Assert.Equal(before.Replace("value number 7\n", "changed\n", StringComparison.Ordinal), after);
        Assert.Equal(before, YamlHarness.Write(root));
    }

    [Fact]
    public void Many_threads_print_one_shared_tree_alike()
    {
        string large = string.Concat(Enumerable.Range(0, 500).Select(i => $"- name: item {i}\n  values: [a, b, c]\n"));
        YamlNode root = YamlHarness.Read(large);
        string expected = YamlHarness.Write(YamlHarness.Read(large));

        string[] written = new string[64];
        Parallel.For(0, written.Length, i => written[i] = YamlHarness.Write(root));

        Assert.All(written, text => Assert.Equal(expected, text));
    }

    [Fact]
    public void Output_is_written_after_what_the_buffer_holds()
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("---\n"u8);
        CanonicalYamlWriter.Write(YamlHarness.Read("é: ü"), output);

        Assert.Equal("---\né: ü\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
