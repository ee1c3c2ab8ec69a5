using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Core.Validation.Applications;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Resources;

namespace ArgoBootstrap.Core.Validation;

/// <summary>What a rule may know about an overlay.</summary>
/// <param name="target">The overlay.</param>
/// <param name="rendered">What it renders to.</param>
/// <param name="settings">The repository's settings; defaults where there are none.</param>
public sealed class OverlayRuleContext(OverlayTarget target, RenderedOverlay rendered, GitOpsSettings settings)
{
    private IReadOnlyList<ApplicationSource>? _sources;

    /// <summary>The overlay.</summary>
    public OverlayTarget Target => target;

    /// <summary>The objects that it renders to, in the order in which they are printed.</summary>
    public IReadOnlyList<Resource> Resources => rendered.Resources;

    /// <summary>The repository's settings; defaults where there are none.</summary>
    public GitOpsSettings Settings => settings;

    /// <summary>The sources of every Argo CD Application among the objects.</summary>
    internal IReadOnlyList<ApplicationSource> ApplicationSources =>
        _sources ??= [.. Resources.Where(ApplicationSource.IsApplication).SelectMany(ApplicationSource.Of)];
}
