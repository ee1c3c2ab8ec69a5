using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ArgoBootstrap.Clusters.Access;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers.ArgoCD;
using ArgoBootstrap.Core.Installers.Helm;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Installers.Helm;

public sealed class ChartFileTests : IDisposable
{
    private const string Text = "apiVersion: v2\nappVersion: v3.5.1\ndependencies:\n- name: redis\n  version: 4.0.0\nname: argo-cd\nversion: \"10.1.1\" # of the chart\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("argobootstrap-chart-").FullName;

    [Fact]
    public void A_folders_version_is_that_of_its_own_file()
    {
        File.WriteAllText(Path.Combine(_folder, "Chart.yaml"), Text);

        Assert.Equal("10.1.1", ChartFile.VersionOf(_folder));
    }

    [Fact]
    public void An_archives_version_is_not_that_of_a_chart_within_it()
    {
        string archive = Path.Combine(_folder, "argo-cd.tgz");
        Pack(archive, ("argo-cd/charts/redis/Chart.yaml", "version: 4.0.0\n"), ("argo-cd/Chart.yaml", Text));

        Assert.Equal("10.1.1", ChartFile.VersionOf(archive));
    }

    [Fact]
    public void What_is_no_chart_has_no_version_or_is_named()
    {
        string file = Path.Combine(_folder, "broken.tgz");
        File.WriteAllText(file, "this is no archive");

        Assert.Null(ChartFile.VersionOf(_folder));
        Assert.Null(ChartFile.VersionOf(Path.Combine(_folder, "missing")));
        var error = Assert.Throws<OperationException>(() => ChartFile.VersionOf(file));
        Assert.Equal(ErrorIds.ChartNotDescribed, error.Id);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_tells_the_version_of_a_chart_in_a_folder()
    {
        File.WriteAllText(Path.Combine(_folder, "Chart.yaml"), "apiVersion: v2\nname: argo-cd\nversion: 10.1.1\n");
        var options = new ArgoCDInstallOptions { Method = ArgoCDInstallMethod.Helm, Chart = new HelmChart { ReleaseName = "argocd", Chart = _folder } };

        ArgoCDInstallPlan plan = await new ArgoCDInstaller().PlanAsync(options, new ClusterConnectionOptions { Context = "nowhere" });

        Assert.Equal("10.1.1", plan.Version);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Pack(string archive, params (string Name, string Text)[] files)
    {
        using FileStream file = File.Create(archive);
        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(packed);
        foreach ((string name, string text) in files)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
        }
    }

    [Theory]
    [InlineData("{name: a, version: 1.2.3}", "1.2.3")]
    [InlineData("name: a\nversion: &v 1.2.3\nappVersion: *v\n", "1.2.3")]
    [InlineData("version: 1.10", "1.10")]
    [InlineData("version: '1.2.3' # of the chart", "1.2.3")]
    [InlineData("version: \"1.2.3\"", "1.2.3")]
    [InlineData("annotations:\n  version: 9.9.9\nversion: >-\n  1.2.3\n", "1.2.3")]
    [InlineData("dependencies: [{name: b, version: 9.9.9}]\nname: a\n", null)]
    [InlineData("version:\n", null)]
    [InlineData("", null)]
    public void The_version_is_read_as_YAML(string text, string? expected) => Assert.Equal(expected, ChartFile.VersionIn(text, "Chart.yaml"));

    [Fact]
    public void A_description_that_is_not_YAML_is_refused_with_its_place()
    {
        var error = Assert.Throws<OperationException>(() => ChartFile.VersionIn("name: a\nversion: [1.2.3\n", "charts/a"));

        Assert.Equal(ErrorIds.ChartNotDescribed, error.Id);
        Assert.StartsWith("charts/a:", error.Message, StringComparison.Ordinal);
    }
}
