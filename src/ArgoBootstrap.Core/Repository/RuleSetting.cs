using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Repository;

/// <summary>What a repository's settings say about one validation rule (<c>spec.rules</c>).</summary>
public sealed record RuleSetting
{
    /// <summary>The rule that is meant.</summary>
    public required string RuleId { get; init; }

    /// <summary>Whether the rule is switched off (<c>off</c>).</summary>
    public bool IsOff { get; init; }

    /// <summary><c>severity</c>: how much its findings matter; <see langword="null"/> where the rule decides.</summary>
    public DiagnosticSeverity? Severity { get; init; }

    /// <summary>
    /// <c>exclude</c>: overlays that the rule skips, as paths relative to the repository's root; <c>*</c> stands for
    /// anything within a segment, <c>**</c> for anything.
    /// </summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary><c>reason</c>: why the rule is changed; <see langword="null"/> where it is not said.</summary>
    public string? Reason { get; init; }

    /// <summary>Where the setting is written.</summary>
    public SourcePosition Position { get; init; } = SourcePosition.None;
}
