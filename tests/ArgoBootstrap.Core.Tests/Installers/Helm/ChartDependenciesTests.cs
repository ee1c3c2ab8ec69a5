using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers.Helm;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Installers.Helm;

/// <summary>Charts in folders, with and without the charts that they depend on.</summary>
public sealed class ChartDependenciesTests : IDisposable
{
    private readonly string _chart = Directory.CreateTempSubdirectory("argobootstrap-chart-").FullName;

    public ChartDependenciesTests() => Write("Chart.yaml", "apiVersion: v2\nname: argo-cd\nversion: 10.1.1\ndependencies:\n- name: redis-ha\n  version: 4.38.0\n  condition: redis-ha.enabled\n- name: other-one\n  version: 1.0.0\n");

    public void Dispose() => Directory.Delete(_chart, recursive: true);

    [Fact]
    public void Those_that_are_missing_are_named_with_the_command_that_fetches_them()
    {
        Write("charts/anything/Chart.yaml", "name: redis-ha\nversion: 4.38.0\n");

        var error = Assert.Throws<OperationException>(() => ChartDependencies.Require(_chart));

        Assert.Equal(ErrorIds.ChartNotDescribed, error.Id);
        Assert.Contains(": other-one.", error.Message, StringComparison.Ordinal);
        Assert.Contains($"helm dependency build {_chart}", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Unpacked_and_packed_charts_do()
    {
        Write("charts/redis-ha/Chart.yaml", "name: redis-ha\nversion: 4.38.0\n");
        Write("charts/other-one-1.0.0-rc.1.tgz", "");

        ChartDependencies.Require(_chart);
    }

    [Fact]
    public void What_is_not_a_folder_is_left_to_helm() => ChartDependencies.Require("oci://example.org/chart");

    private void Write(string path, string text)
    {
        string file = Path.Combine(_chart, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
