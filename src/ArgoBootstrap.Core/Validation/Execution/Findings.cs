using System.Text.RegularExpressions;
using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Core.Validation.Execution;

/// <summary>Makes findings of what rendering and rules report.</summary>
internal static class Findings
{
    /// <summary>Makes a finding of a diagnostic. What keeps an overlay from being rendered is always an error.</summary>
    /// <param name="target">The overlay.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="rules">Says how much a warning matters.</param>
    /// <returns>The finding, or <see langword="null"/> where the rule does not count.</returns>
    public static Finding? Of(OverlayTarget target, Diagnostic diagnostic, RuleConfiguration rules)
    {
        DiagnosticSeverity? severity = diagnostic.Severity == DiagnosticSeverity.Error
            ? DiagnosticSeverity.Error
            : rules.SeverityOf(diagnostic.Id, diagnostic.Severity, target.RelativePath);
        return severity is null ? null : Make(target, diagnostic.Id, severity.Value, diagnostic.Message, diagnostic.Remedy, diagnostic.Position) with
        {
            OverlayChain = diagnostic.Chain.Count > 0 ? diagnostic.Chain : LayerChain.To(target.Path, diagnostic.Position.File.Path),
        };
    }

    /// <summary>Makes a finding of what breaks a rule.</summary>
    /// <param name="target">The overlay.</param>
    /// <param name="ruleId">The rule.</param>
    /// <param name="severity">How much it matters.</param>
    /// <param name="violation">What breaks it.</param>
    public static Finding Of(OverlayTarget target, string ruleId, DiagnosticSeverity severity, RuleViolation violation)
    {
        // What an object is made from is nearer than the overlay that has it.
        SourcePosition position = ReferenceEquals(violation.Position.File, SourceFile.Generated) && violation.Resource is { } owner ? owner.Node.Position : violation.Position;
        Finding finding = Make(target, ruleId, severity, violation.Message, violation.Remedy, position);
        return finding with
        {
            Resource = violation.Resource is { } resource ? ResourceReference.To(resource) : null,
            Cause = violation.Resource is { } named ? violation.Message.Replace(ResourceReference.To(named).ToString(), ResourceReference.ToOriginal(named).ToString(), StringComparison.Ordinal) : null,
            OverlayChain = LayerChain.To(target.Path, finding.File),
        };
    }

    /// <summary>Errors first, then by place.</summary>
    /// <param name="findings">Findings in any order.</param>
    public static IReadOnlyList<Finding> Sort(IEnumerable<Finding> findings) =>
    [
        .. findings
            .OrderByDescending(finding => finding.Severity)
            .ThenBy(finding => finding.File, StringComparer.Ordinal)
            .ThenBy(finding => finding.Line)
            .ThenBy(finding => finding.Column)
            .ThenBy(finding => finding.RuleId, StringComparer.Ordinal),
    ];

    /// <summary>Other places are named as the finding's own is: from the repository's root.</summary>
    private static string WithoutRoot(string text, OverlayTarget target) =>
        target.Repository is { Root: var root } && !Path.EndsInDirectorySeparator(root)
            ? Regex.Replace(text, $@"(?<![\w./\\:-]){Regex.Escape(VisibleText.Of(root + Path.DirectorySeparatorChar))}(?=[^\s/\\])", "", RegexOptions.CultureInvariant)
            : text;

    private static Finding Make(OverlayTarget target, string ruleId, DiagnosticSeverity severity, string message, string remedy, SourcePosition position)
    {
        // What no file holds was made by the overlay's own kustomization file, as far as a reader can tell.
        bool isGenerated = ReferenceEquals(position.File, SourceFile.Generated);
        return new Finding
        {
            RuleId = ruleId,
            Severity = severity,
            Message = WithoutRoot(message, target),
            Remedy = WithoutRoot(remedy, target),
            Overlay = target.RelativePath,
            Root = target.Repository?.Root,
            File = isGenerated ? GitOpsLayout.FindKustomization(target.Path) ?? target.Path : position.File.Path,
            Line = isGenerated ? 1 : position.Line,
            Column = isGenerated ? 1 : position.Column,
        };
    }
}
