using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Resources;

public sealed class TargetSelectorTests
{
    private static readonly Resource Web = Objects.Read("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, labels: {app: web, tier: front}, annotations: {a: b}}}").Single();

    [Theory]
    [InlineData("", "", "Deployment", "", "", true)]
    [InlineData("", "", "Deploy", "", "", false)]
    [InlineData("", "", "Deploy.*", "", "", true)]
    [InlineData("apps", "v1", "", "w.b", "", true)]
    [InlineData("", "", "", "web|db", "", true)]
    [InlineData("", "", "", "we", "", false)]
    [InlineData("", "", "", "", "default", true)]
    [InlineData("", "", "", "", "other", false)]
    [InlineData("batch", "", "", "", "", false)]
    public void Expressions_must_match_the_whole_value(string group, string version, string kind, string name, string ns, bool expected) =>
        Assert.Equal(expected, Select(group, version, kind, name, ns).Matches(Web));

    [Theory]
    [InlineData("app=web", "", true)]
    [InlineData("app==web,tier!=back", "", true)]
    [InlineData("app in (db, web)", "", true)]
    [InlineData("app notin (db, web)", "", false)]
    [InlineData("!other", "", true)]
    [InlineData("other", "", false)]
    [InlineData("", "a=b", true)]
    [InlineData("", "a=c", false)]
    public void Labels_and_annotations_are_selected(string labels, string annotations, bool expected) =>
        Assert.Equal(expected, Select(labels: labels, annotations: annotations).Matches(Web));

    [Fact]
    public void Name_and_namespace_may_be_the_original_ones()
    {
        Resource renamed = Web.Renamed("p-web", "shop");

        Assert.True(Select(name: "web", ns: "default").Matches(renamed));
        Assert.True(Select(name: "p-web", ns: "shop").Matches(renamed));
    }

    [Fact]
    public void An_expression_that_is_none_is_an_error_with_a_place()
    {
        KustomizeException error = Assert.Throws<KustomizeException>(() => Select(name: "a(b"));

        Assert.Equal((DiagnosticIds.InvalidValue, 7), (error.Diagnostics[0].Id, error.Diagnostics[0].Position.Line));
    }

    [Fact]
    public void A_label_selector_that_is_none_is_an_error_once_an_object_fits()
    {
        TargetSelector selector = Select(kind: "Deployment", labels: "a=b=c");

        Assert.False(Select(kind: "Other", labels: "a=b=c").Matches(Web));
        Assert.Throws<KustomizeException>(() => selector.Matches(Web));
    }

    private static TargetSelector Select(string group = "", string version = "", string kind = "", string name = "", string ns = "", string labels = "", string annotations = "") =>
        new(new GroupVersionKind(group, version, kind), name, ns, labels, annotations, new SourcePosition(new SourceFile("kustomization.yaml"), 7, 3));
}
