using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Rendering;

/// <summary>What came of rendering one overlay.</summary>
public sealed record OverlayRenderResult
{
    /// <summary>The overlay.</summary>
    public required OverlayTarget Target { get; init; }

    /// <summary>The absolute path of the overlay's folder.</summary>
    public string Path => Target.Path;

    /// <summary>What the overlay is called: its path from the repository's root, with forward slashes.</summary>
    public string RelativePath => Target.RelativePath;

    /// <summary>The objects, or <see langword="null"/> where the overlay cannot be rendered.</summary>
    public RenderedOverlay? Rendered { get; init; }

    /// <summary>What keeps the overlay from being rendered, or what kustomize warns of.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; init; } = [];

    /// <summary>How long rendering took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether the overlay was rendered.</summary>
    public bool Succeeded => Rendered is not null;
}
