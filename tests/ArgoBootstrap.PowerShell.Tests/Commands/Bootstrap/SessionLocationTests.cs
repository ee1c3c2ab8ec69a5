using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

/// <summary>Relative paths of the environment count from the session's location, as those of parameters do, and not from the folder of the process.</summary>
public sealed class SessionLocationTests
{
    [Fact]
    public async Task Kubeconfig_and_audit_log_are_found_from_the_location()
    {
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.Combine("session"));
        Directory.CreateDirectory(folder.Combine("process"));
        File.Copy(cluster.WriteKubeConfig(), folder.Combine("session/config"));
        TestSupport.Secrets.SecretScan.IsInput(folder.Combine("session/config"));
        string script = $"""
            Import-Module '{RepositoryRoot.Manifest}'
            Set-Location '{folder.Combine("session")}'
            Register-ArgoRepository -Url https://example.org/r.git -Confirm:$false -ErrorAction SilentlyContinue | Out-Null
            (Get-BootstrapAuditLog | Select-Object -First 1).Record.Context
            """;
        folder.Write("run.ps1", script);
        Dictionary<string, string> environment = new() { ["KUBECONFIG"] = "./config", [AuditLogFile.Variable] = "logs/audit.jsonl" };

        (int ExitCode, string Output, string Errors) run = await PwshProcess.RunAsync(folder.Combine("process"), environment, "-File", folder.Combine("run.ps1"));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("test", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(folder.Combine("session/logs/audit.jsonl")), run.Output + run.Errors);
        Assert.False(Directory.Exists(folder.Combine("process/logs")));
    }
}
