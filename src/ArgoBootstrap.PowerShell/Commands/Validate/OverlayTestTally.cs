using ArgoBootstrap.Core.Validation;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.PowerShell.Commands.Validate;

/// <summary>Counts what a run of tests found.</summary>
internal sealed class OverlayTestTally
{
    private readonly List<(string Overlay, DiagnosticSeverity Worst)> _overlays = [];
    private int _errors;
    private int _warnings;

    /// <summary>Counts a result.</summary>
    /// <param name="result">The result.</param>
    public void Add(OverlayTestResult result)
    {
        _errors += result.Errors;
        _warnings += result.Warnings;
        _overlays.Add((result.Overlay, result.Errors > 0 ? DiagnosticSeverity.Error : result.Warnings > 0 ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information));
    }

    /// <summary>The overlays that something was found in.</summary>
    /// <param name="severity">The least severity that counts.</param>
    public string[] OverlaysWith(DiagnosticSeverity severity) => [.. _overlays.Where(overlay => overlay.Worst >= severity).Select(overlay => overlay.Overlay)];

    /// <summary>Why the run failed, in a sentence or two; <see langword="null"/> where it did not.</summary>
    /// <param name="severity">The least severity that counts.</param>
    /// <param name="unusablePaths">How many paths could not be tested.</param>
    public string? FailureOf(DiagnosticSeverity severity, int unusablePaths)
    {
        int failed = OverlaysWith(severity).Length;
        string found = failed == 0 ? "" : $"{failed} of {Count(_overlays.Count, "overlay")} failed: {Count(_errors, "error")}, {Count(_warnings, "warning")}.";
        string unusable = unusablePaths == 0 ? "" : $"{Count(unusablePaths, "path")} could not be tested.";
        string text = $"{found} {unusable}".Trim();
        return text.Length == 0 ? null : text;
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
