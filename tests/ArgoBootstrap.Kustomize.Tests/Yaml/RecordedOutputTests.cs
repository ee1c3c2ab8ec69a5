namespace ArgoBootstrap.Kustomize.Tests.Yaml;

public sealed class RecordedOutputTests
{
    [Theory]
    [InlineData("emit-scalars-1")]
    [InlineData("emit-scalars-2")]
    [InlineData("crlf-and-separators")]
    public void A_resource_prints_as_kustomize_printed_it(string probe)
    {
        string input = File.ReadAllText(SharedFolder.Require("kustomize", "probes", probe, "input", "r.yaml"));
        string expected = File.ReadAllText(SharedFolder.Require("kustomize", "probes", probe, "expected.yaml"));

        Assert.Equal(expected, YamlHarness.Render(input));
    }

    [Theory]
    [InlineData("v3.5.1/install.yaml")]
    [InlineData("v3.5.1/ha/install.yaml")]
    public void The_manifest_of_Argo_CD_prints_as_kustomize_prints_it(string manifest)
    {
        string source = SharedFolder.Require(["data", "argo-cd", .. manifest.Split('/')]);
        SharedFolder.RequireKustomize();
        using var folder = new TemporaryFolder();
        File.Copy(source, Path.Combine(folder.Path, "r.yaml"));
        File.WriteAllText(Path.Combine(folder.Path, "kustomization.yaml"), "resources: [r.yaml]\n");

        Assert.Equal(SharedFolder.Build(folder.Path).Output, YamlHarness.Render(File.ReadAllText(source)));
    }
}
