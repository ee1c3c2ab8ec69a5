using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Tests.Configuration;

public sealed class CrdConfigurationTests
{
    private const string Definitions = """
        {
          "io.example.v1.Bee": {"Schema": {"properties": {
            "apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"$ref": "meta"},
            "spec": {"$ref": "io.example.v1.BeeSpec"}}}},
          "io.example.v1.BeeSpec": {"Schema": {"properties": {
            "secret": {"x-kubernetes-object-ref-api-version": "v1", "x-kubernetes-object-ref-kind": "Secret"},
            "key": {"x-kubernetes-object-ref-api-version": "v1", "x-kubernetes-object-ref-kind": "Secret", "x-kubernetes-object-ref-name-key": "id"},
            "notes": {"x-kubernetes-annotation": ""},
            "selector": {"x-kubernetes-label-selector": ""},
            "identity": {"x-kubernetes-identity": ""}}}}
        }
        """;

    [Fact]
    public void ExtensionsNameFieldsOfTypesThatAreObjects()
    {
        TransformerConfiguration configuration = CrdConfiguration.Read(Objects.Document(Definitions));

        NameReference reference = Assert.Single(configuration.NameReferences);
        Assert.Equal("Secret.v1.[noGrp]", reference.Target.ToString());
        Assert.Equal(["spec/secret/name", "spec/key/id"], reference.Referrers.Select(r => r.Path));
        Assert.All(reference.Referrers, r => Assert.Equal("Bee", r.Type.Kind));
        Assert.Equal("spec/notes", Assert.Single(configuration.CommonAnnotations).Path);
        Assert.Equal("spec/selector", Assert.Single(configuration.CommonLabels).Path);
        Assert.Equal("spec/identity", Assert.Single(configuration.NamePrefix).Path);
    }

    [Theory]
    [InlineData("kind: CustomResourceDefinition\nmetadata: {name: a}\nspec: {group: b}")]
    [InlineData("[]")]
    [InlineData("A: {Schema: []}")]
    [InlineData("A: {Schema: {properties: []}}")]
    public void WhatHoldsNoDefinitionsIsAnErrorAsInKustomize(string yaml)
    {
        KustomizeException error = Assert.Throws<KustomizeException>(() => CrdConfiguration.Read(Objects.Document(yaml)));

        Assert.Equal(DiagnosticIds.InvalidSchema, error.Diagnostics[0].Id);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("A: null")]
    [InlineData("A: {Schema: null}")]
    [InlineData("A: {schema: {properties: {kind: {}, apiVersion: {}, metadata: {}}}}")]
    public void WhatHoldsNoExtensionsSaysNothing(string yaml) => Assert.Empty(CrdConfiguration.Read(Objects.Document(yaml)).NameReferences);

    [Fact]
    public void ADefinitionThatContainsItselfIsAnError()
    {
        const string Cycle = "A: {Schema: {properties: {apiVersion: {}, kind: {}, metadata: {}, a: {$ref: B}}}}\nB: {Schema: {properties: {b: {$ref: B}}}}";

        KustomizeException error = Assert.Throws<KustomizeException>(() => CrdConfiguration.Read(Objects.Document(Cycle)));

        Assert.Equal(DiagnosticIds.InvalidSchema, error.Diagnostics[0].Id);
    }
}
