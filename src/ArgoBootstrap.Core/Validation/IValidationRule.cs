using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Validation;

/// <summary>What validation looks for. Rules have no state: one instance serves all overlays at once.</summary>
public interface IValidationRule
{
    /// <summary>A stable name. <c>docs/rules/&lt;Id&gt;.md</c> describes the rule.</summary>
    string Id { get; }

    /// <summary>How much a finding matters unless the repository's settings say otherwise.</summary>
    DiagnosticSeverity Severity { get; }

    /// <summary>What the rule looks for, in one sentence.</summary>
    string Summary { get; }
}
