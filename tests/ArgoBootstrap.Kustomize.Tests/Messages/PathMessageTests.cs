using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Kustomize.Tests.Messages;

/// <summary>What is said about paths that lead to nothing, or to something else than is wanted.</summary>
public sealed class PathMessageTests
{
    private static readonly (string, string)[] Around =
    [
        ("o/sub/deployment.yaml", MessageTree.Deployment), ("base/kustomization.yaml", "resources: [cm.yaml]\n"), ("base/cm.yaml", MessageTree.ConfigMap),
        ("o/b/kustomization.yaml", "resources: [cm.yaml]\n"), ("o/b/cm.yaml", MessageTree.ConfigMap),
        ("bases/web/kustomization.yaml", "resources: [cm.yaml]\n"), ("bases/web/cm.yaml", MessageTree.ConfigMap),
    ];

    [Theory]
    [InlineData("sub/deploymnt.yaml", "Did you mean 'sub/deployment.yaml'?")]
    [InlineData("sbu/deployment.yaml", "Did you mean 'sub/deployment.yaml'?")]
    [InlineData("./sub/deploymnt.yaml", "Did you mean './sub/deployment.yaml'?")]
    [InlineData("../bse/", "Did you mean '../base/'?")]
    [InlineData("../bse", "Did you mean '../base'?")]
    [InlineData("../bases/wb", "Did you mean '../bases/web'?")]
    [InlineData("../../base", "Did you mean '../base'?")]
    [InlineData("base", "Did you mean '../base'?")]
    [InlineData("cm.yml", "Did you mean 'cm.yaml'?")]
    [InlineData("cm", "Did you mean 'cm.yaml'?")]
    [InlineData("sub/none/of/these.yaml", "the folder 'sub/none' does not exist either")]
    [InlineData("./sub\\deploymnt.yaml", "Write './sub/deployment.yaml'.")]
    [InlineData("sub\\deployment.yaml", "Write 'sub/deployment.yaml'.")]
    [InlineData("..\\base", "Write '../base'.")]
    [InlineData("*.yaml", "Name each file: 'cm.yaml', 'dep.yaml'.")]
    [InlineData("sub/*", "Name each file: 'sub/deployment.yaml'.")]
    [InlineData("oci://ghcr.io/org/chart:1", "under 'helmCharts'")]
    [InlineData("s3://bucket/file.yaml", "Name a file, a folder, a Git repository")]
    [InlineData("~/cm.yaml", "Write the path from this kustomization's folder.")]
    [InlineData("${BASE}/cm.yaml", "Write the path from this kustomization's folder.")]
    [InlineData("/cm.yaml", "Write 'cm.yaml'.")]
    [InlineData("/base/cm.yaml", "Write '../base/cm.yaml'.")]
    [InlineData("cm.yaml ", "Write 'cm.yaml'.")]
    [InlineData("cm.yaml\u00A0", "Write 'cm.yaml'.")]
    [InlineData("\u201Ccm.yaml\u201D", "Write 'cm.yaml'.")]
    [InlineData("\u2018../base\u2019", "Write '../base'.")]
    [InlineData("../{{ ring }}/base", "out of the search")]
    [InlineData("{% if x %}a{% endif %}/cm.yaml", "out of the search")]
    [InlineData("c\u200Bm.yaml", "Write 'cm.yaml'.")]
    public void Missing_file_or_folder(string path, string remedy)
    {
        Diagnostic error = MessageTree.Error($"resources:\n- '{path}'\n", Around);

        Assert.Equal(DiagnosticIds.FileNotFound, error.Id);
        Assert.Equal("o/kustomization.yaml:2:3", MessageTree.Place(error));
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("resources", "../base/kustomization.yaml", "Write '../base'.")]
    [InlineData("resources", "b/kustomization.yaml", "Write 'b'.")]
    [InlineData("components", "../base/kustomization.yaml", "Write '../base'.")]
    [InlineData("transformers", "../base/kustomization.yaml", "Write '../base'.")]
    [InlineData("resources", "kustomization.yaml", "Remove the entry")]
    public void Kustomization_file_in_place_of_its_folder(string field, string path, string remedy)
    {
        Diagnostic error = MessageTree.Error($"resources: [dep.yaml]\n{(field == "resources" ? "" : field + ": []\n")}".Replace($"{field}: [", $"{field}: [{path}, ", StringComparison.Ordinal).Replace(", ]", "]", StringComparison.Ordinal), Around);

        Assert.Equal(DiagnosticIds.WrongType, error.Id);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Kustomization_file_that_can_be_read_as_an_object_is_warned_of()
    {
        Diagnostic warning = Assert.Single(MessageTree.Warnings(
            "resources: [x/kustomization.yaml]\n", ("o/x/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: {name: x}\nresources: [../cm.yaml]\n")));

        Assert.Equal((DiagnosticIds.WrongType, DiagnosticSeverity.Warning), (warning.Id, warning.Severity));
        Assert.Contains("Write 'x'.", warning.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_where_a_file_is_wanted_lists_its_files() =>
        Assert.Contains("'sub/deployment.yaml'", MessageTree.Error("resources: [dep.yaml]\npatches: [{path: sub}]\n", Around).Remedy, StringComparison.Ordinal);

    [Theory]
    [InlineData("kustomisation.yaml", "Rename 'kustomisation.yaml' to kustomization.yaml.")]
    [InlineData("Chart.yaml", "The folder is a Helm chart")]
    [InlineData("web.yaml", "with `resources: [web.yaml]`")]
    [InlineData("prod/kustomization.yaml", "'prod'")]
    public void Folder_without_kustomization_file(string content, string remedy)
    {
        Diagnostic error = MessageTree.Error("resources: [../x]\n", ($"x/{content}", "a: b\n"));

        Assert.Equal(DiagnosticIds.KustomizationFileMissing, error.Id);
        Assert.Contains(remedy, error.Remedy, StringComparison.Ordinal);
    }
}
