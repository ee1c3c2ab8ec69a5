using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Render;

/// <summary><c>-Engine</c>, with a program that stands in for kustomize everywhere, and with the real ones where they are.</summary>
public sealed class EngineTests : IDisposable
{
    private const string Dev = "apps/system/overlays/dev/argocd";
    private const string Printed = "# as printed\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {n: '1'}\n";

    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Fact]
    public void Output_IsGivenAsItIs_AndReadIntoObjects()
    {
        StandIn();
        _fleet.Write(Dev + "/printed.yaml", Printed);

        Assert.Equal(Printed, _fleet.Session.Value<string>($"Build-KustomizeOverlay {Dev} -AsYaml -Engine Kustomize -EngineCommand ./program") + "\n");
        Assert.Equal("1", _fleet.Session.Value<string>($"(Build-KustomizeOverlay {Dev} -Engine Kubectl -EngineCommand ./program).data.n"));
        _fleet.Session.Invoke($"Build-KustomizeOverlay {Dev} -Engine Kustomize -EngineCommand ./program -OutputPath out");
        Assert.Equal(Printed, File.ReadAllText(_fleet.Combine("out/dev.argocd.yaml")));
    }

    [Fact]
    public void Parameters_BecomeFlags_AndWarningsAreWarnings()
    {
        StandIn();
        _fleet.Write(Dev + "/printed.yaml", Printed);

        ScriptResult result = _fleet.Session.Run(
            $"Build-KustomizeOverlay {Dev} -AsYaml -Engine Kubectl -EngineCommand ./program -LoadRestrictor None -Reorder None -EnableManagedByLabel -EnableHelm -HelmCommand ./helm -HelmApiVersion a/v1, b/v1 -HelmKubeVersion 1.30.0 -HelmDebug");

        Assert.Empty(result.Errors);
        Assert.Equal(
            [
                "kustomize", _fleet.Combine(Dev), "--load-restrictor=LoadRestrictionsNone", "--reorder=none", "--enable-managedby-label", "--enable-helm",
                "--helm-command=" + _fleet.Combine("helm"), "--helm-api-versions=a/v1", "--helm-api-versions=b/v1", "--helm-kube-version=1.30.0", "--helm-debug",
            ],
            File.ReadAllLines(_fleet.Combine("program.log")));
        Assert.Contains("the program warns", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_IsAnErrorOfItsOverlay_AndTheOthersAreRendered()
    {
        StandIn();
        foreach (string overlay in new[] { "prod/dc11a/argocd", "prod/dc11b/argocd" })
        {
            _fleet.Write($"apps/system/overlays/{overlay}/printed.yaml", Printed);
        }

        ScriptResult result = _fleet.Session.Run("Build-KustomizeOverlay apps -AsYaml -Engine Kustomize -EngineCommand ./program");

        Assert.Equal(2, result.Output.Count);
        ErrorRecord error = result.SingleError("EngineFailed");
        Assert.Equal(ErrorCategory.NotSpecified, error.CategoryInfo.Category);
        Assert.Equal(_fleet.Combine(Dev + "/kustomization.yaml"), error.TargetObject);
        Assert.EndsWith("kustomize build failed: nothing to print", error.ErrorDetails.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Test_ChecksWhatWasPrinted_AndAFailureIsAFinding()
    {
        StandIn();
        _fleet.Write(Dev + "/printed.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: keys}\nstringData: {key: value}\n");

        string script = $"Test-KustomizeOverlay {Dev}, apps/system/overlays/prod/dc11a/argocd -Engine Kustomize -EngineCommand ./program | ForEach-Object Findings | ForEach-Object RuleId";

        Assert.Equal(["EngineFailed", "EngineWarning", "SecretInRepository"], _fleet.Session.Invoke(script).Select(id => id.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Compare_WithAnotherEngine_IsOfTheSameFiles()
    {
        StandIn();
        _fleet.Write("one/kustomization.yaml", "configMapGenerator: [{name: a, literals: [n=1], options: {disableNameSuffixHash: true}}]\n");
        _fleet.Write("one/printed.yaml", Printed);
        const string Command = "Compare-KustomizeOverlay one -DifferenceEngine Kustomize -DifferenceEngineCommand ./program";

        Assert.Empty(_fleet.Session.Invoke(Command));
        _fleet.Write("one/printed.yaml", Printed.Replace("'1'", "'2'", StringComparison.Ordinal));
        PSObject field = Assert.Single(_fleet.Session.Invoke($"({Command}).Fields"));

        Assert.Equal(("data.n", "\"1\"", "\"2\""), (field.Properties["Path"].Value, field.Properties["Before"].Value, field.Properties["After"].Value));
        Assert.Null(field.Properties["AfterSource"].Value);
        Assert.Empty(_fleet.Session.Invoke(Command + " -Engine Kustomize -EngineCommand ./program"));
    }

    [Fact]
    public void Compare_WithARevision_RendersBothSidesWithTheEngine()
    {
        StandIn();
        _fleet.Write("one/kustomization.yaml", "resources: []\n");
        _fleet.Write("one/printed.yaml", Printed);
        TestGit.Init(_fleet.Path);
        TestGit.Commit(_fleet.Path);
        _fleet.Write("one/printed.yaml", Printed.Replace("'1'", "'2'", StringComparison.Ordinal));

        Assert.Equal("data.n", Assert.Single(_fleet.Session.Invoke("(Compare-KustomizeOverlay one -Engine Kustomize -EngineCommand ./program).Fields")).Properties["Path"].Value);
    }

    [Theory]
    [InlineData($"Build-KustomizeOverlay {Dev} -Engine Kustomize -EngineCommand no-such-program-5c1e", "EngineNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData($"Test-KustomizeOverlay {Dev} -Engine Kubectl -EngineCommand ./gone", "EngineNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData($"Compare-KustomizeOverlay {Dev} -DifferenceEngine Kustomize -DifferenceEngineCommand ./gone", "EngineNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData($"Build-KustomizeOverlay {Dev} -EngineCommand kustomize", "EngineOptionNotSupported", ErrorCategory.InvalidArgument)]
    [InlineData($"Build-KustomizeOverlay {Dev} -Engine Kustomize -EngineCommand ./gone -RemoteCachePolicy CacheOnly", "EngineOptionNotSupported", ErrorCategory.InvalidArgument)]
    [InlineData($"Compare-KustomizeOverlay {Dev} -DifferenceEngineCommand kustomize", "EngineOptionNotSupported", ErrorCategory.InvalidArgument)]
    [InlineData($"Compare-KustomizeOverlay {Dev} -DifferenceEngine Kustomize -Revision HEAD", "NotComparable", ErrorCategory.InvalidArgument)]
    [InlineData($"Compare-KustomizeOverlay {Dev} {Dev} -DifferenceEngine Kustomize", "NotComparable", ErrorCategory.InvalidArgument)]
    public void Engine_ThatCannotDoWhatIsAsked_EndsTheCommand(string command, string id, ErrorCategory category)
    {
        ErrorRecord error = _fleet.Session.Run(command).SingleError(id);

        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.NotNull(error.TargetObject);
    }

    [Theory]
    [InlineData("Build-KustomizeOverlay x -Engine ")]
    [InlineData("Test-KustomizeOverlay x -Engine ")]
    [InlineData("Compare-KustomizeOverlay x -DifferenceEngine ")]
    public void Engines_AreCompleted(string line) => Assert.Equal(["BuiltIn", "Kubectl", "Kustomize"], _fleet.Session.Complete(line).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Stop_EndsTheProgram()
    {
        string pid = _fleet.Combine("pid");
        TestPrograms.StandIn(_fleet.Combine("program"), $"echo $$ > '{pid}.new'\nmv '{pid}.new' '{pid}'\nexec sleep 600\n");
        using System.Management.Automation.PowerShell pipeline = _fleet.Session.Create($"Build-KustomizeOverlay {Dev} -AsYaml -Engine Kustomize -EngineCommand ./program");

        IAsyncResult running = pipeline.BeginInvoke();
        await Until(() => File.Exists(pid));
        pipeline.Stop();

        Assert.Throws<PipelineStoppedException>(() => pipeline.EndInvoke(running));
        int id = int.Parse(await File.ReadAllTextAsync(pid, TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
        await Until(() => !Array.Exists(System.Diagnostics.Process.GetProcesses(), process => process.Id == id));
    }

    [Fact]
    public void RealKustomize_AgreesWithTheBuiltInEngine()
    {
        string program = TestPrograms.KustomizeOrSkip();

        Assert.Empty(_fleet.Session.Invoke("param($program) Compare-KustomizeOverlay apps -DifferenceEngine Kustomize -DifferenceEngineCommand $program", program));
        Assert.True(_fleet.Session.Value<bool>($"param($program) (Build-KustomizeOverlay {Dev} -AsYaml) -ceq (Build-KustomizeOverlay {Dev} -AsYaml -Engine Kustomize -EngineCommand $program)", program));
        Assert.Equal(3, _fleet.Session.Value<int>("param($program) @(Test-KustomizeOverlay apps -Engine Kustomize -EngineCommand $program | Where-Object Passed).Count", program));
    }

    [Fact]
    public void RealKubectl_Renders()
    {
        TestPrograms.KubectlOrSkip();

        Assert.Equal(
            _fleet.Session.Value<int>($"@(Build-KustomizeOverlay {Dev}).Count"),
            _fleet.Session.Value<int>($"@(Build-KustomizeOverlay {Dev} -Engine Kubectl).Count"));
    }

    private static async Task Until(Func<bool> isSo)
    {
        for (int i = 0; i < 600 && !isSo(); i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.True(isSo());
    }

    /// <summary>A program that keeps how it was started, and prints the file printed.yaml of the overlay, or fails where there is none.</summary>
    private void StandIn() => TestPrograms.StandIn(
        _fleet.Combine("program"),
        $"""
        printf '%s\n' "$@" > '{_fleet.Combine("program.log")}'
        if [ ! -f "$2/printed.yaml" ]; then echo 'Error: nothing to print' >&2; exit 1; fi
        echo 'the program warns' >&2
        cat "$2/printed.yaml"
        """);
}
