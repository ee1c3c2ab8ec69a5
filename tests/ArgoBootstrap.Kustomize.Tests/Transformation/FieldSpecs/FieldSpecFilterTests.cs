using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Transformation.FieldSpecs;
using ArgoBootstrap.Kustomize.Yaml;
using static ArgoBootstrap.Kustomize.Tests.Tree;

namespace ArgoBootstrap.Kustomize.Tests.Transformation.FieldSpecs;

public sealed class FieldSpecFilterTests
{
    private static readonly GroupVersionKind AnyType = new("", "", "");

    [Fact]
    public void SequencesOnTheWayAreEnteredItemByItem()
    {
        MappingNode root = Map(("spec", Map(("containers", List(Map(("image", "a")), Map(("name", "x")), Map(("image", "b")))))));

        MappingNode changed = FieldSpecFilter.Apply(root, Spec("spec/containers/image"), Set("z"));

        Assert.Equal("""{spec: {containers: [{image: "z"}, {name: "x"}, {image: "z"}]}}""", Text(changed));
    }

    [Fact]
    public void UntouchedSubtreesAreShared()
    {
        MappingNode root = Map(("data", Map(("a", "b"))), ("metadata", Map(("name", "x"))));

        MappingNode changed = FieldSpecFilter.Apply(root, Spec("metadata/name"), Set("y"));

        Assert.Same(root["data"], changed["data"]);
        Assert.Equal("""{data: {a: "b"}, metadata: {name: "y"}}""", Text(changed));
    }

    [Theory]
    [InlineData("spec/missing/field")]
    [InlineData("spec/nothing/field")]
    [InlineData("spec/items/absent")]
    public void TheSameTreeComesBackWhereThePathIsAbsent(string path)
    {
        MappingNode root = Map(("spec", Map(("nothing", Null), ("items", List(Map(("a", "b")), Null)))));

        Assert.Same(root, FieldSpecFilter.Apply(root, Spec(path), Set("y")));
    }

    [Fact]
    public void TheSameTreeComesBackWhenTheValueStays()
    {
        MappingNode root = Map(("spec", Map(("a", "b"))));

        Assert.Same(root, FieldSpecFilter.Apply(root, Spec("spec/a"), node => node, FieldCreation.String));
    }

    [Theory]
    [InlineData(FieldCreation.String, """{metadata: {name: "a", labels: {team: "z"}}}""")]
    [InlineData(FieldCreation.None, """{metadata: {name: "a"}}""")]
    public void MissingFieldsAreMadeWhenSpecAndCallerSaySo(FieldCreation creation, string expected)
    {
        MappingNode root = Map(("metadata", Map(("name", "a"))));

        Assert.Equal(expected, Text(FieldSpecFilter.Apply(root, Spec("metadata/labels/team", create: true), Set("z"), creation)));
        Assert.Same(root, FieldSpecFilter.Apply(root, Spec("metadata/labels/team"), Set("z"), creation));
    }

    [Fact]
    public void NullBecomesWhatIsCreated()
    {
        MappingNode root = Map(("metadata", Map(("labels", Null))));

        Assert.Equal("""{metadata: {labels: {}}}""", Text(FieldSpecFilter.Apply(root, Spec("metadata/labels", create: true), node => node, FieldCreation.Mapping)));
        Assert.Same(root, FieldSpecFilter.Apply(root, Spec("metadata/labels"), node => node, FieldCreation.Mapping));
    }

    [Fact]
    public void ListFieldsAreNeverMade()
    {
        MappingNode root = Map(("spec", Map(("a", "b"))));

        Assert.Same(root, FieldSpecFilter.Apply(root, Spec("spec/containers[]/image", create: true), Set("z"), FieldCreation.String));
    }

    [Fact]
    public void NullInAListFieldBecomesAnEmptyList()
    {
        MappingNode root = Map(("spec", Map(("containers", Null))));

        Assert.Equal("{spec: {containers: []}}", Text(FieldSpecFilter.Apply(root, Spec("spec/containers[]/image"), Set("z"))));
    }

    [Theory]
    [InlineData(@"metadata/annotations/ingress.kubernetes.io\/auth-secret")]
    [InlineData(@"/metadata/annotations/ingress.kubernetes.io\/auth-secret")]
    public void EscapedSlashesBelongToTheKey(string path)
    {
        MappingNode root = Map(("metadata", Map(("annotations", Map(("ingress.kubernetes.io/auth-secret", "a"))))));

        Assert.Equal("""{metadata: {annotations: {ingress.kubernetes.io/auth-secret: "z"}}}""", Text(FieldSpecFilter.Apply(root, Spec(path), Set("z"))));
    }

    [Fact]
    public void AScalarOnTheWayIsAnErrorAtItsPosition()
    {
        var scalar = new ScalarNode("x", ScalarTags.String, ScalarStyle.Plain, new SourcePosition(new SourceFile("/a.yaml"), 4, 7));
        MappingNode root = Map(("kind", "Pod"), ("metadata", Map(("name", "web"))), ("spec", scalar));

        KustomizeException error = Assert.Throws<KustomizeException>(() => FieldSpecFilter.Apply(root, Spec("spec/nodeName"), Set("z")));

        Diagnostic diagnostic = Assert.Single(error.Diagnostics);
        Assert.Equal(DiagnosticIds.WrongType, diagnostic.Id);
        Assert.Equal("/a.yaml:4:7", diagnostic.Position.ToString());
        Assert.Contains("Pod web", diagnostic.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("spec/")]
    [InlineData("spec/0")]
    [InlineData("spec/-")]
    [InlineData("spec/*")]
    [InlineData("spec/[name=a]")]
    public void StepsThatAreNoKeysAreErrors(string path)
    {
        MappingNode root = Map(("spec", Map(("a", "b"))));

        KustomizeException error = Assert.Throws<KustomizeException>(() => FieldSpecFilter.Apply(root, Spec(path), Set("z")));

        Assert.Equal(DiagnosticIds.InvalidTransformer, error.Diagnostics[0].Id);
    }

    [Theory]
    [InlineData("", "", "", true)]
    [InlineData("apps", "", "Deployment", true)]
    [InlineData("", "v1", "", true)]
    [InlineData("", "v2", "", false)]
    [InlineData("batch", "", "Deployment", false)]
    [InlineData("", "", "Pod", false)]
    public void OnlySpecsOfTheTypeApply(string group, string version, string kind, bool applies)
    {
        MappingNode root = Map(("spec", Map(("a", "b"))));
        FieldSpec[] specs = [new(new GroupVersionKind(group, version, kind), "spec/a")];

        MappingNode changed = FieldSpecFilter.Apply(root, new GroupVersionKind("apps", "v1", "Deployment"), specs, Set("z"));

        Assert.Equal(applies, !ReferenceEquals(root, changed));
    }

    private static FieldSpec Spec(string path, bool create = false) => new(AnyType, path, create);

    private static Func<YamlNode, YamlNode> Set(string value) => _ => ScalarNode.String(value);
}
