using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation;

/// <summary>A rule, for listings.</summary>
/// <param name="Id">The stable name, as in <see cref="Finding.RuleId"/> and the settings.</param>
/// <param name="Severity">How much a finding matters unless the settings say otherwise.</param>
/// <param name="Scope">What the rule looks at.</param>
/// <param name="Summary">What the rule looks for, in one sentence.</param>
public sealed record RuleInfo(string Id, DiagnosticSeverity Severity, RuleScope Scope, string Summary)
{
    /// <summary>The path of the document that describes the rule, from the root of the module's own repository.</summary>
    public string HelpPath => $"docs/rules/{Id}.md";

    /// <summary>Whether a repository's settings switched the rule off.</summary>
    public bool IsOff { get; init; }

    /// <summary>Overlays that the repository's settings spare, as path patterns.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Why the settings change the rule; <see langword="null"/> where they do not say.</summary>
    public string? Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}

/// <summary>What a rule looks at.</summary>
public enum RuleScope : long
{
    /// <summary>The files, while an overlay is rendered.</summary>
    Render,

    /// <summary>What one overlay renders to.</summary>
    Overlay,

    /// <summary>All clusters of a run together.</summary>
    Fleet,

    /// <summary>The repository's settings.</summary>
    Settings,
}
