using System.Diagnostics;

namespace ArgoBootstrap.Pester.Tests;

/// <summary>One run of the suites in a PowerShell of its own.</summary>
/// <param name="version">The version of Pester.</param>
/// <param name="manifest">The manifest of that Pester.</param>
internal sealed class PesterRun(string version, string manifest)
{
    /// <summary>The version of Pester.</summary>
    public string Version => version;

    /// <summary>Runs the suites.</summary>
    /// <param name="cancellationToken">Ends PowerShell with all that it started.</param>
    /// <returns>What came of each test. A run that ends without results is one failed test.</returns>
    public async Task<IReadOnlyList<PesterResult>> ExecuteAsync(CancellationToken cancellationToken)
    {
        string results = Path.Combine(Path.GetTempPath(), $"argobootstrap-pester-{Guid.NewGuid():N}.jsonl");
        string suites = Path.Combine(RepositoryFiles.Root, "tests", "Pester", "Invoke-Suites.ps1");
        using Process process = Process.Start(PinnedPowerShell.Start(RepositoryFiles.Root, "-File", suites, "-PesterManifest", manifest, "-ResultPath", results))!;
        try
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            string said = await output + await errors;
            IReadOnlyList<PesterResult> found = File.Exists(results) ? PesterResult.Read(results) : [];
            bool isExplained = process.ExitCode == 0 ? found.Count > 0 : found.Any(r => r.Result == "Failed");
            return isExplained ? found : [.. found, new PesterResult("Invoke-Suites.ps1", "The run ends with its results", "Failed", $"PowerShell ended with {process.ExitCode}: {said}", "", 0)];
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        finally
        {
            File.Delete(results);
        }
    }
}
