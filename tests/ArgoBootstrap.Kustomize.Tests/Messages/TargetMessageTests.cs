using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Tests.Messages;

/// <summary>What is said about objects that are named and not there, or there twice.</summary>
public sealed class TargetMessageTests
{
    private const string Component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n";

    [Theory]
    [InlineData("apps/v1", "Deployment", "wbe", "shop", "Did you mean 'web'?")]
    [InlineData("apps/v1", "Deployment", "web", "", "is in the namespace shop: write `namespace: shop`.")]
    [InlineData("extensions/v1beta1", "Deployment", "web", "shop", "has the apiVersion apps/v1.")]
    [InlineData("apps/v1", "StatefulSet", "web", "shop", "There is a Deployment web")]
    public void Patch_without_object(string apiVersion, string kind, string name, string ns, string remedy)
    {
        string patch = $"apiVersion: {apiVersion}\nkind: {kind}\nmetadata:\n  name: {name}\n{(ns.Length > 0 ? $"  namespace: {ns}\n" : "")}";
        foreach (string field in new[] { "patches: [{path: p.yaml}]", "patchesStrategicMerge: [p.yaml]" })
        {
            Diagnostic error = MessageTree.Error($"resources: [dep.yaml]\n{field}\n", ("o/p.yaml", patch));

            Assert.Equal(DiagnosticIds.TargetNotFound, error.Id);
            Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{kind: Deployment, name: wbe}", "Did you mean 'web'?")]
    [InlineData("{kind: Deploment}", "Did you mean 'Deployment'?")]
    [InlineData("{kind: Deployment, name: web, namespace: default}", "is in the namespace shop.")]
    [InlineData("{group: extensions, kind: Deployment, name: web}", "has the apiVersion apps/v1.")]
    [InlineData("{kind: Deployment, labelSelector: app=x}", "Correct the target, or remove the patch.")]
    public void Target_that_fits_nothing_is_warned_of(string target, string remedy)
    {
        Diagnostic warning = Assert.Single(MessageTree.Warnings(
            $"resources: [dep.yaml]\npatches:\n- target: {target}\n  patch: |-\n    - op: remove\n      path: /spec/replicas\n"));

        Assert.Equal((DiagnosticIds.TargetNotFound, DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        Assert.Equal("o/kustomization.yaml:3:11", MessageTree.Place(warning));
        Assert.EndsWith(remedy, warning.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Target_of_a_component_that_fits_nothing_is_information() =>
        Assert.Equal(DiagnosticSeverity.Information, Assert.Single(MessageTree.Warnings(
            "resources: [cm.yaml]\ncomponents: [../c]\n",
            ("c/kustomization.yaml", Component + "patches:\n- target: {kind: Deployment}\n  patch: |-\n    - op: remove\n      path: /a\n"))).Severity);

    [Fact]
    public void Variable_that_this_build_does_not_use_may_be_another_overlays()
    {
        Diagnostic warning = Assert.Single(MessageTree.Warnings(
            "resources: [dep.yaml]\nvars:\n- name: NS\n  objref: {apiVersion: apps/v1, kind: Deployment, name: web}\n"), w => w.Id == DiagnosticIds.InvalidVariable);

        Assert.Equal("The variable NS is defined, but nothing that is built here uses $(NS).", warning.Message);
        Assert.StartsWith("Remove it unless another overlay uses it", warning.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Generator_whose_object_is_in_another_namespace() =>
        Assert.EndsWith(
            "is in the namespace shop: write `namespace: shop`.",
            MessageTree.Error("resources: [x.yaml]\nconfigMapGenerator: [{name: c, behavior: merge, literals: [a=b]}]\n", ("o/x.yaml", MessageTree.ConfigMap.Replace("name: c", "name: c\n  namespace: shop", StringComparison.Ordinal))).Remedy,
            StringComparison.Ordinal);

    [Fact]
    public void Generator_whose_object_comes_only_later()
    {
        Diagnostic fromComponent = MessageTree.Error(
            "configMapGenerator: [{name: c, behavior: merge, literals: [a=b]}]\ncomponents: [../comp]\n",
            ("comp/kustomization.yaml", Component + "resources: [cm.yaml]\n"), ("comp/cm.yaml", MessageTree.ConfigMap));
        Diagnostic fromGenerator = MessageTree.Error("configMapGenerator:\n- {name: c, behavior: merge, literals: [a=b]}\n- {name: c, literals: [a=c]}\n");
        Diagnostic fromChart = MessageTree.Error("configMapGenerator: [{name: c, behavior: merge, literals: [a=b]}]\nhelmCharts: [{name: x}]\n");

        Assert.Contains("comes from the component '../comp', and generators run before components", fromComponent.Remedy, StringComparison.Ordinal);
        Assert.Contains("Move this entry below the one that creates it", fromGenerator.Remedy, StringComparison.Ordinal);
        Assert.Contains("charts are rendered after this", fromChart.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Object_that_comes_by_two_ways_names_both()
    {
        Diagnostic error = MessageTree.Error(
            "resources: [../b1, ../b2]\n",
            ("b1/kustomization.yaml", "components: [../comp]\n"), ("b2/kustomization.yaml", "components: [../comp]\n"),
            ("comp/kustomization.yaml", Component + "resources: [cm.yaml]\n"), ("comp/cm.yaml", MessageTree.ConfigMap));

        Assert.Equal(DiagnosticIds.DuplicateResource, error.Id);
        Assert.Equal("o/kustomization.yaml:1:20", MessageTree.Place(error));
        Assert.Contains("through '../b1' (o/kustomization.yaml:1:13) and through '../b2' (o/kustomization.yaml:1:20)", MessageTree.Portable(error.Message), StringComparison.Ordinal);
    }

    [Fact]
    public void Entry_that_is_there_twice_is_called_so() =>
        Assert.Equal("Remove this entry.", MessageTree.Error("resources: [cm.yaml, cm.yaml]\n").Remedy);

    [Theory]
    [InlineData("spec/template/spec/containers", DiagnosticIds.InvalidVariable, "such as spec/template/spec/containers/name")]
    [InlineData("spec/replicas/x", DiagnosticIds.InvalidTransformer, "Correct the path")]
    public void Variable_reference_that_fails_blames_the_configuration(string path, string id, string remedy)
    {
        Diagnostic error = MessageTree.Error(
            "resources: [dep.yaml]\nconfigurations: [cfg.yaml]\nvars:\n- name: A\n  objref: {apiVersion: apps/v1, kind: Deployment, name: web}\n",
            ("o/cfg.yaml", $"varReference:\n- path: {path}\n"));

        Assert.Equal((id, "o/cfg.yaml:2:3"), (error.Id, MessageTree.Place(error)));
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_led_to_a_mistake_are_named_from_the_nearest_upwards()
    {
        Diagnostic error = MessageTree.Error("resources: [../mid]\n", ("mid/kustomization.yaml", "resources: [../low]\n"), ("low/kustomization.yaml", "resources: [gone.yaml]\n"));

        Assert.Equal(["named by mid/kustomization.yaml", "named by o/kustomization.yaml"], error.NamedBy.Select(MessageTree.Portable));
        Assert.Empty(MessageTree.Error("resources: [gone.yaml]\n").NamedBy);
    }
}
