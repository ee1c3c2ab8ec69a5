using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Render;

public sealed class BuildKustomizeOverlayTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public static TheoryData<string> Expected() =>
        [.. Directory.EnumerateFiles(RepositoryRoot.Combine("tests", "fixtures", "expected", "apps"), "*.yaml").Select(path => Path.GetFileNameWithoutExtension(path))];

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [MemberData(nameof(Expected))]
    public void AsYaml_IsWhatKustomizePrints(string name)
    {
        string yaml = _fleet.Session.Value<string>("param($path) Build-KustomizeOverlay $path -AsYaml", "apps/" + name.Replace("__", "/", StringComparison.Ordinal));

        Assert.Equal(File.ReadAllText(RepositoryRoot.Combine("tests", "fixtures", "expected", "apps", name + ".yaml")), yaml + "\n");
    }

    [Theory]
    [InlineData("Build-KustomizeOverlay apps -AsYaml", 3)]
    [InlineData("Build-KustomizeOverlay apps -AsYaml -ThrottleLimit 1", 3)]
    [InlineData("Build-KustomizeOverlay apps/system/overlays/prod/*, apps -AsYaml", 4)]
    [InlineData("Build-KustomizeOverlay -LiteralPath apps/system/overlays/prod -AsYaml", 2)]
    [InlineData("Get-ClusterOverlay | Build-KustomizeOverlay -AsYaml", 3)]
    [InlineData("'apps', 'apps/system/overlays/dev/argocd' | Build-KustomizeOverlay -AsYaml", 3)]
    [InlineData("[System.IO.DirectoryInfo]::new(\"$pwd/apps\") | Build-KustomizeOverlay -AsYaml", 3)]
    public void Folder_MeansEveryEntryPointInIt_Once(string command, int overlays) =>
        Assert.Equal(overlays, _fleet.Session.Invoke(command).Count);

    [Fact]
    public void Objects_WrapNothingButTheirProperties()
    {
        PSObject application = _fleet.Session.Invoke("Build-KustomizeOverlay apps/system/overlays/prod/dc11a/argocd | Where-Object kind -EQ Application").Single();

        Assert.IsType<PSCustomObject>(application.BaseObject);
        Assert.Equal(["apiVersion", "kind", "metadata", "spec"], application.Properties.Select(p => p.Name));
        Assert.IsType<PSCustomObject>(Assert.IsType<PSObject>(application.Properties["metadata"].Value).BaseObject);
    }

    [Fact]
    public void Helm_IsRunOnlyWhenEnabled_AndIsTheOneThatIsNamed()
    {
        _fleet.Write("chart/kustomization.yaml", "helmCharts:\n- name: web\n  releaseName: web\n");
        _fleet.Write("chart/charts/web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.0.0\n");

        ErrorRecord refused = _fleet.Session.Run("Build-KustomizeOverlay chart -AsYaml").Errors.Single();
        ErrorRecord absent = _fleet.Session.Run("Build-KustomizeOverlay chart -AsYaml -EnableHelm -HelmCommand ./no-such-helm").Errors.Single();

        Assert.StartsWith("HelmFailed", refused.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("EnableHelm", refused.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.StartsWith("HelmFailed", absent.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("no-such-helm", absent.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_HaveARecordEach_WithTheirOwnTextAndTheFilesThatLedThere()
    {
        string top = _fleet.Write("top/kustomization.yaml", "resources: [../mid]\n");
        string middle = _fleet.Write("mid/kustomization.yaml", "resources: [../low]\n");
        string low = _fleet.Write("low/kustomization.yaml", "resources: [gone.yaml, lost.yaml]\n");

        IReadOnlyList<ErrorRecord> errors = _fleet.Session.Run("Build-KustomizeOverlay top -AsYaml").Errors;

        Assert.Equal(2, errors.Count);
        foreach ((ErrorRecord error, string own, string other) in new[] { (errors[0], "gone.yaml", "lost.yaml"), (errors[1], "lost.yaml", "gone.yaml") })
        {
            foreach (string text in new[] { error.ToString(), error.Exception.Message })
            {
                Assert.Contains(own, text, StringComparison.Ordinal);
                Assert.DoesNotContain(other, text, StringComparison.Ordinal);
            }

            Assert.EndsWith($"named by {middle}{Environment.NewLine}  named by {top}", error.ToString(), StringComparison.Ordinal);
            Assert.Equal(low, error.TargetObject);
        }
    }

    [Fact]
    public void RemoteCachePolicy_CacheOnly_FetchesNothing()
    {
        _fleet.Write("remote/kustomization.yaml", "resources: ['https://127.0.0.1:1/never.yaml']\n");

        ErrorRecord error = _fleet.Session.Run("Build-KustomizeOverlay remote -AsYaml -RemoteCachePolicy CacheOnly").Errors.Single();

        Assert.StartsWith("RemoteUnavailable", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void Objects_HaveTheFieldsOfTheResources_AndStayTogether()
    {
        IReadOnlyList<PSObject> resources = _fleet.Session.Invoke("Build-KustomizeOverlay apps");

        string[] overlays = [.. resources.Select(resource => (string)((PSMemberSet)resource.Members["PSOverlay"]).Properties["Path"].Value)];
        Assert.Equal(3, overlays.Where((overlay, i) => i == 0 || overlays[i - 1] != overlay).Count());
        Assert.Equal(
            "argocd",
            _fleet.Session.Value<string>("Build-KustomizeOverlay apps/system/overlays/dev/argocd | Where-Object kind -eq Application | ForEach-Object { $_.spec.destination.namespace }"));
    }

    [Fact]
    public void Objects_KeepTypesAndKeysThatDifferInCaseOnly()
    {
        _fleet.Write("odd/kustomization.yaml", "resources: [thing.yaml]\n");
        _fleet.Write(
            "odd/thing.yaml",
            """
            apiVersion: example.com/v1
            kind: Thing
            metadata: { name: thing }
            spec: { count: 3, large: 5000000000, ratio: 0.5, on: true, text: "3", nothing: null, items: [1, two], mixed: { a: 1, A: 2 } }
            """);

        PSObject spec = Assert.Single(_fleet.Session.Invoke("(Build-KustomizeOverlay odd).spec"));

        Assert.Equal(3, spec.Properties["count"].Value);
        Assert.Equal(5000000000, spec.Properties["large"].Value);
        Assert.Equal(0.5, spec.Properties["ratio"].Value);
        Assert.Equal(true, spec.Properties["on"].Value);
        Assert.Equal("3", spec.Properties["text"].Value);
        Assert.Null(spec.Properties["nothing"].Value);
        Assert.Equal([1, "two"], (object[])spec.Properties["items"].Value);
        Assert.Equal(2, ((System.Collections.IDictionary)spec.Properties["mixed"].Value)["A"]);
    }

    [Fact]
    public void OutputPath_WritesAFileForEachOverlay()
    {
        _fleet.Session.Invoke("Build-KustomizeOverlay apps -OutputPath rendered/yaml");

        Assert.Equal(
            ["dev.argocd.yaml", "prod.dc11a.argocd.yaml", "prod.dc11b.argocd.yaml"],
            Directory.EnumerateFiles(_fleet.Combine("rendered/yaml")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            File.ReadAllText(RepositoryRoot.Combine("tests", "fixtures", "expected", "apps", "system__overlays__dev__argocd.yaml")),
            File.ReadAllText(_fleet.Combine("rendered/yaml/dev.argocd.yaml")));
    }

    [Theory]
    [InlineData("one.yaml")]
    [InlineData("new/folder/ONE.YML")]
    public void OutputPath_OfOneOverlay_MayBeAFile(string path)
    {
        PSObject file = Assert.Single(_fleet.Session.Invoke("param($path) Build-KustomizeOverlay apps/system/overlays/dev/argocd -OutputPath $path", path));

        string yaml = _fleet.Session.Value<string>("(Build-KustomizeOverlay apps/system/overlays/dev/argocd -AsYaml) -join ''");
        Assert.Equal(yaml.TrimEnd('\n'), File.ReadAllText(_fleet.Combine(path)).TrimEnd('\n'));
        Assert.Equal(new FileInfo(_fleet.Combine(path)).Length, file.Properties["Length"].Value);
    }

    [Fact]
    public void OutputPath_OfSeveralOverlays_IsNoFile()
    {
        ErrorRecord error = _fleet.Session.Run("Build-KustomizeOverlay apps -OutputPath one.yaml").SingleError("ParameterConflict");

        Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
        Assert.False(File.Exists(_fleet.Combine("one.yaml")));
        Directory.CreateDirectory(_fleet.Combine("two.yaml"));
        Assert.Equal(3, _fleet.Session.Invoke("Build-KustomizeOverlay apps -OutputPath two.yaml").Count);
    }

    [Fact]
    public void OutputPath_WithAsYaml_IsRefused()
    {
        _fleet.Session.Run("Build-KustomizeOverlay apps -OutputPath out -AsYaml").SingleError("ParameterConflict");

        Assert.False(Directory.Exists(_fleet.Combine("out")));
    }

    [Fact]
    public void OutputPath_WithWhatIf_WritesNothing()
    {
        Assert.Empty(_fleet.Session.Invoke("Build-KustomizeOverlay apps -OutputPath rendered -WhatIf"));

        Assert.False(Directory.Exists(_fleet.Combine("rendered")));
    }

    [Fact]
    public void Overlay_ThatCannotBeRendered_IsAnErrorWithItsPlace_AndTheOthersAreRendered()
    {
        string file = _fleet.Write("apps/system/overlays/prod/dc11b/argocd/kustomization.yaml", "resources:\n  - ../../argocd\n  - missing.yaml\n");

        ScriptResult result = _fleet.Session.Run("Build-KustomizeOverlay apps -AsYaml");

        Assert.Equal(2, result.Output.Count);
        ErrorRecord error = result.SingleError("FileNotFound");
        Assert.StartsWith($"{file}:3:5: ", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.Equal(file, error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("Build-KustomizeOverlay nowhere", "FileNotFound")]
    [InlineData("Build-KustomizeOverlay rendered", "OverlayNotFound")]
    [InlineData("Build-KustomizeOverlay env:PATH", "FileNotFound")]
    public void Path_ThatIsNoOverlay_IsAnError(string command, string id)
    {
        Directory.CreateDirectory(_fleet.Combine("rendered"));

        _fleet.Session.Run(command).SingleError(id);
    }

    [Fact]
    public async Task Stop_EndsThePipeline()
    {
        using System.Management.Automation.PowerShell pipeline = _fleet.Session.Create(
            "Build-KustomizeOverlay apps -AsYaml | ForEach-Object { $global:started = $true; while ($true) { } }");
        IAsyncResult running = pipeline.BeginInvoke();

        await Task.Delay(500, TestContext.Current.CancellationToken);
        pipeline.Stop();

        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(running));
        Assert.Equal(PSInvocationState.Stopped, pipeline.InvocationStateInfo.State);
        Assert.Equal(3, _fleet.Session.Invoke("Build-KustomizeOverlay apps -AsYaml").Count);
    }
}
