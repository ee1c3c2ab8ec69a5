using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation;

/// <summary>What validation found out about one overlay.</summary>
public sealed record OverlayTestResult
{
    /// <summary>What the overlay is called: its path from the repository's root, with forward slashes.</summary>
    public required string Overlay { get; init; }

    /// <summary>The absolute path of the overlay's folder; of the settings file for what is wrong with that.</summary>
    public required string Path { get; init; }

    /// <summary>The absolute path of the repository's root; <see langword="null"/> outside of a repository.</summary>
    public string? RepositoryRoot { get; init; }

    /// <summary>The environment, or <see langword="null"/> where the layout does not say.</summary>
    public string? Environment { get; init; }

    /// <summary>The cluster, or <see langword="null"/> for an environment's overlay or where the layout does not say.</summary>
    public string? Cluster { get; init; }

    /// <summary>Whether there is no finding of severity error.</summary>
    public bool Passed => Errors == 0;

    /// <summary>How many findings are errors.</summary>
    public int Errors => Count(DiagnosticSeverity.Error);

    /// <summary>How many findings are warnings.</summary>
    public int Warnings => Count(DiagnosticSeverity.Warning);

    /// <summary>What was found: errors first, then by file and line.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>How many objects the overlay renders to; 0 where it cannot be rendered.</summary>
    public int Resources { get; init; }

    /// <summary>How long rendering and checking took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The result for people: a line for the overlay, then what was found and no earlier result said.</summary>
    /// <param name="width">Characters in a line; a word that is longer stays whole.</param>
    public IReadOnlyList<string> ToLines(int width) => [.. FindingText.Of(this, width)];

    /// <inheritdoc/>
    public override string ToString() => $"{Overlay}: {(Passed ? "passed" : "failed")}, {Findings.Count} findings";

    private int Count(DiagnosticSeverity severity) => Findings.Count(finding => finding.Severity == severity);
}
