using System.Diagnostics;
using System.Globalization;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Shell;

public sealed class ShellTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Command_PrintsATableThroughTheModulesView()
    {
        _folder.CreateFolder("apps/system/overlays");

        (int exitCode, string output, string errors) = await RunAsync("-Command", "Get-GitOpsRepository");

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Contains("Root", output, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
    }

    [Theory]
    [InlineData("throw 'broken'", "broken")]
    [InlineData("Get-GitOpsRepository /", "No GitOps repository")]
    [InlineData("No-SuchCommand; 'after'", "No-SuchCommand")]
    public async Task Command_WithAnError_WritesItToStandardErrorAndEndsWithOne(string command, string message)
    {
        (int exitCode, string output, string errors) = await RunAsync("-Command", command);

        Assert.Equal(1, exitCode);
        Assert.Contains(message, errors, StringComparison.Ordinal);
        Assert.DoesNotContain(message, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("try { throw 'caught' } catch { 'fine' }", 0)]
    [InlineData("No-SuchCommand -ErrorAction SilentlyContinue 2>$null", 1)]
    [InlineData("exit 7", 7)]
    [InlineData("No-SuchCommand; exit 0", 0)]
    public async Task Command_EndsWithTheExitCode(string command, int expected)
    {
        (int exitCode, _, _) = await RunAsync("-Command", command);

        Assert.Equal(expected, exitCode);
    }

    [Fact]
    public async Task File_GetsNamedAndPositionalArgumentsAndItsOwnFolder()
    {
        _folder.Write("script.ps1", "param([string]$Name, [switch]$Loud, [string]$Other) \"$Name $Loud $Other $PSScriptRoot\"");

        (int exitCode, string output, string errors) = await RunAsync("script.ps1", "-Loud", "-Name", "dc 11", "-Other:x");

        Assert.Equal("", errors);
        Assert.Equal(0, exitCode);
        Assert.Equal($"dc 11 True x {_folder.Path}", output.Trim());
    }

    [Fact]
    public async Task File_ThatExits_GivesItsCode()
    {
        _folder.Write("script.ps1", "param([int]$Code) exit $Code");

        (int exitCode, _, _) = await RunAsync("-File", "script.ps1", "5");

        Assert.Equal(5, exitCode);
    }

    [Fact]
    public async Task File_ThatIsNotPowerShell_IsNamedWithItsLine()
    {
        _folder.Write("script.ps1", "'fine'\nif (");

        (int exitCode, string output, string errors) = await RunAsync("-File", "script.ps1");

        Assert.Equal(1, exitCode);
        Assert.Equal("", output);
        Assert.StartsWith("script.ps1:2:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupt_StopsThePipeline()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Only a terminal can interrupt a process on Windows.");
        Assert.SkipWhen(IgnoresInterrupts(), "Whoever started the tests has interrupts ignored, as nohup and background jobs of scripts have, and every process inherits that.");
        // It ends by itself where the interrupt does not come, and the test fails then.
        using Process process = ShellProcess.Start(
            _folder.Path, "-Command", "$Host.UI.WriteLine('ready'); try { foreach ($i in 1..6000) { [Threading.Thread]::Sleep(10) } } finally { Set-Content cleaned.txt 'yes' }");
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));

        using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.True(File.Exists(_folder.Combine("cleaned.txt")));
    }

    [Theory]
    [InlineData("-NoSuchOption")]
    [InlineData("-Command")]
    [InlineData("-File")]
    public async Task CommandLine_ThatIsWrong_PrintsTheUsage(string argument)
    {
        (int exitCode, _, string errors) = await RunAsync(argument);

        Assert.Equal(64, exitCode);
        Assert.Contains("Usage:", errors, StringComparison.Ordinal);
    }

    private static bool IgnoresInterrupts()
    {
        const string Status = "/proc/self/status";
        const string Ignored = "SigIgn:";
        const int Interrupt = 2;
        string? mask = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) : null;
        return mask is not null && (ulong.Parse(mask[Ignored.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << (Interrupt - 1))) != 0;
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => ShellProcess.RunAsync(_folder.Path, arguments);
}
