using ArgoBootstrap.Clusters.Objects;
using ArgoBootstrap.Core.Comparison;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Rendering.Engines;

namespace ArgoBootstrap.Core.Tests.Comparison;

public sealed class OverlayComparerTests : IDisposable
{
    private const string Web =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
        spec:
          replicas: 1
          template:
            spec:
              containers:
                - name: server
                  image: web:1
                  args: [--a, --b, --c]
                - name: proxy
                  image: proxy:1
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void EqualObjects_WrittenDifferently_DoNotDiffer() =>
        Assert.Empty(Compare("a: x\nb: [1, 2]\nc: \"y\"\n", "# comment\nc: y\nb:\n  - 1\n  - 2\na: 'x'\n"));

    [Theory]
    [InlineData("a: 1", "a: 2", "a: 1 -> 2")]
    [InlineData("a: 1", "a: '1'", "a: 1 -> \"1\"")]
    [InlineData("a: 1", "b: 1", "a: 1 -> (none)", "b: (none) -> 1")]
    [InlineData("a: {x.y/z: 1}", "a: {x.y/z: 2}", "a['x.y/z']: 1 -> 2")]
    [InlineData("a: [1, 2, 3]", "a: [0, 1, 3]", "a[0]: (none) -> 0", "a[1]: 2 -> (none)")]
    [InlineData("a: [{k: 1}, {k: 2}]", "a: [{k: 1}, {k: 3}]", "a[1].k: 2 -> 3")]
    [InlineData("a: [{name: x, v: 1}, {name: y, v: 1}]", "a: [{name: y, v: 2}, {name: x, v: 1}]", "a[name=y].v: 1 -> 2")]
    [InlineData("a: [{name: x}, {name: y}]", "a: [{name: y}, {name: x}]", "a: x, y -> y, x")]
    [InlineData("a: [{host: x, v: 1}]", "a: [{host: z, v: 1}]", "a[host=x].host: x -> z")]
    [InlineData("a: [{name: x}]", "a: [{name: x}, {name: z, v: 1}]", "a[name=z]: (none) -> name: z\nv: 1")]
    [InlineData("a: {b: 1}", "a: [1]", "a: b: 1 -> - 1")]
    [InlineData("a: ''", "a: null", "a: \"\" -> null")]
    [InlineData("a: {}", "a: {b: {}}", "a.b: (none) -> {}")]
    public void Fields(string before, string after, params string[] expected) =>
        Assert.Equal(expected, Compare(before, after).Select(field => field.ToString().Replace("spec.", "", StringComparison.Ordinal)));

    [Fact]
    public void Places_AreThoseOfTheOverlaysFiles()
    {
        Write("base", ("web.yaml", Web));
        _folder.Write("one/kustomization.yaml", "resources: [../base]\n");
        _folder.Write("two/kustomization.yaml", "resources: [../base]\nreplicas:\n  - name: web\n    count: 3\npatches:\n  - target: {kind: Deployment}\n    patch: |-\n      - op: replace\n        path: /spec/template/spec/containers/0/image\n        value: web:2\n");

        ResourceChange change = Assert.Single(Compare("one", "two", null));

        FieldChange image = Assert.Single(change.Fields, field => field.Path == "spec.template.spec.containers[name=server].image");
        Assert.EndsWith(Path.Combine("base", "web.yaml") + ":11:18", image.BeforeSource, StringComparison.Ordinal);
        Assert.EndsWith(Path.Combine("two", "kustomization.yaml") + ":10:16", image.AfterSource, StringComparison.Ordinal);
        FieldChange replicas = Assert.Single(change.Fields, field => field.Path == "spec.replicas");
        Assert.Equal(("1", "3"), (replicas.Before, replicas.After));
    }

