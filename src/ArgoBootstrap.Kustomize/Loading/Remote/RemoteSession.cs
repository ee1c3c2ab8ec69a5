using System.Collections.Concurrent;
using System.Text;
using ArgoBootstrap.Kustomize.Configuration;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;
using ArgoBootstrap.Kustomize.Schema;
using ArgoBootstrap.Kustomize.Yaml;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>What builds of one session see of the world outside: each ref and URL is asked for once. Failures are remembered as well. Safe for concurrent use.</summary>
/// <param name="source">What does the fetching.</param>
internal sealed class RemoteSession(RemoteSource source) : IRemoteSource
{
    private readonly ConcurrentDictionary<string, Known<HttpAnswer>> _files = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Url, string Ref, bool Submodules), Known<string>> _folders = new();
    private readonly KeyedLock _gates = new();
    private readonly UnreachableHosts _hosts = new();

    /// <inheritdoc/>
    public bool IsRemoteFile(string path) => TryUrl(path) is not null;

    /// <inheritdoc/>
    public SourceEntry? FetchFile(Located<string> url, YamlLimits limits, bool mayBeRepository, CancellationToken cancellation)
    {
        Uri address = TryUrl(url.Value) ?? throw new ArgumentException("It is not a URL of a file.", nameof(url));
        HttpFileSource http = source.Http ?? throw RemoteSource.NoCache(url.Position);
        RepositoryUrl? repository = mayBeRepository ? RepositoryUrl.TryParse(url.Value) : null;
        if (repository is not null && source.Markers!.IsRepository(HttpFileSource.KeyOf(address)))
        {
            return null;
        }
        HttpAnswer answer = Answer(address, http, limits, url.Position, cancellation);
        if (answer.Content is null)
        {
            // Servers do not answer with a file where a repository is: kustomize goes on to clone then, and so do we.
            return repository is not null ? null : throw Unavailable(url, address, answer);
        }
        SourceEntry entry = source.Entry(address, answer.Content, limits);
        return repository is not null && !HoldsObjects(entry) && IsRepository(repository, address, entry, url.Position, cancellation) ? null : entry;
    }

    /// <inheritdoc/>
    public RemoteFolder? Clone(Located<string> path, CancellationToken cancellation)
    {
        if (RepositoryUrl.TryParse(path.Value) is not RepositoryUrl url)
        {
            return null;
        }
        string repository;
        try
        {
            repository = Open(url, path.Position, cancellation);
        }
        catch (KustomizeException e) when (TryUrl(path.Value) is Uri file && _files.TryGetValue(file.OriginalString, out Known<HttpAnswer>? known) && known.Value?.Content is null)
        {
            // It was tried as a file first. Whoever meant one wants to know what came of that, unless no server was asked at all.
            string shown = UrlRedaction.Url(path.Value);
            throw new KustomizeException([.. e.Diagnostics.Select(d => d with
            {
                Message = known.Value?.Failure == RemoteFailure.NotCached
                    ? $"'{shown}' is not in the cache, and nothing may be fetched (RemoteCachePolicy CacheOnly)."
                    : $"'{shown}' is not a file that can be fetched ({known.Value?.Problem}), and not a repository either: {d.Message}",
            })]);
        }
        if (TryUrl(path.Value) is Uri address)
        {
            Mark(address);
        }
        return Inside(repository, url, path);
    }

    private static RemoteFolder Inside(string repository, RepositoryUrl url, Located<string> path)
    {
        string folder = Path.GetFullPath(url.Path.TrimStart('/'), repository);
        PhysicalFileSystem files = PhysicalFileSystem.Instance;
        string shown = UrlRedaction.Url(url.CloneUrl);
        if (!files.DirectoryExists(folder))
        {
            throw files.FileExists(folder)
                ? new KustomizeException(DiagnosticIds.WrongType, $"'{url.Path}' in the repository '{shown}' is a file, but a kustomization is a folder.", path.Position, "Name the folder that it is in.")
                : new KustomizeException(
                    DiagnosticIds.FileNotFound, $"There is no folder '{url.Path}' in the repository '{shown}'" + (url.Ref.Length == 0 ? "." : $" at '{url.Ref}'."), path.Position,
                    "Correct the path or the ref." + NameSuggestion.Sentence(Path.GetFileName(folder), files.ListNames(Path.GetDirectoryName(folder) ?? repository)));
        }
        string real = files.ResolveLinks(folder);
        return FileGate.IsInside(repository, real)
            ? new RemoteFolder(real, repository, GitRepositoryCache.IsCommit(url.Ref))
            : throw new KustomizeException(DiagnosticIds.OutsideRoot, $"'{url.Path}' leads out of the repository '{shown}'.", path.Position, "Name a folder of the repository.");
    }

    private string Open(RepositoryUrl url, SourcePosition position, CancellationToken cancellation)
    {
        GitRemoteSource git = source.Git ?? throw RemoteSource.NoCache(position);
        (string CloneUrl, string Ref, bool Submodules) key = (url.CloneUrl, url.Ref, url.Query.Submodules);
        using IDisposable mine = _gates.Enter($"git {key}", cancellation);
        if (!_folders.TryGetValue(key, out Known<string>? known))
        {
            _folders[key] = known = Known<string>.Of(() => git.Open(url, position, _hosts, cancellation));
        }
        return known.Value ?? throw known.At(position);
    }

    private HttpAnswer Answer(Uri address, HttpFileSource http, YamlLimits limits, SourcePosition position, CancellationToken cancellation)
    {
        using IDisposable mine = _gates.Enter("http " + address.OriginalString, cancellation);
        if (!_files.TryGetValue(address.OriginalString, out Known<HttpAnswer>? known))
        {
            _files[address.OriginalString] = known = Known<HttpAnswer>.Of(() => Fetch(address, http, limits, position, cancellation));
        }
        return known.Value ?? throw known.At(position);
    }

    private HttpAnswer Fetch(Uri address, HttpFileSource http, YamlLimits limits, SourcePosition position, CancellationToken cancellation)
    {
        try
        {
            return http.Fetch(address, limits.MaximumFileBytes, _hosts, cancellation);
        }
        catch (FileTooLongException e)
        {
            throw new KustomizeException(
                DiagnosticIds.LimitExceeded, $"'{UrlRedaction.Url(address.OriginalString)}' is too long: {e.Message}", position, "Name a smaller file, or raise MaximumFileBytes.");
        }
    }

    /// <summary>Whether what a server sent for a URL, which holds no objects, is the page of a repository rather than a file with a mistake.</summary>
    private bool IsRepository(RepositoryUrl repository, Uri address, SourceEntry entry, SourcePosition position, CancellationToken cancellation)
    {
        try
        {
            Open(repository, position, cancellation);
            Mark(address);
            return true;
        }
        catch (KustomizeException)
        {
            return IsPage(entry.Content);
        }
    }

    private void Mark(Uri address)
    {
        try
        {
            source.Markers!.MarkRepository(HttpFileSource.KeyOf(address));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next build asks once more.
        }
    }

    private static bool HoldsObjects(SourceEntry entry)
    {
        try
        {
            return entry.Resources(KubernetesSchema.Default) is not null;
        }
        catch (KustomizeException)
        {
            return false;
        }
    }

    private static bool IsPage(byte[] content)
    {
        string start = Encoding.Latin1.GetString(content, 0, Math.Min(content.Length, 512)).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return start.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase);
    }

    private KustomizeException Unavailable(Located<string> url, Uri address, HttpAnswer answer)
    {
        string remedy = answer.Failure switch
        {
            RemoteFailure.Network or RemoteFailure.Unreachable or RemoteFailure.NoAnswer or RemoteFailure.Timeout => $"Check the network and whether {address.Host} is up, or keep a copy of the file in the repository.",
            RemoteFailure.Authentication => $"Check what {address.Host} wants to know before it lets anybody read the file, or keep a copy of it in the repository.",
            RemoteFailure.UnknownHost => $"Correct the name {address.Host}, or check the network.",
            RemoteFailure.NotFound => "Correct the URL.",
            RemoteFailure.NotCached => $"Build once without RemoteCachePolicy CacheOnly where {address.Host} can be reached, or keep a copy of the file in the repository.",
            RemoteFailure.Local => "Name the address that everybody reaches it by, or use RemoteCachePolicy Revalidate if you trust this repository.",
            _ => "Open the URL in a browser to find out more, or keep a copy of the file in the repository.",
        };
        if (answer.Failure is RemoteFailure.Network or RemoteFailure.Unreachable or RemoteFailure.UnknownHost or RemoteFailure.NoAnswer or RemoteFailure.Timeout && source.Markers!.TryRead(HttpFileSource.KeyOf(address)) is not null)
        {
            remedy += " The file of an earlier build is in the cache: RemoteCachePolicy PreferCache builds with it.";
        }
        return new KustomizeException(
            DiagnosticIds.RemoteUnavailable, $"'{UrlRedaction.Url(url.Value)}' cannot be fetched from {address.Host}: {answer.Problem}.", url.Position, remedy);
    }

    /// <summary>The URL of a file, if a path is one.</summary>
    private static Uri? TryUrl(string path) =>
        (path.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https:", StringComparison.OrdinalIgnoreCase))
        && !path.Any(char.IsControl) && Uri.TryCreate(path, UriKind.Absolute, out Uri? url) && url.Host.Length > 0 && HasValidEscapes(path)
            ? url
            : null;

    private static bool HasValidEscapes(string path)
    {
        int question = path.IndexOf('?');
        ReadOnlySpan<char> rest = question < 0 ? path : path.AsSpan(0, question);
        while (rest.IndexOf('%') is int at and >= 0)
        {
            if (at + 2 >= rest.Length || !char.IsAsciiHexDigit(rest[at + 1]) || !char.IsAsciiHexDigit(rest[at + 2]))
            {
                return false;
            }
            rest = rest[(at + 3)..];
        }
        return true;
    }

    /// <summary>What came of something that is done once: a result, or the mistakes that everybody who asks is told, each at their own place. Being stopped is not a result.</summary>
    private sealed record Known<T>(T? Value, IReadOnlyList<Diagnostic> Problems)
        where T : class
    {
        public static Known<T> Of(Func<T> make)
        {
            try
            {
                return new Known<T>(make(), []);
            }
            catch (KustomizeException e)
            {
                return new Known<T>(null, e.Diagnostics);
            }
        }

        public KustomizeException At(SourcePosition position) => new([.. Problems.Select(d => d with { Position = position })]);
    }
}
