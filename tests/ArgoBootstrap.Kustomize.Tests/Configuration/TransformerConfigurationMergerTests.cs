using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Configuration;

public sealed class TransformerConfigurationMergerTests
{
    private static readonly TransformerConfiguration Default = DefaultTransformerConfiguration.Instance;

    [Fact]
    public void TheDefaultsHaveTheFieldsOfKustomize()
    {
        Assert.Equal([32, 10, 9, 3, 72, 6, 4], new[] { Default.CommonLabels, Default.TemplateLabels, Default.CommonAnnotations, Default.Namespace, Default.VariableReferences, Default.Images, Default.Replicas }.Select(l => l.Count));
        Assert.Equal(167, Default.NameReferences.Sum(r => r.Referrers.Count));
        Assert.Equal(["StorageClass", "ServiceAccount", "Role"], Default.NameReferences.Take(3).Select(r => r.Target.Kind));
    }

    [Fact]
    public void NothingNewLeavesTheVeryLists()
    {
        TransformerConfiguration merged = Merge(Default, TransformerConfiguration.Empty with { NamePrefix = [new(new("", "", ""), "metadata/name")] });

        Assert.Same(Default.NamePrefix, merged.NamePrefix);
        Assert.Same(Default.NameReferences, merged.NameReferences);
    }

    [Fact]
    public void ReferencesToOneTypeAreOneEntry()
    {
        NameReference added = new(new("", "v1", "ConfigMap"), [new(new("", "", "App"), "spec/config")]);

        TransformerConfiguration merged = Merge(Default, TransformerConfiguration.Empty with { NameReferences = [added] });

        Assert.Equal(Default.NameReferences.Count, merged.NameReferences.Count);
        Assert.Contains(merged.NameReferences, r => r.Target.Kind == "ConfigMap" && r.Referrers[^1].Path == "spec/config");
    }

    [Fact]
    public void AFieldThatIsThereForANarrowerTypeCountsAsThere()
    {
        FieldSpec narrow = new(new("", "", "App"), "spec/labels");
        FieldSpec wide = new(new("", "", ""), "spec/labels");

        Assert.Equal([narrow], Merge(Labels(narrow), Labels(wide)).Labels);
        Assert.Equal(2, Merge(Labels(wide), Labels(narrow)).Labels.Count);
    }

    [Fact]
    public void DifferentCreationOfOneFieldIsAnError()
    {
        FieldSpec spec = new(new("", "", "App"), "spec/labels");
        var position = new SourcePosition(new SourceFile("c.yaml"), 3, 1);

        KustomizeException error = Assert.Throws<KustomizeException>(() => TransformerConfigurationMerger.Merge(Labels(spec), Labels(spec with { CreateIfNotPresent = true }), position));

        Assert.Equal(DiagnosticIds.InvalidTransformer, error.Diagnostics[0].Id);
        Assert.Equal(position, error.Diagnostics[0].Position);
    }

    private static TransformerConfiguration Labels(params FieldSpec[] specs) => TransformerConfiguration.Empty with { Labels = specs };

    private static TransformerConfiguration Merge(TransformerConfiguration first, TransformerConfiguration second) =>
        TransformerConfigurationMerger.Merge(first, second, SourcePosition.None);
}
