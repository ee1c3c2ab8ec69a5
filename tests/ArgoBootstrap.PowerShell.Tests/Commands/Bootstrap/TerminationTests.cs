using System.Diagnostics;
using ArgoBootstrap.PowerShell.Tests.Harness;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.ApiServer;
using ArgoBootstrap.TestSupport.Faults;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Bootstrap;

/// <summary>A process that is asked to end while it changes a cluster, as a cancelled job is.</summary>
public sealed class TerminationTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task TheChangeIsStopped_AndItsAuditLineWritten(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        Assert.SkipWhen(signal == "HUP" && IgnoresHangups(), "Whoever started the tests has hangups ignored, as nohup has, and every process inherits that.");
        using TemporaryFolder folder = new();
        using SilentServer server = new();
        string config = folder.Write("config", KubeConfigText.Create(server.Address, PlantedSecrets.Create("a silent server")));
        SecretScan.IsInput(config);
        string log = folder.Combine("audit.jsonl");
        folder.Write("run.ps1", $"""
            Import-Module '{RepositoryRoot.Manifest}'
            $env:{AuditLogFile.Variable} = '{log}'
            Register-ArgoRepository -Url https://example.org/r.git -KubeConfigPath '{config}' -Confirm:$false
            'never reached'
            """);
        using Process process = PwshProcess.Start(folder.Path, "-File", folder.Combine("run.ps1"));
        process.StandardInput.Close();
        while (server.Connections == 0 && !process.HasExited)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        using (Process kill = Process.Start("kill", ["-s", signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.NotEqual(0, process.ExitCode);
        Assert.DoesNotContain("never reached", output, StringComparison.Ordinal);
        string line = Assert.Single(await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken));
        Assert.Contains("\"outcome\":\"Stopped\"", line, StringComparison.Ordinal);
        Assert.Contains($"stopped by SIG{signal}", line, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task TheLock_IsReleased()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such signals.");
        const string lease = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/argobootstrap";
        TaskCompletionSource isHeld = new();
        ApiServerOptions options = new()
        {
            // Once the lock is taken, no write but its own is answered.
            Interceptor = async context =>
            {
                if (context.Request.Method == "GET" || context.Request.Path.Value!.Contains("/leases", StringComparison.Ordinal) || context.Request.Path.Value.Contains("reviews", StringComparison.Ordinal) || context.Request.Query.ContainsKey("dryRun"))
                {
                    return false;
                }

                isHeld.TrySetResult();
                await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, context.RequestAborted);
                return true;
            },
        };
        using TemporaryFolder folder = new();
        await using ClusterFixture cluster = await ClusterFixture.StartAsync(options);
        cluster.Write("install.yaml", ArgoCDManifest.Create());
        string log = cluster.Combine("audit.jsonl");
        string script = cluster.Write("run.ps1", $"""
            Import-Module '{RepositoryRoot.Manifest}'
            $env:{AuditLogFile.Variable} = '{log}'
            Invoke-GitOpsBootstrap prod dc11a -RepositoryPath '{RepositoryRoot.Path}' -KubeConfigPath '{cluster.KubeConfig}' -ManifestPath '{cluster.Combine("install.yaml")}' -Confirm:$false
            'never reached'
            """);
        using Process process = PwshProcess.Start(folder.Path, "-File", script);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Task.WhenAny(isHeld.Task, process.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.False(process.HasExited, process.HasExited ? await output : "");
        Assert.NotNull(await cluster.GetAsync(lease));

        using (Process kill = Process.Start("kill", ["-s", "TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain("never reached", await output, StringComparison.Ordinal);
        Assert.Null(await cluster.GetAsync(lease));
        Assert.Contains(await File.ReadAllLinesAsync(log, TestContext.Current.CancellationToken), line => line.Contains("stopped by SIGTERM", StringComparison.Ordinal));
    }

    [Fact(Timeout = 120_000)]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public async Task Helm_DoesNotOutliveAProcessThatIsKilled()
    {
        Assert.SkipUnless(File.Exists("/bin/sh"), "There is no /bin/sh.");
        using TemporaryFolder folder = new();
        await using InProcessCluster cluster = await InProcessCluster.StartAsync();
        string pidFile = folder.Combine("helm.pid");
        string helm = folder.Write("helm", $"#!/bin/sh\necho $$ > '{pidFile}.new' && mv '{pidFile}.new' '{pidFile}'\nexec sleep 600\n");
        File.SetUnixFileMode(helm, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        folder.Write("fleet-crd/Chart.yaml", "apiVersion: v2\nname: fleet-crd\nversion: 0.14.0\n");
        folder.Write("fleet/Chart.yaml", "apiVersion: v2\nname: fleet\nversion: 0.14.0\n");
        folder.Write("run.ps1", $"""
            Import-Module '{RepositoryRoot.Manifest}'
            $env:{AuditLogFile.Variable} = './audit.jsonl'
            Install-Fleet -ChartPath ./fleet -DefinitionChartPath ./fleet-crd -HelmCommand ./helm -KubeConfigPath '{cluster.WriteKubeConfig()}' -Confirm:$false
            """);
        using Process process = PwshProcess.Start(folder.Path, "-File", folder.Combine("run.ps1"));
        process.StandardInput.Close();
        while (!File.Exists(pidFile) && !process.HasExited)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.False(process.HasExited, "The command has ended before helm was started.");
        using Process child = Process.GetProcessById(int.Parse(await File.ReadAllTextAsync(pidFile, TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture));
        process.Kill(entireProcessTree: false);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        // The test's own time limit is the only one: a watch that does not work lets it sleep for ten minutes.
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.HasExited);
    }

    private static bool IgnoresHangups()
    {
        const string Status = "/proc/self/status";
        const string Ignored = "SigIgn:";
        string? mask = File.Exists(Status) ? File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) : null;
        return mask is not null && (Convert.ToUInt64(mask[Ignored.Length..].Trim(), 16) & 1) != 0;
    }
}
