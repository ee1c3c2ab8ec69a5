using System.Diagnostics;
using ArgoBootstrap.TestSupport;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.Core.Tests.Bootstrap;

/// <summary>A bootstrap in a process of its own, which can be killed.</summary>
internal static class BootstrapProcess
{
    private static readonly string Host = Path.Combine(AppContext.BaseDirectory, "ArgoBootstrap.BootstrapHost" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    /// <summary>Runs one to its end, or kills it once it has reported so many things.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="auditLog">Where it writes its audit log.</param>
    /// <param name="killAfter">How many lines it may write; null for all.</param>
    public static async Task<Outcome> RunAsync(TestCluster cluster, string auditLog, int? killAfter = null)
    {
        // What is killed must not keep the next one waiting; what is to end must not lose its lock to a machine that is busy.
        string lockSeconds = killAfter is null ? "15" : "1";
        string[] arguments = [ExampleRepositories.Example, "prod", "dc11a", cluster.WriteKubeConfig(), SharedData.PathOf("install.yaml"), auditLog, lockSeconds];
        using Process process = Process.Start(new ProcessStartInfo(Host, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        var lines = new List<string>();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lines.Add(line);
            if (lines.Count >= killAfter && !process.HasExited)
            {
                process.Kill();
            }
        }
        await process.WaitForExitAsync();
        string text = $"{string.Join('\n', lines)}\n{await error}";
        SecretScan.Collect("output of a bootstrap's process", text);
        return new Outcome(process.ExitCode, lines.Count, text);
    }

    internal sealed record Outcome(int ExitCode, int Lines, string Output);
}