    [Fact]
    public void GeneratedObject_WithAnotherHash_IsTheSameObject_AlsoOfOneOverlay()
    {
        _folder.Write("before/kustomization.yaml", "configMapGenerator: [{name: settings, literals: [a=1]}]\n");
        _folder.Write("after/kustomization.yaml", "configMapGenerator: [{name: settings, literals: [a=2]}]\n");
        OverlayTarget old = Target("before") with { RelativePath = "same" };
        OverlayTarget fresh = Target("after") with { RelativePath = "same" };

        ResourceChange change = Assert.Single(Comparer().Compare(new OverlayPair(old, fresh)));

        Assert.Equal(ChangeAction.Changed, change.Action);
        Assert.Equal(["data.a", "metadata.name"], change.Fields.Select(field => field.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true, "Removed web,Added new-web")]
    [InlineData(false, "Changed new-web")]
    public void Prefix_MakesAnotherObjectOfOneOverlay_AndTheSameObjectOfTwo(bool isSameOverlay, string expected)
    {
        Write("base", ("web.yaml", Web));
        _folder.Write("one/kustomization.yaml", "resources: [../base]\n");
        _folder.Write("two/kustomization.yaml", "resources: [../base]\nnamePrefix: new-\n");
        OverlayTarget two = isSameOverlay ? Target("two") with { RelativePath = "one" } : Target("two");

        IEnumerable<string> changes = Comparer().Compare(new OverlayPair(Target("one"), two)).Select(change => $"{change.Action} {change.Name}");

        Assert.Equal(expected.Split(',').Order(StringComparer.Ordinal), changes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AnotherVersionOfItsApi_IsTheSameObject()
    {
        Write("one", ("web.yaml", Web));
        Write("two", ("web.yaml", Web.Replace("apps/v1", "apps/v1beta2", StringComparison.Ordinal)));

        FieldChange field = Assert.Single(Assert.Single(Compare("one", "two", null)).Fields);

        Assert.Equal("apiVersion: apps/v1 -> apps/v1beta2", field.ToString());
    }

    [Fact]
    public void ValuesOfSecrets_AreMasked()
    {
        Write("one", ("s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: planted-1}\n"));
        Write("two", ("s.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: planted-2, other: planted-3}\n"));

        ResourceChange change = Assert.Single(Compare("one", "two", null));

        Assert.Equal(["stringData.password", "stringData.other"], change.Fields.Select(field => field.Path));
        Assert.DoesNotContain("planted", change.ToString(), StringComparison.Ordinal);
        Assert.Equal("~ Secret s\n  stringData.password", change.ToString().Split("  (")[0]);
    }

    [Fact]
    public void NewAndGoneOverlays_AreAllAddedAndAllRemoved()
    {
        Write("one", ("web.yaml", Web));

        Assert.Equal(ChangeAction.Added, Assert.Single(Comparer().Compare(new OverlayPair(null, Target("one")))).Action);
        ResourceChange removed = Assert.Single(Comparer().Compare(new OverlayPair(Target("one"), null)));
        Assert.Equal((ChangeAction.Removed, _folder.Combine("one")), (removed.Action, removed.Path));
        Assert.Equal("- Deployment web", removed.ToString());
    }

    [Fact]
    public void Text_ShowsChangedLinesOfLongValuesWithTheirNeighbours()
    {
        string lines = string.Join('\n', Enumerable.Range(1, 9).Select(i => $"    line {i}"));
        Write("one", ("c.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\ndata:\n  policy.csv: |\n{lines}\n"));
        Write("two", ("c.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\ndata:\n  policy.csv: |\n{lines.Replace("line 5", "line five", StringComparison.Ordinal)}\n"));

        string[] text = Assert.Single(Compare("one", "two", null)).ToString().Split('\n');

        Assert.Equal("~ ConfigMap c", text[0]);
        Assert.StartsWith("  data['policy.csv']  (", text[1], StringComparison.Ordinal);
        Assert.Equal(
            ["      ...", "      line 3", "      line 4", "    - line 5", "    + line five", "      line 6", "      line 7"],
            text[2..9]);
    }

    private IReadOnlyList<FieldChange> Compare(string before, string after)
    {
        Write("one", ("thing.yaml", Thing(before)));
        Write("two", ("thing.yaml", Thing(after)));
        return [.. Compare("one", "two", null).SelectMany(change => change.Fields)];

        static string Thing(string spec) => $"apiVersion: example.com/v1\nkind: Thing\nmetadata: {{name: thing}}\nspec:\n{string.Concat(spec.Split('\n').Select(line => $"  {line}\n"))}";
    }

    private IReadOnlyList<ResourceChange> Compare(string before, string after, string? overlay) =>
        Comparer().Compare(new OverlayPair(Target(before), overlay is null ? Target(after) : Target(after) with { RelativePath = overlay }));

    private static OverlayComparer Comparer()
    {
        OverlaySource files = new(new BuiltInEngine().BeginSession());
        return new OverlayComparer(files, files);
    }

    private OverlayTarget Target(string name) => new(_folder.Combine(name), name, null, null);

    private void Write(string folder, params (string Name, string Text)[] files)
    {
        foreach ((string name, string text) in files)
        {
            _folder.Write($"{folder}/{name}", text);
        }

        _folder.Write($"{folder}/kustomization.yaml", $"resources: [{string.Join(", ", files.Select(file => file.Name))}]\n");
    }
}
