using System.Text;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Transformation.Patching;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Transformation.Patching;

/// <summary>What kustomize remembers of an object, and what patches do to it. Each expectation was seen with kustomize 5.8.1.</summary>
public sealed class PatchBookkeepingTests
{
    private const string ConfigMap = "{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {a: b}}";

    [Fact]
    public void PatchesJson6902_cannot_add_an_annotation_where_there_are_none()
    {
        var map = new ResourceMap(Objects.Read(ConfigMap));

        KustomizeException error = Assert.Throws<KustomizeException>(() => Json6902("[{\"op\":\"add\",\"path\":\"/metadata/annotations/z\",\"value\":\"q\"}]", "x").Transform(map));

        Assert.Equal(DiagnosticIds.InvalidPatch, error.Diagnostics[0].Id);
    }

    [Fact]
    public void PatchesJson6902_adds_an_annotation_to_an_object_that_was_renamed()
    {
        var map = new ResourceMap([Objects.Read(ConfigMap).Single().Renamed("p-x")]);

        Json6902("[{\"op\":\"add\",\"path\":\"/metadata/annotations/z\",\"value\":\"q\"}]", "x").Transform(map);

        Assert.Equal("q", map[0].At("metadata/annotations/z"));
        Assert.Equal("z: q", map[0].At("metadata/annotations"));
    }

    [Fact]
    public void A_JSON_patch_can_copy_what_kustomize_remembers()
    {
        var map = new ResourceMap([new Resource(Objects.Node(ConfigMap), KubernetesSchema.Default) { NeedsHash = true, Behavior = GenerationBehavior.Unspecified }]);

        Patch("[{\"op\":\"copy\",\"from\":\"/metadata/annotations\",\"path\":\"/copied\"}]", ".*").Transform(map);

        Assert.Equal(
            """
            internal.config.kubernetes.io/generatorBehavior: unspecified
            internal.config.kubernetes.io/needsHashSuffix: enabled
            internal.config.kubernetes.io/previousKinds: ConfigMap
            internal.config.kubernetes.io/previousNames: x
            internal.config.kubernetes.io/previousNamespaces: default
            """.ReplaceLineEndings("\n"),
            map[0].At("copied"));
        Assert.Equal("", map[0].At("metadata/annotations"));
        Assert.True(map[0].NeedsHash);
    }

    [Theory]
    [InlineData("{$patch: delete}", false)]
    [InlineData("{$patch: replace, a: b}", false)]
    [InlineData("null", false)]
    [InlineData("{a: b}", true)]
    public void A_patch_that_removes_the_annotations_removes_the_hash_with_them(string annotations, bool hashed)
    {
        var map = new ResourceMap([new Resource(Objects.Node(ConfigMap), KubernetesSchema.Default) { NeedsHash = true }]);

        Patch($"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: x, annotations: {annotations}}}}}", null).Transform(map);

        Assert.Equal(hashed, map[0].NeedsHash);
    }

    [Fact]
    public void A_patch_finds_an_object_by_the_name_that_it_had()
    {
        var map = new ResourceMap([Objects.Read(ConfigMap).Single().Renamed("p-x")]);

        Patch("{apiVersion: v1, kind: ConfigMap, metadata: {name: x}, data: {n: m}}", null).Transform(map);

        Assert.Equal(("m", "p-x"), (map[0].At("data/n"), map[0].Name));
    }

    [Fact]
    public void A_patch_that_two_objects_fit_is_an_error_that_names_both()
    {
        var map = new ResourceMap([Objects.Read(ConfigMap).Single().Renamed("a"), Objects.Read(ConfigMap).Single().Renamed("b")]);

        KustomizeException error = Assert.Throws<KustomizeException>(() => Patch("{apiVersion: v1, kind: ConfigMap, metadata: {name: x}}", null).Transform(map));

        Assert.Equal(DiagnosticIds.AmbiguousTarget, error.Diagnostics[0].Id);
        Assert.Contains("ConfigMap a", error.Message, StringComparison.Ordinal);
        Assert.Contains("ConfigMap b", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_patch_may_rename_when_it_is_allowed_to()
    {
        var map = new ResourceMap(Objects.Read(ConfigMap));

        Patch("{apiVersion: v1, kind: Foo, metadata: {name: y}}", ".*", allow: true).Transform(map);

        Assert.Equal(("y", "Foo", "x"), (map[0].Name, map[0].Kind, map[0].OriginalId.Name));
    }

    [Fact]
    public void A_patch_may_not_make_two_objects_one()
    {
        var map = new ResourceMap(Objects.Read(ConfigMap + "\n---\n" + ConfigMap.Replace("name: x", "name: z", StringComparison.Ordinal)));

        KustomizeException error = Assert.Throws<KustomizeException>(() => Patch("{apiVersion: v1, kind: ConfigMap, metadata: {name: y}}", ".*", allow: true).Transform(map));

        Assert.Equal(DiagnosticIds.DuplicateResource, error.Diagnostics[0].Id);
    }

    private static PatchTransformer Patch(string text, string? kind, bool allow = false)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        ParsedPatch patch = PatchParser.Parse(bytes, new SourceFile("p.yaml"), () => text[0] == '[' ? throw new KustomizeException(DiagnosticIds.InvalidResource, "", SourcePosition.None, "") : [.. Objects.Read(text)]);
        return new PatchTransformer(patch, kind is null ? null : Selector(kind, ""), allow, allow);
    }

    private static Json6902PatchTransformer Json6902(string text, string name) =>
        new(JsonPatch6902.Parse(Encoding.UTF8.GetBytes(text), new SourceFile("p.json")), Selector("ConfigMap", name));

    private static TargetSelector Selector(string kind, string name) => new(new GroupVersionKind("", "", kind), name, "", "", "", SourcePosition.None);
}
