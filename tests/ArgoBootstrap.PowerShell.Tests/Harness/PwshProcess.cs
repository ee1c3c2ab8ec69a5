using System.Diagnostics;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>Runs the pinned PowerShell as a process, with output and errors redirected and nothing to read.</summary>
internal static class PwshProcess
{
    /// <summary>Runs a command, with the module imported, to the end.</summary>
    /// <param name="location">The folder to start it in.</param>
    /// <param name="command">The command.</param>
    /// <param name="environment">What is set in its environment beside that of the tests.</param>
    public static Task<(int ExitCode, string Output, string Errors)> RunCommandAsync(string location, string command, IReadOnlyDictionary<string, string>? environment = null) =>
        RunAsync(location, environment ?? new Dictionary<string, string>(), "-Command", $"Import-Module '{RepositoryRoot.Manifest}'; {command}");

    /// <summary>Runs it to the end.</summary>
    /// <param name="location">The folder to start it in.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(string location, params string[] arguments) => RunAsync(location, new Dictionary<string, string>(), arguments);

    /// <summary>Runs it to the end.</summary>
    /// <param name="location">The folder to start it in.</param>
    /// <param name="environment">What is set in its environment beside that of the tests.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string location, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using Process process = Start(location, environment, arguments);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        SecretScan.Collect("output of PowerShell", await output + await errors);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Starts it.</summary>
    /// <param name="location">The folder to start it in.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Process Start(string location, params string[] arguments) => Start(location, new Dictionary<string, string>(), arguments);

    private static Process Start(string location, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        ProcessStartInfo start = PinnedPowerShell.Start(location, arguments);
        start.Environment.Remove("COLUMNS");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
