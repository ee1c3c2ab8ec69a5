using System.Globalization;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Rendering.Engines;
using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Resources;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Tests.Rendering.Engines;

public sealed class ProgramEngineTests : IDisposable
{
    private const string Program = "/opt/program";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(RenderEngine.Kustomize, "build")]
    [InlineData(RenderEngine.Kubectl, "kustomize")]
    public void Options_BecomeFlags(RenderEngine engine, string subcommand)
    {
        KustomizeOptions all = new() { LoadRestriction = LoadRestriction.None, Reorder = Reorder.None, EnableHelm = true, HelmCommand = "/opt/helm 4" };

        Assert.Equal([subcommand, "/overlay"], Start(engine, new KustomizeOptions { HelmCommand = "/opt/helm" }).Arguments);
        Assert.Equal([subcommand, "/overlay", "--load-restrictor=LoadRestrictionsNone", "--reorder=none", "--enable-helm", "--helm-command=/opt/helm 4"], Start(engine, all).Arguments);
    }

    [Fact]
    public void Git_ThatTheProgramStarts_NeitherAsksNorTakesAHooksRepository()
    {
        IReadOnlyDictionary<string, string?> environment = Start(RenderEngine.Kustomize, new KustomizeOptions()).Environment;

        Assert.Equal("0", environment["GIT_TERMINAL_PROMPT"]);
        Assert.All(new[] { "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE" }, name => Assert.Null(environment[name]));
    }

    [Fact]
    public void Output_IsPassedOnAsItIs_AndReadWithoutPlaces()
    {
        const string Printed = "# as printed\nkind:   ConfigMap\napiVersion: v1\nmetadata: {name: 'a'}\ndata:\n  text: |\n    ---\n    b\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: b\n";

        RenderedOverlay overlay = Render(new FixedProgram(Printed));

        Assert.Equal(Printed, overlay.ToYaml());
        using MemoryStream written = new();
        overlay.WriteYaml(written);
        Assert.Equal(Printed, System.Text.Encoding.UTF8.GetString(written.ToArray()));
        Assert.Equal(["ConfigMap a", "Namespace b"], overlay.Resources.Select(resource => $"{resource.Kind} {resource.Name}"));
        Assert.All(overlay.Resources, resource => Assert.Equal(SourcePosition.None, resource.Node.Position));
        Assert.Empty(overlay.Warnings);
    }

    [Fact]
    public void GeneratedObject_IsKnownByTheHashInItsName()
    {
        _folder.Write("kustomization.yaml", "configMapGenerator: [{name: settings, literals: [a=1, b=true, 'c=x: y']}]\nsecretGenerator: [{name: keys, literals: [a=1]}]\n");
        string printed = new KustomizeBuilder().Build(_folder.Path, Cancellation).ToYaml();

        Assert.Equal(["keys", "settings"], Render(new FixedProgram(printed)).Resources.Select(resource => resource.OriginalId.Name).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("settings", Render(new FixedProgram(printed.Replace("a: \"1\"", "a: \"2\"", StringComparison.Ordinal))).Resources.Select(resource => resource.OriginalId.Name));
    }

    [Fact]
    public void Nothing_IsRenderedToNothing() => Assert.Empty(Render(new FixedProgram("")).Resources);

    [Theory]
    [InlineData("just text\n", "'apiVersion'")]
    [InlineData("kind: Thing\n", "'apiVersion'")]
    [InlineData("a: [\n", "kustomize build printed something that is not a list of Kubernetes objects")]
    public void Output_ThatIsNoObjects_IsAnError(string printed, string message)
    {
        Diagnostic error = Assert.Single(Assert.Throws<KustomizeException>(() => Render(new FixedProgram(printed))).Diagnostics);

        Assert.Equal(ErrorIds.EngineFailed, error.Id);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains($"{Program} build {_folder.Path}", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Failure_NamesTheOverlaysFile_AndRepeatsWhatWasSaid()
    {
        string file = _folder.Write("kustomization.yml", "resources: []\n");

        Diagnostic error = Assert.Single(Assert.Throws<KustomizeException>(
            () => Render(new FixedProgram(error: "# Warning: 'bases' is deprecated. Use others.\nError: no such file\n", exitCode: 1))).Diagnostics);

        Assert.Equal((ErrorIds.EngineFailed, DiagnosticSeverity.Error, "kustomize build failed: no such file"), (error.Id, error.Severity, error.Message));
        Assert.Equal(file, error.Position.ToString());
    }

    [Fact]
    public void Failure_WithoutAReason_TellsTheExitCode() =>
        Assert.Contains("exit code 7", Assert.Throws<KustomizeException>(() => Render(new FixedProgram(exitCode: 7))).Message, StringComparison.Ordinal);

    [Fact]
    public void Program_ThatCannotBeStarted_IsAnErrorOfTheOverlay()
    {
        ProgramEngine engine = new(new ProgramCommand(RenderEngine.Kustomize, _folder.Combine("gone"), new KustomizeOptions()));

        KustomizeException error = Assert.Throws<KustomizeException>(() => engine.Build(_folder.Path, Cancellation));

        Assert.Equal(ErrorIds.EngineFailed, Assert.Single(error.Diagnostics).Id);
        Assert.Contains("gone", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_CheckWhatWasPrinted_WithTheOverlaysFileForAPlace()
    {
        string file = _folder.Write("kustomization.yaml", "resources: [secret.yaml]\n");
        FixedProgram program = new(
            "apiVersion: v1\nkind: Secret\nmetadata:\n  name: keys\nstringData:\n  key: value\n",
            "# Warning: 'vars' is deprecated. Please use 'replacements' instead.\nsomething else\n");

        OverlayTestResult result = Assert.Single(await new OverlayValidator(Engine(program)).TestAsync([_folder.Path], null, Cancellation).ToListAsync(Cancellation));

        Assert.Equal(["DeprecatedField", "EngineWarning", "SecretInRepository"], result.Findings.Select(finding => finding.RuleId).Order(StringComparer.Ordinal));
        Assert.All(result.Findings, finding => Assert.Equal(file, finding.File));
        Assert.Equal(1, Assert.Single(result.Findings, finding => finding.RuleId == "SecretInRepository").Line);
        Assert.Equal(1, result.Resources);
    }

    [Fact]
    public async Task Overlays_AreRenderedSeveralAtATime_AndOneThatFailsDoesNotStopTheOthers()
    {
        string meeting = _folder.CreateFolder("meeting");
        // Each waits for another one, and gives up in the end.
        string program = TestPrograms.StandIn(
            _folder.Combine("kustomize"),
            $"""
            touch '{meeting}'/$$
            for i in $(seq 600); do
              if [ $(ls '{meeting}' | wc -l) -ge 2 ]; then
                case $2 in *bad) echo 'Error: bad' >&2; exit 1;; esac
                printf 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: x\n'; exit 0
              fi
              sleep 0.1
            done
            exit 3
            """);
        OverlayTarget[] targets = [.. new[] { "good", "bad" }.Select(name => new OverlayTarget(_folder.CreateFolder(name), name, null, null))];

        IOverlayEngine engine = OverlayEngines.Create(RenderEngine.Kustomize, new KustomizeOptions(), program);
        List<OverlayRenderResult> results = await new OverlayRenderer(engine).RenderAsync(targets, 2, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(["good"], results.Where(result => result.Succeeded).Select(result => result.RelativePath));
        Assert.Equal("kustomize build failed: bad", Assert.Single(Assert.Single(results, result => !result.Succeeded).Diagnostics).Message);
    }

    [Fact]
    public async Task Stopping_EndsTheProgramAndItsChildren()
    {
        string pids = _folder.Combine("pids");
        string program = TestPrograms.StandIn(_folder.Combine("kustomize"), $"sleep 600 &\necho $$ $! > '{pids}.new'\nmv '{pids}.new' '{pids}'\nwait\n");
        IOverlaySession session = OverlayEngines.Create(RenderEngine.Kustomize, new KustomizeOptions(), program).BeginSession();
        using CancellationTokenSource stop = new();

        Task<RenderedOverlay> running = Task.Run(() => session.Build(_folder.Path, stop.Token), Cancellation);
        await Until(() => File.Exists(pids));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        foreach (string id in (await File.ReadAllTextAsync(pids, Cancellation)).Split())
        {
            await Until(() => id.Length == 0 || !IsRunning(int.Parse(id, CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void RealKustomize_PrintsWhatTheBuiltInEnginePrints_AndIsReadBack()
    {
        IOverlaySession session = OverlayEngines.Create(RenderEngine.Kustomize, new KustomizeOptions(), TestPrograms.KustomizeOrSkip()).BeginSession();
        foreach (OverlayTarget target in new OverlayDiscovery().Find(ExampleRepositories.Example, Cancellation))
        {
            RenderedOverlay expected = new KustomizeBuilder().Build(target.Path, Cancellation);
            RenderedOverlay actual = session.Build(target.Path, Cancellation);

            Assert.Equal(expected.ToYaml(), actual.ToYaml());
            Assert.Equal(expected.Root, actual.Root);
            Assert.Equal(expected.Resources.Select(resource => resource.Id), actual.Resources.Select(resource => resource.Id));
        }
    }

    [Theory]
    [InlineData(RenderEngine.Kustomize)]
    [InlineData(RenderEngine.Kubectl)]
    public void RealPrograms_TakeAllFlags_AndTheirErrorsAreRead(RenderEngine engine)
    {
        string program = engine == RenderEngine.Kubectl ? TestPrograms.KubectlOrSkip() : TestPrograms.KustomizeOrSkip();
        KustomizeOptions all = new()
        {
            LoadRestriction = LoadRestriction.None, Reorder = Reorder.None, EnableManagedByLabel = true,
            EnableHelm = true, HelmApiVersions = new ValueList<string>(["example.com/v1", "example.com/v2"]), HelmKubeVersion = "1.30.0", HelmDebug = true,
        };
        IOverlaySession session = OverlayEngines.Create(engine, all, program).BeginSession();
        string outside = _folder.Write("outside.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n");
        _folder.Write("overlay/kustomization.yaml", "resources: [../outside.yaml]\ncommonLabels: {a: b}\n");

        RenderedOverlay rendered = session.Build(_folder.Combine("overlay"), Cancellation);
        File.Delete(outside);
        string message = Assert.Single(Assert.Throws<KustomizeException>(() => session.Build(_folder.Combine("overlay"), Cancellation)).Diagnostics).Message;

        Assert.Equal("x", Assert.Single(rendered.Resources).Name);
        Assert.Contains("app.kubernetes.io/managed-by: kustomize-", rendered.ToYaml(), StringComparison.Ordinal);
        // What they say about deprecated flags is about nothing that the overlay could change.
        Assert.Equal(["DeprecatedField"], rendered.Warnings.Select(warning => warning.Id));
        Assert.StartsWith(engine == RenderEngine.Kubectl ? "kubectl kustomize failed: accumulating" : "kustomize build failed: accumulating", message, StringComparison.Ordinal);
        Assert.DoesNotContain("command failed", message, StringComparison.Ordinal);
    }

    private static async Task Until(Func<bool> isSo)
    {
        for (int i = 0; i < 600 && !isSo(); i++)
        {
            await Task.Delay(50, Cancellation);
        }

        Assert.True(isSo());
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using System.Diagnostics.Process process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static ProgramEngine Engine(FixedProgram program) => new(new ProgramCommand(RenderEngine.Kustomize, Program, new KustomizeOptions()), program);

    private static Kustomize.Processes.ProcessRequest Start(RenderEngine engine, KustomizeOptions options) => new ProgramCommand(engine, Program, options).For("/overlay");

    private RenderedOverlay Render(FixedProgram program) => Engine(program).BeginSession().Build(_folder.Path, Cancellation);
}
