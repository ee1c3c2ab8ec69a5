using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Transformation.Patching;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Tests.Transformation.Patching;

public sealed class PatchSharingTests
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: web
          labels:
            app: web
        spec:
          replicas: 1
          template:
            spec:
              containers:
              - name: app
                image: app:1
                ports:
                - containerPort: 80
                env:
                - name: A
                  value: "1"
              - name: sidecar
                image: side:1
        """;

    [Fact]
    public void A_strategic_merge_patch_shares_what_it_leaves_alone()
    {
        MappingNode target = Objects.Node(Deployment);

        MappingNode result = StrategicMerge.Apply(target, Objects.Node("{spec: {template: {spec: {containers: [{name: sidecar, image: side:2}]}}}}"), KubernetesSchema.Default)!;

        Assert.Same(target["metadata"], result["metadata"]);
        Assert.Same(Containers(target)[0], Containers(result)[1]);
        Assert.NotSame(Containers(target)[1], Containers(result)[0]);
    }

    [Fact]
    public void A_strategic_merge_patch_that_says_what_is_there_changes_nothing()
    {
        MappingNode target = Objects.Node(Deployment);

        Assert.Same(target, StrategicMerge.Apply(target, Objects.Node("{metadata: {labels: {}}, other: null}"), KubernetesSchema.Default));
    }

    [Fact]
    public void A_JSON_patch_shares_what_it_leaves_alone()
    {
        MappingNode target = Objects.Node(Deployment);
        var patch = JsonPatch6902.Parse("[{\"op\": \"replace\", \"path\": \"/spec/replicas\", \"value\": 3}]"u8, new SourceFile("p.json"));

        MappingNode result = patch.Apply(target);

        Assert.Same(target["metadata"], result["metadata"]);
        Assert.Same(Containers(target), Containers(result));
    }

    [Fact]
    public void A_JSON_patch_takes_brackets_away()
    {
        MappingNode target = Objects.Node("metadata: {name: web}\nspec:\n  list: [a]\n");
        var patch = JsonPatch6902.Parse("[{\"op\": \"add\", \"path\": \"/spec/replicas\", \"value\": 3}]"u8, new SourceFile("p.json"));

        MappingNode result = patch.Apply(target);

        Assert.Equal("metadata:\n  name: web\nspec:\n  list:\n  - a\n  replicas: 3\n", YamlV3Writer.ToText(result));
    }

    [Fact]
    public void A_value_keeps_the_place_in_the_patch()
    {
        MappingNode patch = Objects.Node("spec:\n  replicas: 5\n");

        MappingNode result = StrategicMerge.Apply(Objects.Node(Deployment), patch, KubernetesSchema.Default)!;

        Assert.Equal((2, 13), (((MappingNode)result["spec"]!)["replicas"]!.Position.Line, ((MappingNode)result["spec"]!)["replicas"]!.Position.Column));
    }

    private static SequenceNode Containers(MappingNode node)
    {
        foreach (string key in (string[])["spec", "template", "spec"])
        {
            node = (MappingNode)node[key]!;
        }
        return (SequenceNode)node["containers"]!;
    }
}
