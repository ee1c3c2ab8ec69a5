using System.Text;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Yaml;

public sealed class YamlReaderTests
{
    /// <summary>A node as nested text: strings in quotes, everything else as written.</summary>
    private static string Shape(YamlNode node) => node switch
    {
        MappingNode mapping => "{" + string.Join(",", mapping.Entries.ToArray().Select(e => Shape(e.Key) + ":" + Shape(e.Value))) + "}",
        SequenceNode sequence => "[" + string.Join(",", sequence.Items.ToArray().Select(Shape)) + "]",
        ScalarNode { Tag: ScalarTags.String } scalar => "'" + scalar.Value.Replace("\n", "|", StringComparison.Ordinal) + "'",
        ScalarNode scalar => scalar.Value.Length == 0 ? "~" : scalar.Value,
        _ => "?",
    };

    [Theory]
    [InlineData("a: b\nc:\n- d\n- e: f\n  g: h\n- - i\n", "{'a':'b','c':['d',{'e':'f','g':'h'},['i']]}")]
    [InlineData("a:\n  - b\n  -\n  - ~\n", "{'a':['b',~,~]}")]
    [InlineData("a:\nb:\n", "{'a':~,'b':~}")]
    [InlineData("{a: 1, b: [c, d: e, ], f}", "{'a':1,'b':['c',{'d':'e'}],'f':~}")]
    [InlineData("{\"a\":\"b\",\"c\":[1,true,null]}", "{'a':'b','c':[1,true,null]}")]
    [InlineData("a: b\n  c\n\n  d\n", "{'a':'b c|d'}")]
    [InlineData("a: b#c #d\n", "{'a':'b#c'}")]
    [InlineData("a: http://x:80/y?z=1\n", "{'a':'http://x:80/y?z=1'}")]
    [InlineData("a: 'it''s\n  here\n\n  now'\n", "{'a':'it's here|now'}")]
    [InlineData("a: \"b\\tc \\\n   d \\u00e9\\x41\\\\\"\n", "{'a':'b\tc d éA\\'}")]
    [InlineData("a: |\n  b\n   c\n\n  d\n\n\nx: y", "{'a':'b| c||d|','x':'y'}")]
    [InlineData("a: |-\n  b\n\n", "{'a':'b'}")]
    [InlineData("a: |+\n  b\n\n", "{'a':'b||'}")]
    [InlineData("a: |2\n    b\n   c\n", "{'a':'  b| c|'}")]
    [InlineData("a: >\n  b\n  c\n\n  d\n    e\n  f\n", "{'a':'b c|d|  e|f|'}")]
    [InlineData("a: >-2 # comment\n   b\n", "{'a':' b'}")]
    [InlineData("? a\n: b\n? - c\n", null)]
    [InlineData("? a\n: - b\n  - c\n", "{'a':['b','c']}")]
    [InlineData("# c\na: b # c\n# c\n  # c\n\t# c\nd: e\n", "{'a':'b','d':'e'}")]
    [InlineData("a: !!str 12\nb: ! x\nc: !t y\n", "{'a':'12','b':'x','c':y}")]
    [InlineData("%YAML 1.1\n%TAG !e! tag:yaml.org,2002:\n---\na: !e!int '1'\n", "{'a':1}")]
    [InlineData("a: &x b\nc: *x\n", "{'a':'b','c':'b'}")]
    [InlineData("&k a: b\n*k : c\n", "{'a':'b','a':'c'}")]
    [InlineData("a: [b\u2028 c]\n", "{'a':['b\u2028c']}")]
    [InlineData("a: b\u0085c: d\u0085", "{'a':'b','c':'d'}")]
    [InlineData("a: {b: c, d: {e: f}}\n", "{'a':{'b':'c','d':{'e':'f'}}}")]
    [InlineData("- a\n-\n  b: c\n", "['a',{'b':'c'}]")]
    [InlineData("a: -1\nb: -x\nc: ?x\nd: :x\n", "{'a':-1,'b':'-x','c':'?x','d':':x'}")]
    [InlineData("a:\n- b\nc: d\n", "{'a':['b'],'c':'d'}")]
    [InlineData("\uFEFFa: b\n", "{'a':'b'}")]
    public void Text_reads_as_go_yaml_reads_it(string text, string? expected)
    {
        if (expected is null)
        {
            Assert.Equal("InvalidKey", YamlHarness.Fails(() => YamlHarness.Read(text)).Id);
            return;
        }
        Assert.Equal(expected, Shape(YamlHarness.Read(text)));
    }

