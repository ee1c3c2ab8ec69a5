using ArgoBootstrap.Kustomize.Accumulation;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;
using ArgoBootstrap.Kustomize.Loading.Remote;

namespace ArgoBootstrap.Kustomize;

/// <summary>
/// Does what <c>kustomize build</c> 5.8 does, in process. Keeps what files and layers came to between builds; a file's content
/// is compared in every session, so an edited file is always seen. Safe for concurrent use.
/// </summary>
public sealed class KustomizeBuilder
{
    private readonly KustomizeOptions _options;
    private readonly SourceCache _sources;
    private readonly RemoteSource _remotes;
    private readonly LayerCache _layers = new();

    /// <summary>Makes a builder.</summary>
    /// <param name="options">How overlays are built; kustomize's defaults when null.</param>
    public KustomizeBuilder(KustomizeOptions? options = null)
    {
        _options = options ?? new KustomizeOptions();
        _remotes = new RemoteSource(_options.Remote);
        _sources = new SourceCache(_remotes.Over(_options.Files), _options.Limits, _options.MaximumCachedBytes);
    }

    /// <summary>Builds one kustomization, as its files are now.</summary>
    /// <param name="path">Path of its folder.</param>
    /// <param name="cancellation">Stops the build.</param>
    /// <exception cref="KustomizeException">It cannot be built; every independent mistake is named.</exception>
    public RenderedOverlay Build(string path, CancellationToken cancellation = default) => BeginSession().Build(path, cancellation);

    /// <summary>Begins a session for many builds that see the same files: each file is looked at once, each shared layer is accumulated once.</summary>
    public KustomizeSession BeginSession() => new(new BuildSession(_options, _sources, _layers, _remotes.BeginSession()));
}
