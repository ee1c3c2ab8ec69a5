using System.Text.Json;

namespace ArgoBootstrap.Pester.Tests;

/// <summary>What came of one Pester test, as <c>Invoke-Suites.ps1</c> writes it.</summary>
/// <param name="Suite">The name of the suite's file.</param>
/// <param name="Name">The test's name, with those of the blocks around it.</param>
/// <param name="Result"><c>Passed</c>, <c>Failed</c>, <c>Skipped</c>, <c>NotRun</c> or <c>Inconclusive</c>.</param>
/// <param name="Reason">Why it failed or was skipped.</param>
/// <param name="Place">Where it failed.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record PesterResult(string Suite, string Name, string Result, string Reason, string Place, double Milliseconds)
{
    /// <summary>Reads the results of a run.</summary>
    /// <param name="path">The file that the run wrote.</param>
    public static IReadOnlyList<PesterResult> Read(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<PesterResult>(line)!)];
}