    [Theory]
    [InlineData("d: &d {a: 1, b: 2}\nm:\n  <<: *d\n  b: 3\n  c: 4\n", "{'b':3,'c':4,'a':1}")]
    [InlineData("d: &d {a: 1}\ne: &e {a: 2, b: 2}\nm:\n  <<: [*d, *e]\n", "{'a':1,'b':2}")]
    [InlineData("d: &d {a: 1}\ne: &e {<<: *d, b: 2}\nm: {<<: *e}\n", "{'b':2,'a':1}")]
    [InlineData("m:\n  <<: {a: 1}\n  \"b\": 2\n", "{'b':2,'a':1}")]
    public void Merge_keys_are_expanded_while_reading(string text, string expected) =>
        Assert.Equal(expected, Shape(YamlHarness.Read(text).At("m")));

    [Fact]
    public void What_a_merge_key_brings_replaces_the_keys_before_it_except_in_objects()
    {
        const string text = "d: &d {a: 1, b: 2}\nm:\n  a: 3\n  <<: *d\n  b: 4\n";

        Assert.Equal("{'a':1,'b':4}", Shape(YamlHarness.Read(text).At("m")));
        Assert.Equal("{'a':3,'b':4}", Shape(Assert.Single(YamlHarness.ReadResources(text)).At("m")));
    }

    [Fact]
    public void A_merge_key_in_quotes_is_dropped_from_objects_and_stays_elsewhere()
    {
        const string text = "m:\n  \"<<\": 1\n  b: 2\n";

        Assert.Equal("{'b':2}", Shape(Assert.Single(YamlHarness.ReadResources(text)).At("m")));
        Assert.Equal("{'<<':1,'b':2}", Shape(YamlHarness.Read(text).At("m")));
    }

    [Fact]
    public void An_alias_is_the_node_that_its_anchor_names()
    {
        YamlNode root = YamlHarness.Read("a: &x {b: c}\nd: *x\n");

        Assert.Same(root.At("a"), root.At("d"));
    }

    [Fact]
    public void Nodes_know_where_they_were_read()
    {
        YamlNode root = YamlHarness.Read("é: ü\nlist:\n  - name: x\n    value: &v \"y\"\nempty:\n");

        Assert.Equal("r.yaml:1:1", root.Position.ToString());
        Assert.Equal("r.yaml:1:4", root.At("é").Position.ToString());
        var list = (SequenceNode)root.At("list");
        Assert.Equal("r.yaml:3:3", list.Position.ToString());
        Assert.Equal("r.yaml:3:5", list[0].Position.ToString());
        Assert.Equal("r.yaml:4:12", list[0].At("value").Position.ToString());
        Assert.Equal("r.yaml:5:7", root.At("empty").Position.ToString());
    }

    [Fact]
    public void Documents_of_a_resource_file_keep_their_lines()
    {
        IReadOnlyList<YamlNode> documents = YamlHarness.ReadResources("---\r\na: 1\r\n--- # next\r\n---\r\n\r\nb: 2\r\n...\r\n---\r\n# nothing\r\n---\r\nnull\r\n---\r\nc: 3\r\n");

        Assert.Equal(["{'a':1}", "{'b':2}", "{'c':3}"], documents.Select(Shape));
        Assert.Equal([2, 6, 13], documents.Select(d => d.Position.Line));
    }

    [Fact]
    public void Only_the_first_document_of_a_part_counts()
    {
        Assert.Equal(["{'a':1}"], YamlHarness.ReadResources("a: 1\n...\nb: 2\n").Select(Shape));
        Assert.Equal(2, YamlReader.ReadAll("a: 1\n...\n---\nb: 2\n"u8, new SourceFile("r.yaml")).Count);
    }

    [Fact]
    public void Text_without_documents_reads_as_none()
    {
        Assert.Empty(YamlHarness.ReadResources(""));
        Assert.Empty(YamlHarness.ReadResources("# only a comment\n---\n\n"));
        Assert.Empty(YamlReader.ReadAll("---\n---\n"u8, new SourceFile("r.yaml")));
    }

    [Fact]
    public void Text_in_UTF_16_is_read_by_its_byte_order_mark()
    {
        byte[] text = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("a: ü\n")];

        Assert.Equal("{'a':'ü'}", Shape(Assert.Single(YamlReader.ReadAll(text, new SourceFile("r.yaml")))));
    }

    [Fact]
    public void A_key_may_be_long_but_not_longer_than_go_yaml_looks_ahead()
    {
        string key = new('k', 1000);
        Assert.Equal($"{{'{key}':'v'}}", Shape(YamlHarness.Read(key + ": v\n")));

        Assert.Equal("InvalidYaml", YamlHarness.Fails(() => YamlHarness.Read(key + new string('k', 100) + ": v\n")).Id);
    }
}
