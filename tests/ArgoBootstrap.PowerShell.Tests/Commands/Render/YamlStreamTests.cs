using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Render;

/// <summary>What -AsYaml comes to in files and programs, which get a line break after each string.</summary>
public sealed class YamlStreamTests : IDisposable
{
    private const string Dc11a = "apps/system/overlays/prod/dc11a/argocd";
    private static readonly string[] Names = ["dev__argocd", "prod__dc11a__argocd", "prod__dc11b__argocd"];

    private readonly FleetFolder _fleet = new();

    public YamlStreamTests() => _fleet.Write("empty/kustomization.yaml", "resources: []\n");

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [InlineData($"Build-KustomizeOverlay {Dc11a} -AsYaml")]
    [InlineData($"Build-KustomizeOverlay {Dc11a}, empty -AsYaml")]
    [InlineData($"Build-KustomizeOverlay empty, {Dc11a} -AsYaml")]
    public void OneOverlay_HasTheBytesOfKustomize(string command) => Assert.Equal(Expected("prod__dc11a__argocd"), Written(command));

    [Theory]
    [InlineData("Build-KustomizeOverlay apps -AsYaml")]
    [InlineData("Build-KustomizeOverlay apps -AsYaml -ThrottleLimit 16")]
    [InlineData("Build-KustomizeOverlay apps/system/overlays/dev/argocd, empty, apps/system/overlays/prod -AsYaml")]
    [InlineData("'apps/system/overlays/dev/argocd', 'empty', 'apps/system/overlays/prod' | Build-KustomizeOverlay -AsYaml")]
    [InlineData("Build-KustomizeOverlay apps/system/overlays/* -AsYaml")]
    public void SeveralOverlays_AreOneStreamInTheirOrder(string command) => Assert.Equal(ExpectedStream(), Written(command));

    [Fact]
    public void OverlayThatFails_LeavesNoSeparatorBehind()
    {
        _fleet.Write("apps/system/overlays/dev/argocd/kustomization.yaml", "resources: [gone.yaml]\n");

        ScriptResult result = _fleet.Session.Run("Build-KustomizeOverlay apps -AsYaml");

        Assert.Single(result.Errors);
        Assert.Equal([false, true], result.Output.Select(text => text.ToString().StartsWith("---\n", StringComparison.Ordinal)));
    }

    [Fact]
    public void OverlayWithoutObjects_IsNothing() => Assert.Empty(_fleet.Session.Invoke("Build-KustomizeOverlay empty -AsYaml"));

    [Fact]
    public void LineBreaksAtTheEndOfTheLastValue_AreKept()
    {
        _fleet.Write("keep/kustomization.yaml", "resources: [thing.yaml]\n");
        _fleet.Write("keep/thing.yaml", "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t}\ntext: \"a\\n\\n\\n\"\n");
        _fleet.Session.Invoke("Build-KustomizeOverlay keep -OutputPath files");

        Assert.Equal(File.ReadAllText(Directory.EnumerateFiles(_fleet.Combine("files")).Single()), Written("Build-KustomizeOverlay keep -AsYaml"));
    }

    [Fact]
    public async Task FilesAndPrograms_GetTheBytesOfKustomize()
    {
        string script = _fleet.Write(
            "write.ps1",
            $"""
            Import-Module '{RepositoryRoot.Manifest}'
            Build-KustomizeOverlay {Dc11a} -AsYaml > redirected.yaml
            Build-KustomizeOverlay {Dc11a} -AsYaml | Set-Content set.yaml
            Build-KustomizeOverlay {Dc11a} -AsYaml | Out-File out.yaml
            Build-KustomizeOverlay apps -AsYaml > all.yaml
            Build-KustomizeOverlay empty -AsYaml > empty.yaml
            if (-not $IsWindows) {'{'} Build-KustomizeOverlay {Dc11a} -AsYaml | cat {'}'}
            """);

        (_, string output, string errors) = await PwshProcess.RunAsync(_fleet.Path, "-File", script);

        Assert.Equal("", errors);
        string one = Expected("prod__dc11a__argocd");
        Assert.All(["redirected.yaml", "set.yaml", "out.yaml"], file => Assert.Equal(Native(one), File.ReadAllText(_fleet.Combine(file))));
        Assert.Equal(ExpectedStream(), File.ReadAllText(_fleet.Combine("all.yaml")).ReplaceLineEndings("\n"));
        Assert.Equal(0, new FileInfo(_fleet.Combine("empty.yaml")).Length);
        Assert.Equal(OperatingSystem.IsWindows() ? "" : one, output);
    }

    private static string Expected(string name) => File.ReadAllText(RepositoryRoot.Combine("tests", "fixtures", "expected", "apps", $"system__overlays__{name}.yaml"));

    private static string ExpectedStream() => string.Join("---\n", Names.Select(Expected));

    /// <summary>The last line break is PowerShell's.</summary>
    private static string Native(string text) => text[..^1] + Environment.NewLine;

    /// <summary>What a file gets: every string with a line break.</summary>
    private string Written(string command) => string.Concat(_fleet.Session.Invoke(command).Select(text => $"{text}\n"));
}
