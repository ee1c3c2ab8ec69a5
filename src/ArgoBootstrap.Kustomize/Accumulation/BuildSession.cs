using System.Collections.Concurrent;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading;

namespace ArgoBootstrap.Kustomize.Accumulation;

/// <summary>
/// Builds that share one view of the files. A layer that several overlays have below them is accumulated once; layers of
/// earlier sessions are taken over when everything that they looked at is still the same. Safe for concurrent use.
/// </summary>
internal sealed class BuildSession
{
    private readonly ConcurrentDictionary<LayerKey, Lazy<LayerOutcome>> _layers = new();
    private readonly LayerCache _earlier;
    private readonly CycleCheck _cycles;

    /// <summary>Makes a session.</summary>
    /// <param name="options">How overlays are built.</param>
    /// <param name="sources">The files.</param>
    /// <param name="earlier">Layers of earlier sessions.</param>
    /// <param name="remotes">Fetches what is not local.</param>
    public BuildSession(KustomizeOptions options, SourceCache sources, LayerCache earlier, IRemoteSource remotes)
    {
        Options = options;
        Sources = new SourceSession(sources);
        Remotes = remotes;
        _earlier = earlier;
        _cycles = new CycleCheck(this);
    }

    /// <summary>How overlays are built.</summary>
    public KustomizeOptions Options { get; }

    /// <summary>The files.</summary>
    public SourceSession Sources { get; }

    /// <summary>Fetches what is not local.</summary>
    public IRemoteSource Remotes { get; }

    /// <summary>Finds out whether a root leads back to itself, before it is accumulated.</summary>
    /// <param name="chain">The root.</param>
    /// <param name="repository">Real path of the clone that it lies in, or null.</param>
    /// <exception cref="KustomizeException">It does.</exception>
    public void CheckCycles(Chain chain, string? repository) => _cycles.Check(chain, repository);

    /// <summary>Which files a kustomization may read. What comes from elsewhere never gets at the files of this machine, whatever is allowed to local ones.</summary>
    /// <param name="root">Real path of its folder.</param>
    /// <param name="repository">Real path of the clone that it lies in, or null.</param>
    public FileGate Gate(string root, string? repository) => new(root, repository is null ? Options.LoadRestriction : LoadRestriction.RootOnly);

    /// <summary>The layer of a kustomization, accumulated by whoever asks first.</summary>
    /// <param name="target">The kustomization, as seen from the one that names it.</param>
    /// <exception cref="KustomizeException">It cannot be accumulated.</exception>
    public Layer GetLayer(LayerTarget target)
    {
        // What depends on who asks is not shared: origins are relative to the root, a schema brought along changes merging.
        if (target.Origin is not null || target.ChosenSchema is not null)
        {
            return new KustomizationAccumulator(this, target).ToLayer();
        }
        var key = new LayerKey(target.Root, target.Repository, "");
        Layer layer = Shared(key, target);
        return layer.DependsOnNamespace && target.ParentNamespace.Length > 0
            ? Shared(key with { ParentNamespace = target.ParentNamespace }, target)
            : layer;
    }

    private Layer Shared(LayerKey key, LayerTarget target)
    {
        LayerTarget asked = target with { ParentNamespace = key.ParentNamespace };
        if (key.Repository is not null)
        {
            // Whether remote bases lead to each other is known only when they are fetched: nobody waits for them, they are accumulated again.
            return _layers.TryGetValue(key, out Lazy<LayerOutcome>? done)
                ? done.Value.Layer()
                : _layers.GetOrAdd(key, new Lazy<LayerOutcome>(Accumulate(key, asked))).Value.Layer();
        }
        while (true)
        {
            Lazy<LayerOutcome> outcome = _layers.GetOrAdd(key, _ => new Lazy<LayerOutcome>(() => Accumulate(key, asked)));
            try
            {
                return outcome.Value.Layer();
            }
            catch (OperationCanceledException) when (!target.Cancellation.IsCancellationRequested)
            {
                // Whoever began this layer was stopped, not the one who waited for it.
                _layers.TryRemove(new KeyValuePair<LayerKey, Lazy<LayerOutcome>>(key, outcome));
            }
            catch (OperationCanceledException)
            {
                _layers.TryRemove(new KeyValuePair<LayerKey, Lazy<LayerOutcome>>(key, outcome));
                throw;
            }
        }
    }

    private LayerOutcome Accumulate(LayerKey key, LayerTarget target)
    {
        if (_earlier.TryGet(key, Sources) is Layer known)
        {
            return new LayerOutcome(known, null);
        }
        try
        {
            Layer layer = new KustomizationAccumulator(this, target).ToLayer();
            if (target.Chain.Parent is not null)
            {
                // What only a root comes to is not kept: nothing stands on it, and a fleet has hundreds of roots.
                _earlier.Put(key, layer);
            }
            return new LayerOutcome(layer, null);
        }
        catch (KustomizeException e)
        {
            return new LayerOutcome(null, e.Diagnostics);
        }
    }

    /// <summary>A layer, or why there is none; everybody who asks gets the same answer.</summary>
    private sealed record LayerOutcome(Layer? Result, IReadOnlyList<Diagnostic>? Failure)
    {
        public Layer Layer() => Result ?? throw new KustomizeException(Failure!);
    }
}
