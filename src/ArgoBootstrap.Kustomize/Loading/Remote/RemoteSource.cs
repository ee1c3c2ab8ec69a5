using System.Collections.Concurrent;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Everything that is not local, for all builds of a builder: what is fetched is kept, and parsed once for as long as it stays the same.</summary>
internal sealed class RemoteSource
{
    private const int MaximumEntries = 256;
    private readonly ConcurrentDictionary<string, SourceEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Makes a source.</summary>
    /// <param name="options">How remote things are fetched and kept.</param>
    public RemoteSource(RemoteOptions options)
    {
        Options = options;
        if (CacheDirectory.Locate(options) is CacheDirectory cache)
        {
            Cache = cache;
            Git = new GitRemoteSource(options, cache);
            Markers = new HttpCache(cache);
            Http = new HttpFileSource(options, Markers);
        }
    }

    /// <summary>How remote things are fetched and kept.</summary>
    public RemoteOptions Options { get; }

    /// <summary>Where they are kept; null when there is no place for it.</summary>
    public CacheDirectory? Cache { get; }

    /// <summary>Folders of repositories.</summary>
    public GitRemoteSource? Git { get; }

    /// <summary>Single files.</summary>
    public HttpFileSource? Http { get; }

    /// <summary>What is known of URLs.</summary>
    public HttpCache? Markers { get; }

    /// <summary>Files as builds see them: those given, and below the cache's folder those of the machine.</summary>
    /// <param name="files">The files given.</param>
    public IFileSystem Over(IFileSystem files) =>
        Cache is null || ReferenceEquals(files, PhysicalFileSystem.Instance) ? files : new CacheOverlayFileSystem(files, Cache);

    /// <summary>One consistent view: each ref and each URL is asked for once, however many overlays name it.</summary>
    public IRemoteSource BeginSession() => new RemoteSession(this);

    /// <summary>The error for a user without a place for a cache.</summary>
    /// <param name="position">Where something remote is named.</param>
    public static KustomizeException NoCache(SourcePosition position) => new(
        DiagnosticIds.RemoteUnavailable, "There is no folder to keep remote files in: the user has no home.", position,
        $"Name one in the environment variable {CacheDirectory.Variable} or in the option CacheDirectory.");

    /// <summary>The entry of a file: the one from before, if its content is still the same.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="content">The content now.</param>
    /// <param name="limits">Bounds on what is accepted.</param>
    public SourceEntry Entry(Uri url, byte[] content, YamlLimits limits)
    {
        string key = HttpFileSource.KeyOf(url);
        if (_entries.TryGetValue(key, out SourceEntry? known) && known.Content.AsSpan().SequenceEqual(content))
        {
            return known;
        }
        if (_entries.Count >= MaximumEntries)
        {
            _entries.Clear();
        }
        return _entries[key] = new SourceEntry(new SourceFile(UrlRedaction.Url(url.OriginalString)), content, limits);
    }
}
