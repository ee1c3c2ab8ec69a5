using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Shell;

/// <summary>The commands that pwsh has in modules and that the console host brings itself.</summary>
public sealed class ShellCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("3, 1, 2 | Sort-Object | Select-Object -First 2", "1\n2")]
    [InlineData("3, 1, 2, 1 | sort -Descending -Unique", "3\n2\n1")]
    [InlineData("1, 2, 3, 4 | select -Last 2 -Skip 1", "2\n3")]
    [InlineData("[pscustomobject]@{ A = 1; B = 2 } | Select-Object B, @{ n = 'C'; e = { $_.A + 4 } } | ConvertTo-Json -Compress", "{\"B\":2,\"C\":5}")]
    [InlineData("[pscustomobject]@{ A = 'x'; B = 2 } | Select-Object -ExpandProperty A", "x")]
    [InlineData("'a', 'b', 'a' | Group-Object | ForEach-Object { \"$($_.Name)=$($_.Count)\" }", "a=2\nb=1")]
    [InlineData("(1, 2, 3 | Measure-Object -Sum).Sum", "6")]
    [InlineData("Write-Output 1, 2; Write-Host 'three' 'four'", "1\n2\nthree four")]
    [InlineData("Set-Content x.txt 'a', 'b'; Get-Content x.txt; Test-Path x.txt; Test-Path y.txt; (ls).Name", "a\nb\nTrue\nFalse\nx.txt")]
    [InlineData("@{ a = @(1, $true, $null, 'x'); b = @{ c = 1.5 } } | ConvertTo-Json -Compress -Depth 4", "{\"a\":[1,true,null,\"x\"],\"b\":{\"c\":1.5}}", "{\"b\":{\"c\":1.5},\"a\":[1,true,null,\"x\"]}")]
    public async Task Pipelines_GetWhatTheyExpect(string command, params string[] oneOf)
    {
        (int exitCode, string output, string errors) = await ShellProcess.RunAsync(_folder.Path, "-Command", command);

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Contains(output.ReplaceLineEndings("\n").TrimEnd('\n'), oneOf);
    }

    [Fact]
    public async Task FormatTableAndList_ShowTheChosenProperties()
    {
        (int exitCode, string output, string errors) = await ShellProcess.RunAsync(
            _folder.Path, "-Command", "$o = [pscustomobject]@{ A = 1; B = 2; C = 3 }; $o | Format-Table B, C; $o | Format-List A");

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Equal(["B C", "- -", "2 3", "A : 1"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
