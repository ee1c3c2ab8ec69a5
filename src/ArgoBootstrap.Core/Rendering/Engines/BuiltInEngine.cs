using ArgoBootstrap.Kustomize;

namespace ArgoBootstrap.Core.Rendering.Engines;

/// <summary>Renders overlays in process.</summary>
/// <param name="builder">Builds them; keeps what it parsed for the next session. A builder with kustomize's defaults when null.</param>
public sealed class BuiltInEngine(KustomizeBuilder? builder = null) : IOverlayEngine
{
    private readonly KustomizeBuilder _builder = builder ?? new KustomizeBuilder();

    /// <inheritdoc/>
    public IOverlaySession BeginSession() => new Session(_builder.BeginSession());

    private sealed class Session(KustomizeSession session) : IOverlaySession
    {
        public RenderedOverlay Build(string path, CancellationToken cancellationToken) => session.Build(path, cancellationToken);
    }
}
