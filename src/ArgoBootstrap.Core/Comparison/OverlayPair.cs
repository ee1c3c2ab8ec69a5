using ArgoBootstrap.Core.Rendering;

namespace ArgoBootstrap.Core.Comparison;

/// <summary>What is compared with what.</summary>
/// <param name="Before">The first overlay; null where the overlay is new.</param>
/// <param name="After">The second overlay; null where the overlay is gone.</param>
public sealed record OverlayPair(OverlayTarget? Before, OverlayTarget? After)
{
    /// <summary>Whether the two are different overlays, not one at two times.</summary>
    public bool IsOtherOverlay => Before is not null && After is not null && Before.RelativePath != After.RelativePath;

    /// <summary>What the pair is called: the second overlay, the first where that is gone.</summary>
    public OverlayTarget Named => After ?? Before ?? throw new InvalidOperationException("A pair has at least one overlay.");

    /// <inheritdoc/>
    public override string ToString() => Named.RelativePath;
}
