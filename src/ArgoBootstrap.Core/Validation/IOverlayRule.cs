namespace ArgoBootstrap.Core.Validation;

/// <summary>A rule about what one overlay renders to.</summary>
public interface IOverlayRule : IValidationRule
{
    /// <summary>
    /// Whether the rule also holds for layers that no cluster gets by itself (<see cref="Rendering.OverlayTarget.IsShared"/>).
    /// What such a layer leaves open is not a mistake: every cluster above it is checked.
    /// </summary>
    bool ChecksSharedLayers { get; }

    /// <summary>Looks at an overlay.</summary>
    /// <param name="context">What it renders to, and where it belongs.</param>
    /// <returns>What breaks the rule.</returns>
    IEnumerable<RuleViolation> Check(OverlayRuleContext context);
}
