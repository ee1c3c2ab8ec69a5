using System.Diagnostics;

namespace ArgoBootstrap.Benchmarks.Clusters;

/// <summary>Runs the programs that are measured.</summary>
internal static class Programs
{
    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has its errors.</exception>
    public static async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment)
    {
        var info = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            info.Environment[name] = value;
        }
        using Process process = Process.Start(info)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed: {await error}");
    }
}
