using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

public sealed class GetBootstrapAuditLogTests : IDisposable
{
    // Written by the log itself, through the module's own assemblies: the chain of hashes is what it is about.
    private const string Fill = """
        param($path)
        $core, $engine = 'Core', 'Kustomize' | ForEach-Object { $name = "ArgoBootstrap.$_"; @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq $name })[-1] }
        $log = [Activator]::CreateInstance($core.GetType('ArgoBootstrap.Core.Auditing.AuditLog'), [object[]]@([Activator]::CreateInstance($engine.GetType('ArgoBootstrap.Kustomize.Redaction.SecretMasker')), $path))
        foreach ($line in @(
            @('2026-01-01T10:00:00Z', 'Install-ArgoCD', 'dc11a', 'Succeeded', 'first'),
            @('2026-01-02T10:00:00Z', 'Deploy-KustomizeOverlay', 'dc11a', 'Failed', 'second'),
            @('2026-01-03T10:00:00Z', 'Deploy-KustomizeOverlay', 'dc11b', 'Succeeded', 'third'))) {
            $record = [Activator]::CreateInstance($core.GetType('ArgoBootstrap.Core.Auditing.AuditRecord'))
            $type = $record.GetType()
            $type.GetProperty('Time').SetValue($record, [DateTimeOffset]::Parse($line[0]))
            $type.GetProperty('Cmdlet').SetValue($record, $line[1])
            $type.GetProperty('Context').SetValue($record, $line[2])
            $type.GetProperty('Target').SetValue($record, "overlay of $($line[2])")
            $type.GetProperty('Outcome').SetValue($record, [Enum]::Parse($core.GetType('ArgoBootstrap.Core.Auditing.AuditOutcome'), $line[3]))
            $type.GetProperty('Message').SetValue($record, $line[4])
            $type.GetProperty('CorrelationId').SetValue($record, "id-$($line[4])")
            $log.Append($record, [Threading.CancellationToken]::None)
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly ModuleRunspace _session;

    public GetBootstrapAuditLogTests()
    {
        _session = new ModuleRunspace(_folder.Path);
        _session.Invoke("$null = Get-ClusterOverlay -RepositoryPath $args[0]", RepositoryRoot.Path);
        _session.Invoke(Fill, Log);
    }

    private string Log => _folder.Combine("audit.jsonl");

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("", "first second third")]
    [InlineData("-Cmdlet deploy*", "second third")]
    [InlineData("-Context dc11a -Outcome Failed", "second")]
    [InlineData("-Outcome Failed, Stopped", "second")]
    [InlineData("-Target '*dc11b'", "third")]
    [InlineData("-Since 2026-01-02T00:00:00Z -Until 2026-01-02T23:00:00Z", "second")]
    [InlineData("-CorrelationId id-third", "third")]
    [InlineData("-User nobody*", "")]
    public void Filters(string parameters, string expected) =>
        Assert.Equal(expected, _session.Value<string>($"(Get-BootstrapAuditLog ./audit.jsonl {parameters} | ForEach-Object Message) -join ' '"));

    [Fact]
    public void Records_HaveTheirPropertiesAtHand()
    {
        Assert.Equal("Install-ArgoCD", _session.Value<string>("@(Get-BootstrapAuditLog ./audit.jsonl)[0].Cmdlet"));
        Assert.Equal(Environment.UserName, _session.Value<string>("@(Get-BootstrapAuditLog ./audit.jsonl)[0].User").Split('\\')[^1]);
        Assert.Equal(1, _session.Value<int>("@(Get-BootstrapAuditLog ./audit.jsonl)[0].Sequence"));
    }

    [Fact]
    public void Verify_OfAWholeLog_FindsNothing() => Assert.Equal(3, _session.Invoke("Get-BootstrapAuditLog ./audit.jsonl -Verify").Count);

    [Fact]
    public void Verify_TellsAChangedLine()
    {
        File.WriteAllText(Log, File.ReadAllText(Log).Replace("second", "nothing", StringComparison.Ordinal));

        ErrorRecord error = _session.Run("Get-BootstrapAuditLog ./audit.jsonl -Verify").SingleError("AuditLogTampered");

        Assert.Equal(ErrorCategory.SecurityError, error.CategoryInfo.Category);
        Assert.Equal($"{Log}:2", error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Verify_TellsLinesThatWereTakenOut()
    {
        File.WriteAllLines(Log, File.ReadLines(Log).Where(line => !line.Contains("second", StringComparison.Ordinal)).ToArray());
        _session.Run("Get-BootstrapAuditLog ./audit.jsonl -Verify").SingleError("AuditLogTampered");
    }

    [Fact]
    public void Verify_TellsALineThatWasNotFinished()
    {
        File.AppendAllText(Log, "{\"v\":1,\"seq\":4,\"ti");
        _session.Run("Get-BootstrapAuditLog ./audit.jsonl -Verify").SingleError("AuditLogIncomplete");
    }

    [Fact]
    public void AFileThatIsNotThere_IsAnError() => _session.Run("Get-BootstrapAuditLog ./none.jsonl").SingleError("FileNotFound");

    [Fact]
    public void Completes_WithWhatTheLogHas()
    {
        Assert.Equal(["dc11a", "dc11b"], _session.Complete("Get-BootstrapAuditLog -Path ./audit.jsonl -Context "));
        Assert.Equal(["Deploy-KustomizeOverlay"], _session.Complete("Get-BootstrapAuditLog -Path ./audit.jsonl -Cmdlet d"));
    }

    [Fact]
    public async Task Shows_ATable()
    {
        (int exitCode, string output, string errors) = await PwshProcess.RunCommandAsync(_folder.Path, "Get-BootstrapAuditLog ./audit.jsonl | Format-Table");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Matches("(?s)Time +Outcome +Cmdlet +Context +Message.*Succeeded +Install-ArgoCD +dc11a +first", output);
    }
}
