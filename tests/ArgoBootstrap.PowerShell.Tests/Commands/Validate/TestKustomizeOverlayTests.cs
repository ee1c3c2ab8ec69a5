using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Validate;

public sealed class TestKustomizeOverlayTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [InlineData("Test-KustomizeOverlay apps", 3)]
    [InlineData("Test-KustomizeOverlay apps -ThrottleLimit 1", 3)]
    [InlineData("Get-ClusterOverlay -Environment prod | Test-KustomizeOverlay", 2)]
    [InlineData("Test-KustomizeOverlay -LiteralPath apps/system/overlays/dev/argocd", 1)]
    public void Repository_ThatIsInOrder_Passes(string command, int overlays)
    {
        IReadOnlyList<PSObject> results = _fleet.Session.Invoke(command);

        Assert.Equal(overlays, results.Count);
        Assert.All(results, result => Assert.Equal(true, result.Properties["Passed"].Value));
    }

    [Fact]
    public void NewCluster_Passes()
    {
        _fleet.Session.Invoke("New-ClusterOverlay prod dc12a argocd.dc12a.prod.example.com");

        Assert.Empty(_fleet.Session.Invoke("Test-KustomizeOverlay apps | Where-Object { -not $_.Passed }"));
    }

    [Fact]
    public void BrokenOverlay_IsAResultThatHasNotPassed_WithPlaceAndRemedy()
    {
        string file = _fleet.Write("apps/system/overlays/prod/dc11b/argocd/kustomization.yaml", "resources:\n  - ../../argocd\n  - missing.yaml\n");

        IReadOnlyList<PSObject> failed = _fleet.Session.Invoke("Test-KustomizeOverlay apps | Where-Object { -not $_.Passed }");

        Assert.Equal("apps/system/overlays/prod/dc11b/argocd", Assert.Single(failed).Properties["Overlay"].Value);
        PSObject finding = Assert.Single(_fleet.Session.Invoke("(Test-KustomizeOverlay apps | Where-Object { -not $_.Passed }).Findings"));
        Assert.Equal("FileNotFound", finding.Properties["RuleId"].Value);
        Assert.Equal(file, finding.Properties["File"].Value);
        Assert.Equal(3, finding.Properties["Line"].Value);
        Assert.NotEqual("", finding.Properties["Remedy"].Value);
    }

    [Fact]
    public void Mistake_InASharedLayer_IsOneCause_OfEveryOverlayThatItReaches()
    {
        string file = "apps/system/overlays/prod/argocd/kustomization.yaml";
        _fleet.Write(file, _fleet.Files()[file] + "openapi:\n  path: gone.json\n");

        IReadOnlyList<PSObject> failed = _fleet.Session.Invoke("$r = Test-KustomizeOverlay apps | Where-Object { -not $_.Passed }; $r");
        IReadOnlyList<PSObject> causes = _fleet.Session.Invoke("$r.Findings | Where-Object -Not RepeatOf");

        Assert.Equal(2, failed.Count);
        Assert.Equal(
            failed.Select(result => (string)result.Properties["Overlay"].Value),
            (IEnumerable<string>)Assert.Single(causes).Properties["AffectedOverlays"].Value);
        Assert.Equal(2, _fleet.Session.Invoke("$r.Findings | Where-Object RuleId -EQ FileNotFound").Count);
    }

    [Fact]
    public void Clusters_WithTheSameHost_HaveFindings()
    {
        string file = "apps/system/overlays/prod/dc11b/argocd/kustomization.yaml";
        _fleet.Write(file, _fleet.Files()[file].Replace("argocd.dc11b.", "argocd.dc11a.", StringComparison.Ordinal));

        Assert.NotEmpty(_fleet.Session.Invoke("Test-KustomizeOverlay apps | Where-Object { -not $_.Passed }"));
    }

    [Fact]
    public void Rule_ThatDoesNotExist_IsRefusedByName()
    {
        ErrorRecord error = Assert.Single(_fleet.Session.Run("Test-KustomizeOverlay apps -ExcludeRule NoSuchRule").Errors);

        Assert.Equal(ErrorCategory.InvalidData, error.CategoryInfo.Category);
        Assert.Contains("'NoSuchRule'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Exclude_LeavesOut_AndSaysHowMany()
    {
        ScriptResult result = _fleet.Session.Run("Test-KustomizeOverlay apps -Exclude dc11?, nothing");

        Assert.Equal(["apps/system/overlays/dev/argocd"], result.Output.Select(overlay => overlay.Properties["Overlay"].Value));
        Assert.Contains("2 overlays left out by -Exclude", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(_fleet.Session.Run("Build-KustomizeOverlay apps -AsYaml -Exclude dc11?").Warnings);
    }

    [Fact]
    public void ExcludeOfTheSettings_HoldsForEverySearch()
    {
        string file = "apps/system/argobootstrap.yaml";
        _fleet.Write(file, _fleet.Files()[file].Replace("\nspec:\n", "\nspec:\n  exclude: [overlays/dev/**, prod/dc11a, dc11b]\n", StringComparison.Ordinal));

        Assert.Equal(2, _fleet.Session.Invoke("Build-KustomizeOverlay apps -AsYaml").Count);
        Assert.Contains("1 overlay left out by spec.exclude", Assert.Single(_fleet.Session.Run("Test-KustomizeOverlay apps").Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void FoldersNotCalledOverlays_AreTestedToo()
    {
        _fleet.Write("clusters/one/kustomization.yaml", "resources: []\nnamePrefix: x-\n");
        _fleet.Write("kustomization.yaml", "resources: [clusters/two]\n");
        _fleet.Write("clusters/two/kustomization.yaml", "configMapGenerator: [{name: x, literals: [a=b]}]\n");

        Assert.Equal(
            [".", "apps/system/overlays/dev/argocd", "apps/system/overlays/prod/dc11a/argocd", "apps/system/overlays/prod/dc11b/argocd", "clusters/one"],
            _fleet.Session.Invoke("Test-KustomizeOverlay .").Select(result => result.Properties["Overlay"].Value));
    }

    [Fact]
    public void Rules_AreCompleted() =>
        Assert.Contains("FileNotFound", _fleet.Session.Complete("Test-KustomizeOverlay apps -ExcludeRule File"));

    [Fact]
    public void EditedFile_IsSeenByTheNextCommand()
    {
        Assert.Empty(_fleet.Session.Invoke("Test-KustomizeOverlay apps | Where-Object { -not $_.Passed }"));
        _fleet.Write("apps/system/overlays/dev/argocd/kustomization.yaml", "resources: [gone.yaml]\n");

        Assert.Single(_fleet.Session.Invoke("Test-KustomizeOverlay apps | Where-Object { -not $_.Passed }"));
    }

    [Fact]
    public void FailOn_OfOverlaysThatPass_ChangesNothing() =>
        Assert.Equal(3, _fleet.Session.Invoke("Test-KustomizeOverlay apps -FailOn Warning").Count);

    [Fact]
    public void FailOn_EndsTheScriptAfterAllResults()
    {
        Break();

        ScriptResult result = _fleet.Session.Run("$ErrorActionPreference = 'Continue'; Test-KustomizeOverlay apps -FailOn Error; 'after'");

        Assert.Equal(3, result.Output.Count);
        ErrorRecord error = result.SingleError("OverlayTestFailed");
        Assert.Equal("1 of 3 overlays failed: 1 error, 0 warnings.", error.ToString());
        Assert.Equal(ErrorCategory.InvalidResult, error.CategoryInfo.Category);
        Assert.Equal(["apps/system/overlays/prod/dc11b/argocd"], Assert.IsType<string[]>(error.TargetObject));
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("Error", false)]
    [InlineData("Warning", true)]
    public void FailOn_CountsWhatIsAtLeastAsSevere(string severity, bool fails)
    {
        _fleet.Write("warned/kustomization.yaml", "commonLabels: {a: b}\nconfigMapGenerator: [{name: c, literals: [a=b]}]\n");

        ScriptResult result = _fleet.Session.Run($"Test-KustomizeOverlay warned -FailOn {severity}");

        Assert.Equal(fails, result.Errors.Count == 1);
        Assert.Single(result.Output);
    }

    [Fact]
    public void FailOn_OfAPathThatIsNoOverlay_Fails()
    {
        ScriptResult result = _fleet.Session.Run("Test-KustomizeOverlay apps, nowhere -FailOn Error");

        Assert.Equal(3, result.Output.Count);
        Assert.Equal(["FileNotFound", "OverlayTestFailed"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal("1 path could not be tested.", result.Errors[1].ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FailOn_GivesPwshItsExitCode(bool isFile)
    {
        Break();
        string script = _fleet.Write("check.ps1", $"Import-Module '{RepositoryRoot.Manifest}'\nTest-KustomizeOverlay apps -FailOn Error | Out-Null\n'after'\n");
        string[] arguments = isFile ? ["-File", script] : ["-Command", $". '{script}'"];

        (int exitCode, string output, _) = await PwshProcess.RunAsync(_fleet.Path, arguments);

        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("after", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-KustomizeOverlay ./apps")]
    [InlineData("(Test-KustomizeOverlay ./apps).Findings")]
    public async Task Pwsh_ShowsWhatWasFound_AsCompilersDo(string command)
    {
        Break();

        (_, string output, _) = await PwshProcess.RunAsync(
            _fleet.Path, new Dictionary<string, string> { ["COLUMNS"] = "80", ["NO_COLOR"] = "1" }, "-Command", $"Import-Module '{RepositoryRoot.Manifest}'; {command}");

        string text = string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            "apps/system/overlays/prod/dc11b/argocd/kustomization.yaml:3:5: error FileNotFound: 'missing.yaml', named under 'resources', does not exist. Correct the path",
            text,
            StringComparison.Ordinal);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 80));
    }

    [Fact]
    public async Task Pwsh_ShowsControlCharacters_AsEscapes()
    {
        _fleet.Write("apps/system/overlays/prod/dc11b/argocd/kustomization.yaml", "resources: [\"../../argo\\ecd\", \"../\\x07../argocd\"]\n");

        (_, string output, _) = await PwshProcess.RunAsync(
            _fleet.Path, new Dictionary<string, string> { ["NO_COLOR"] = "1" }, "-Command", $"Import-Module '{RepositoryRoot.Manifest}'; Test-KustomizeOverlay ./apps");

        Assert.Contains("../../argo\\u001Bcd", output, StringComparison.Ordinal);
        Assert.Contains("control character (U+0007)", string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.DoesNotContain(output, c => char.IsControl(c) && c is not ('\n' or '\r'));
    }

    [Fact]
    public async Task Pwsh_ShowsNothingCut_InNarrowTables()
    {
        // Without a terminal, PowerShell writes 80 columns.
        (_, string output, _) = await PwshProcess.RunAsync(
            _fleet.Path,
            new Dictionary<string, string> { ["NO_COLOR"] = "1" },
            "-Command",
            $"Import-Module '{RepositoryRoot.Manifest}'; Get-ClusterOverlay; Test-KustomizeOverlay ./apps | Format-Table");

        Assert.DoesNotContain('\u2026', output);
        Assert.Contains("Duration", output, StringComparison.Ordinal);
        Assert.Contains("argocd.dc11a.prod.example.com", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pwsh_ShowsAMistakeInYaml_InOnePiece()
    {
        _fleet.Write("apps/system/overlays/dev/argocd/kustomization.yaml", "resources:\n\t- x.yaml\n");

        (_, _, string errors) = await PwshProcess.RunAsync(
            _fleet.Path, new Dictionary<string, string> { ["NO_COLOR"] = "1" }, "-Command", $"Import-Module '{RepositoryRoot.Manifest}'; Build-KustomizeOverlay apps/system/overlays/dev/argocd");

        Assert.Contains("kustomization.yaml:2:1: Tabs cannot be used for indentation.", errors, StringComparison.Ordinal);
        Assert.Contains("Indent with spaces instead.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_CanBeFilteredFor()
    {
        Break();

        Assert.Equal(["1", "0"], _fleet.Session.Invoke("Test-KustomizeOverlay apps | Where-Object Errors -gt 0 | ForEach-Object { $_.Errors; $_.Resources }").Select(value => value.ToString()));
        Assert.Equal("apps/system/overlays/prod/dc11b/argocd/kustomization.yaml:3:5", _fleet.Session.Value<string>("(Test-KustomizeOverlay apps | Where-Object Errors -gt 0).Findings.Place"));
    }

    [Fact]
    public async Task FailOn_AsTheOnlyCommand_GivesPwshItsExitCode()
    {
        Break();

        (int exitCode, _, string errors) = await PwshProcess.RunCommandAsync(_fleet.Path, "Test-KustomizeOverlay ./apps -FailOn Error");

        Assert.Equal(1, exitCode);
        Assert.Contains("1 of 3 overlays failed", errors, StringComparison.Ordinal);
    }

    private void Break() => _fleet.Write("apps/system/overlays/prod/dc11b/argocd/kustomization.yaml", "resources:\n  - ../../argocd\n  - missing.yaml\n");

    [Fact]
    public async Task Console_ShowsEachOverlay()
    {
        (int exitCode, string output, string errors) = await PwshProcess.RunCommandAsync(_fleet.Path, "Test-KustomizeOverlay ./apps");

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Equal(3, output.Split('\n').Count(line => line.StartsWith("Passed  apps/", StringComparison.Ordinal)));
    }
}
