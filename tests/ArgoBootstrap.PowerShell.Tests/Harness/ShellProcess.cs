using System.Diagnostics;
using System.Reflection;
using ArgoBootstrap.TestSupport.Secrets;

namespace ArgoBootstrap.PowerShell.Tests.Harness;

/// <summary>Runs the console host as a process, with output and errors redirected and nothing to read.</summary>
internal static class ShellProcess
{
    private static string Assembly { get; } = RepositoryRoot.Combine(
        "src", "ArgoBootstrap.Shell", "bin", typeof(ShellProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Configuration").Value!, "net10.0", "ArgoBootstrap.Shell.dll");

    /// <summary>Runs it to the end.</summary>
    /// <param name="location">The folder to start it in.</param>
    /// <param name="arguments">Its command line.</param>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(string location, params string[] arguments) => RunAsync(location, new Dictionary<string, string>(), arguments);

    /// <summary>Runs it to the end.</summary>
    /// <param name="location">The folder to start it in.</param>
    /// <param name="environment">What is set in its environment beside that of the tests.</param>
    /// <param name="arguments">Its command line.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string location, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using Process process = Start("dotnet", ["exec", Assembly, .. arguments], location, environment);
        return await EndAsync(process);
    }

    /// <summary>Runs PowerShell itself to the end, which has the modules that the console host lacks.</summary>
    /// <param name="location">The folder to start it in.</param>
    /// <param name="environment">What is set in its environment beside that of the tests.</param>
    /// <param name="arguments">Its command line.</param>
    /// <returns><see langword="null"/> where there is no pwsh in the PATH.</returns>
    public static async Task<(int ExitCode, string Output, string Errors)?> RunPwshAsync(string location, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        try
        {
            using Process process = Start("pwsh", ["-NoProfile", "-NonInteractive", .. arguments], location, environment);
            return await EndAsync(process);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static async Task<(int ExitCode, string Output, string Errors)> EndAsync(Process process)
    {
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        SecretScan.Collect("output of the console host", await output + await errors);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Starts it.</summary>
    /// <param name="location">The folder to start it in.</param>
    /// <param name="arguments">Its command line.</param>
    public static Process Start(string location, params string[] arguments) => Start("dotnet", ["exec", Assembly, .. arguments], location, new Dictionary<string, string>());

    private static Process Start(string program, string[] arguments, string location, IReadOnlyDictionary<string, string> environment)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = location,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("COLUMNS");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
