using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands;

/// <summary>Cmdlets that work on several overlays at a time keep the order of their input.</summary>
public sealed class OrderTests : IDisposable
{
    private const int Overlays = 60;

    private readonly TemporaryFolder _folder = new();
    private readonly ModuleRunspace _session;

    public OrderTests()
    {
        _session = new ModuleRunspace(_folder.Path);
        foreach (int number in Enumerable.Range(0, Overlays))
        {
            // The first are by far the slowest.
            int objects = number < 3 ? 400 : 1;
            string list = string.Join(", ", Enumerable.Range(0, objects).Select(i => $"{{name: c{i}, literals: [a=b]}}"));
            _folder.Write($"o/o{number:00}/kustomization.yaml", $"configMapGenerator: [{list}]\n");
            _folder.Write($"other/o{number:00}/kustomization.yaml", "configMapGenerator: [{name: c0, literals: [a=c]}]\n");
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("Build-KustomizeOverlay o/o* -ThrottleLimit 8 | ForEach-Object { $_.PSOverlay.Path }")]
    [InlineData("Build-KustomizeOverlay o/o* -OutputPath rendered -ThrottleLimit 8 | ForEach-Object { $_.FullName -replace 'o\\.(o\\d+)\\.yaml$', '$1' }")]
    [InlineData("Test-KustomizeOverlay o/o* -ThrottleLimit 8 | ForEach-Object Path")]
    [InlineData("Compare-KustomizeOverlay o other -ThrottleLimit 8 | ForEach-Object Path")]
    public void Wildcards_AndFolders_AreSortedByPath(string command) =>
        Assert.Equal(Enumerable.Range(0, Overlays).Select(number => $"o{number:00}"), OverlaysOf(command));

    [Theory]
    [InlineData("Build-KustomizeOverlay -ThrottleLimit 8 | ForEach-Object { $_.PSOverlay.Path }")]
    [InlineData("Test-KustomizeOverlay -ThrottleLimit 8 | ForEach-Object Path")]
    public void Pipeline_KeepsItsOrder(string command)
    {
        int[] order = [.. Enumerable.Range(0, Overlays).OrderBy(number => number * 37 % Overlays)];

        Assert.Equal(order.Select(number => $"o{number:00}"), OverlaysOf($"{string.Join(", ", order.Select(number => $"'o/o{number:00}'"))} | {command}"));
    }

    [Fact]
    public void Errors_ComeInTheirTurn()
    {
        _folder.Write("o/o05/kustomization.yaml", "resources: [gone.yaml]\n");
        _folder.Write("o/o07/kustomization.yaml", "resources: [gone.yaml]\n");

        string[] messages = Names("Build-KustomizeOverlay (0..9 | ForEach-Object { \"o/o0$_\" }) -AsYaml *>&1 | ForEach-Object { $_ -is [string] ? 'yaml' : 'error' }");

        Assert.Equal(["yaml", "yaml", "yaml", "yaml", "yaml", "error", "yaml", "error", "yaml", "yaml"], messages);
    }

    [Fact]
    public void Result_IsWrittenBeforeTheInputEnds() =>
        Assert.Equal(
            "True",
            Assert.Single(Names(
                """
                $seen = 0
                $early = $false
                & { foreach ($i in 0..59) { 'o/o{0:00}' -f $i; if ($i -gt 3) { [System.Threading.Thread]::Sleep(10) }; if ($script:seen -gt 0) { $script:early = $true } } } |
                    Build-KustomizeOverlay -AsYaml | ForEach-Object { $script:seen++ }
                [string]$early
                """)));

    /// <summary>The last part of each path, once where the same one comes in succession.</summary>
    private string[] OverlaysOf(string command)
    {
        string[] names = [.. _session.Invoke(command).Select(path => Path.GetFileName(path.ToString())!)];
        return [.. names.Where((name, i) => i == 0 || names[i - 1] != name)];
    }

    private string[] Names(string command) => [.. _session.Run(command).Output.Select(value => value.ToString())];
}
