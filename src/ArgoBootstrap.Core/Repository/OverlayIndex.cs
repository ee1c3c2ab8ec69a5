using System.Collections.Concurrent;
using System.Diagnostics;

namespace ArgoBootstrap.Core.Repository;

/// <summary>
/// The overlays of a repository by name and by host, kept between calls. What others change is seen by the stamps of what
/// was read: a call costs a look at these, not reading everything again.
/// </summary>
internal sealed class OverlayIndex
{
    private const int KeptRepositories = 8;

    /// <summary>While one command runs on, looking for changes of others takes one part in so many of its time.</summary>
    private const int LookShare = 20;

    private static readonly ConcurrentDictionary<string, OverlayIndex> Kept = new(StringComparer.Ordinal);

    private readonly object _sync = new();
    private readonly GitOpsRepository _repository;
    private readonly Dictionary<string, ClusterOverlay> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Application, string Cluster), List<ClusterOverlay>> _byName = [];
    private readonly Dictionary<(string Application, string Host), List<ClusterOverlay>> _byHost = [];
    private readonly HashSet<(string Environment, string Application)> _withClusters = [];
    private ClusterOverlay[]? _sorted;
    private FileStamps? _stamps;
    private List<string> _tops = [];
    private long _looked;
    private TimeSpan _lookCost;

    private OverlayIndex(GitOpsRepository repository) => _repository = repository;

    /// <summary>The index of a repository.</summary>
    /// <param name="repository">The repository.</param>
    public static OverlayIndex Of(GitOpsRepository repository)
    {
        if (Kept.Count >= KeptRepositories && !Kept.ContainsKey(repository.Root))
        {
            Kept.Clear();
        }

        return Kept.GetOrAdd(repository.Root, _ => new OverlayIndex(repository));
    }

    /// <summary>All overlays, in the order of <see cref="OverlayCatalog.Overlays"/>.</summary>
    /// <param name="isContinued">Whether the command that asks has asked before: then it need not look for changes in every file each time; new clusters are seen at once.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IReadOnlyList<ClusterOverlay> All(bool isContinued, CancellationToken cancellationToken)
    {
        lock (_sync)
        {
            Refresh(isContinued, cancellationToken);
            return _sorted ??=
            [
                .. _byPath.Values
                    .OrderBy(o => o.Environment, StringComparer.Ordinal)
                    .ThenBy(o => o.Cluster is not null)
                    .ThenBy(o => o.Cluster, StringComparer.Ordinal)
                    .ThenBy(o => o.Application, StringComparer.Ordinal),
            ];
        }
    }

    /// <summary>Another overlay of the application whose cluster has the same name.</summary>
    /// <param name="overlay">The overlay that is to have the name.</param>
    /// <param name="isContinued">As for <see cref="All"/>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public ClusterOverlay? FindName(ClusterOverlay overlay, bool isContinued, CancellationToken cancellationToken) =>
        FindOther(_byName, (overlay.Application, overlay.Cluster!), overlay, isContinued, cancellationToken);

    /// <summary>Another overlay of the application that has the same host. What its environment's clusters share may have it: the cluster's own replaces it.</summary>
    /// <param name="overlay">The overlay that is to have the host.</param>
    /// <param name="isContinued">As for <see cref="All"/>.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public ClusterOverlay? FindHost(ClusterOverlay overlay, bool isContinued, CancellationToken cancellationToken) =>
        FindOther(_byHost, HostKey(overlay), overlay, isContinued, cancellationToken);

    /// <summary>Writes a cluster's overlay, and takes it up.</summary>
    /// <param name="overlay">The overlay.</param>
    /// <param name="file">Its kustomization file.</param>
    /// <param name="write">Writes the file.</param>
    public void Add(ClusterOverlay overlay, string file, Action write)
    {
        lock (_sync)
        {
            List<string> around = Around(file);
            FileStamps? stamps = _stamps;
            _stamps = null;
            bool isUndisturbed = stamps is not null && around.TrueForAll(stamps.IsCurrent);
            write();
            if (!isUndisturbed || !_withClusters.Contains((overlay.Environment, overlay.Application)))
            {
                // Somebody else changed something as well, or what the environment has is a shared layer from now on.
                return;
            }

            around.ForEach(stamps!.Renew);
            if (_byPath.TryGetValue(overlay.Path, out ClusterOverlay? replaced))
            {
                _byName[(replaced.Application, replaced.Cluster!)].Remove(replaced);
                _byHost.GetValueOrDefault(HostKey(replaced))?.Remove(replaced);
            }

            Take(overlay);
            _stamps = stamps;
        }
    }

    private static (string Application, string Host) HostKey(ClusterOverlay overlay) => (overlay.Application, overlay.IngressHost?.ToLowerInvariant() ?? "");

    private ClusterOverlay? FindOther<TKey>(Dictionary<TKey, List<ClusterOverlay>> index, TKey key, ClusterOverlay overlay, bool isContinued, CancellationToken cancellationToken)
        where TKey : notnull
    {
        lock (_sync)
        {
            Refresh(isContinued, cancellationToken);
            if (isContinued && Find() is not null)
            {
                // An overlay that is gone since must not keep its name.
                Refresh(isContinued: false, cancellationToken);
            }

            return Find();
        }

        ClusterOverlay? Find() => index.GetValueOrDefault(key)?.Find(other => other.Path != overlay.Path && (other.Cluster is not null || other.Environment != overlay.Environment));
    }

    private void Refresh(bool isContinued, CancellationToken cancellationToken)
    {
        if (_stamps is null)
        {
            Load(cancellationToken);
            return;
        }

        if (isContinued && Stopwatch.GetElapsedTime(_looked) < _lookCost * LookShare && _tops.TrueForAll(_stamps.IsCurrent))
        {
            return;
        }

        long started = Stopwatch.GetTimestamp();
        bool isCurrent = _stamps.AreCurrent(cancellationToken);
        _looked = Stopwatch.GetTimestamp();
        _lookCost = Stopwatch.GetElapsedTime(started, _looked);
        if (!isCurrent)
        {
            Load(cancellationToken);
        }
    }

    private void Load(CancellationToken cancellationToken)
    {
        _stamps = null;
        _sorted = null;
        _byPath.Clear();
        _byName.Clear();
        _byHost.Clear();
        _withClusters.Clear();
        FileStamps stamps = new();
        OverlayCatalog catalog = new(_repository, stamps.Add);
        IReadOnlyList<string> environments = catalog.Environments();
        _tops = [_repository.OverlaysPath, .. environments.Select(name => Path.Combine(_repository.OverlaysPath, name))];
        foreach (ClusterOverlay overlay in catalog.Overlays(environments, cancellationToken))
        {
            Take(overlay);
        }

        _stamps = stamps;
    }

    private void Take(ClusterOverlay overlay)
    {
        _sorted = null;
        _byPath[overlay.Path] = overlay;
        if (overlay.Cluster is not null)
        {
            _withClusters.Add((overlay.Environment, overlay.Application));
            Put(_byName, (overlay.Application, overlay.Cluster), overlay);
        }

        if (overlay.IngressHost is not null)
        {
            Put(_byHost, HostKey(overlay), overlay);
        }
    }

    private static void Put<TKey>(Dictionary<TKey, List<ClusterOverlay>> index, TKey key, ClusterOverlay overlay)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<ClusterOverlay>? list))
        {
            index.Add(key, list = new List<ClusterOverlay>(1));
        }

        list.Add(overlay);
    }

    /// <summary>The file and the folders around it, up to that of all overlays.</summary>
    private List<string> Around(string file)
    {
        List<string> around = [file];
        for (string? folder = Path.GetDirectoryName(file); folder is not null && folder.Length >= _repository.OverlaysPath.Length; folder = Path.GetDirectoryName(folder))
        {
            around.Add(folder);
        }

        return around;
    }
}
