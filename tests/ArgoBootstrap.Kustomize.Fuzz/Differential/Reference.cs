using System.Diagnostics;

namespace ArgoBootstrap.Kustomize.Fuzz.Differential;

/// <summary>The real kustomize.</summary>
/// <param name="program">Path of the binary.</param>
internal sealed class Reference(string program)
{
    private const int Timeout = 30_000;

    /// <summary>What the binary prints for a folder; its error message when it fails.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="flags">Flags of <c>kustomize build</c>.</param>
    public Outcome Build(string folder, IReadOnlyList<string> flags)
    {
        var start = new ProcessStartInfo(program, ["build", .. flags, folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // One busy thread each: nothing in such small trees gains from more.
        start.Environment["GOMAXPROCS"] = "1";
        start.Environment["GOGC"] = "off";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Timeout))
        {
            process.Kill();
            return new Outcome(false, "timeout");
        }
        return process.ExitCode == 0
            ? new Outcome(true, output.Result.Replace("managed-by: kustomize-(devel)", "managed-by: kustomize-v5.8.1", StringComparison.Ordinal))
            : new Outcome(false, error.Result[Math.Max(0, error.Result.IndexOf("Error:", StringComparison.Ordinal))..]);
    }
}
