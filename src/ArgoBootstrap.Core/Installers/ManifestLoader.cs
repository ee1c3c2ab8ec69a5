using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Repository;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Installers;

/// <summary>Reads manifests from files and https addresses. What was downloaded is kept, by address and checksum, and serves when the address cannot be reached.</summary>
public sealed class ManifestLoader : IDisposable
{
    /// <summary>The largest manifest that is read, in bytes. Argo CD's has about 2 million.</summary>
    public const int MaximumBytes = 32 << 20;

    private const int MaxRedirects = 5;
    private const int MaxAttempts = 4;
    private readonly HttpClient _client;
    private readonly string _cache;
    private readonly TimeSpan _delay;
    private readonly TimeSpan _attemptTimeout;
    private volatile Manifest? _latest;

    /// <summary>Makes a loader.</summary>
    /// <param name="cacheFolder">Where downloads are kept; empty for <c>ArgoBootstrap/manifests</c> in the user's local application data.</param>
    /// <param name="handler">Sends the requests; it must not follow redirects. One with the system's proxy when null.</param>
    /// <param name="retryDelay">The wait before the first retry; it doubles. Half a second when null.</param>
    /// <param name="attemptTimeout">How long one try may take, its content included. A minute when null.</param>
    public ManifestLoader(string cacheFolder = "", HttpMessageHandler? handler = null, TimeSpan? retryDelay = null, TimeSpan? attemptTimeout = null)
    {
        _client = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, Proxy = new Clusters.Access.EnvironmentProxy(), AutomaticDecompression = DecompressionMethods.All, ConnectTimeout = TimeSpan.FromSeconds(15) })
        {
            // Each try has a limit of its own, which this one would end at the headers.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("argobootstrap");
        _cache = cacheFolder.Length > 0
            ? cacheFolder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "ArgoBootstrap", "manifests");
        _delay = retryDelay ?? TimeSpan.FromMilliseconds(500);
        _attemptTimeout = attemptTimeout ?? TimeSpan.FromMinutes(1);
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException"><see cref="ErrorIds.ManifestUnavailable"/>, <see cref="ErrorIds.ChecksumMismatch"/></exception>
    public async Task<Manifest> LoadAsync(ManifestSource source, CancellationToken cancellationToken = default)
    {
        byte[] content = source.Url is { } url ? await FromUrlAsync(url, source.Sha256, cancellationToken).ConfigureAwait(false) : await FromFileAsync(source.Path, cancellationToken).ConfigureAwait(false);
        string actual = Hash(content);
        return source.Sha256.Length == 0 || actual.Equals(source.Sha256, StringComparison.OrdinalIgnoreCase)
            ? Parse(content, source, actual)
            : throw new OperationException(
                ErrorIds.ChecksumMismatch,
                $"The manifest {source} has SHA-256 {actual}, not the pinned {source.Sha256.ToLowerInvariant()}.",
                "Find out why it has changed before you use it; then pin the new checksum.");
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>What was parsed last serves again while its content is the same: a plan and what follows it need the same megabytes.</summary>
    private Manifest Parse(byte[] content, ManifestSource source, string sha256)
    {
        string name = source.ToString();
        if (_latest is not { } latest || latest.Sha256 != sha256 || latest.Source != name)
        {
            _latest = latest = Manifest.Parse(content, name, sha256);
        }
        return latest;
    }

    private static async Task<byte[]> FromFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return new FileInfo(path).Length <= MaximumBytes ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false) : throw TooLarge(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OperationException(ErrorIds.ManifestUnavailable, $"The manifest '{path}' cannot be read: {e.Message}", "Check the path given with -ManifestPath.", e);
        }
    }

    private async Task<byte[]> FromUrlAsync(Uri url, string sha256, CancellationToken cancellationToken)
    {
        string kept = KeptPath(url);
        // Only what has the pinned checksum is taken without asking: an address without one may get new content.
        if (sha256.Length > 0 && ReadKept(kept, sha256) is { } known)
        {
            ActivityLog.Step($"Took {url} from what was kept: it has the pinned checksum");
            return known;
        }
        byte[] content;
        try
        {
            content = await DownloadAsync(url, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationException e) when (sha256.Length == 0 && IsPassing(e) && ReadKept(kept, null) is not null)
        {
            return ReadKept(kept, null)!;
        }
        if (sha256.Length == 0 || Hash(content).Equals(sha256, StringComparison.OrdinalIgnoreCase))
        {
            Keep(kept, content);
        }
        return content;
    }

    /// <summary>Whether the address could not be asked, as opposed to one that says that there is no such manifest or that it is not ours to have.</summary>
    private static bool IsPassing(OperationException failure) => failure.StatusCode is 0 or 407 or 408 or 429 or >= 500;

    /// <summary>Reads a manifest that is on this machine: a file, or what was kept of an earlier download. Nothing is sent.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>Null when it would have to be downloaded.</returns>
    /// <exception cref="OperationException"><see cref="ErrorIds.ManifestUnavailable"/>, <see cref="ErrorIds.ChecksumMismatch"/></exception>
    public async Task<Manifest?> FindLocalAsync(ManifestSource source, CancellationToken cancellationToken = default)
    {
        if (source.Url is not { } url)
        {
            return await LoadAsync(source, cancellationToken).ConfigureAwait(false);
        }
        byte[]? kept = ReadKept(KeptPath(url), source.Sha256.Length > 0 ? source.Sha256 : null);
        return kept is null ? null : Parse(kept, source, Hash(kept));
    }

    private string KeptPath(Uri url) => Path.Combine(_cache, Hash(Encoding.UTF8.GetBytes(url.AbsoluteUri))[..32] + ".yaml");

    private async Task<byte[]> DownloadAsync(Uri url, CancellationToken cancellationToken)
    {
        Uri current = url;
        int redirects = 0;
        for (int attempt = 1; ; attempt++)
        {
            RequireHttps(current, url);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(_attemptTimeout);
            try
            {
                long started = Stopwatch.GetTimestamp();
                using HttpResponseMessage response = await _client.GetAsync(current, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
                ActivityLog.Step($"GET {current}: {(int)response.StatusCode} in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms, attempt {attempt}");
                if ((int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location)
                {
                    current = ++redirects <= MaxRedirects ? new Uri(current, location) : throw Unavailable(url, $"more than {MaxRedirects} redirects", null);
                    attempt--;
                    continue;
                }
                if (response.IsSuccessStatusCode)
                {
                    return await ReadAsync(response, url, limit.Token).ConfigureAwait(false);
                }
                if (response.StatusCode == HttpStatusCode.NotFound)
                {
                    throw new OperationException(
                        ErrorIds.ManifestUnavailable, $"There is no manifest at {url} (HTTP 404): most likely there is no such version.", "Name a version that was released (see the project's releases), or give a manifest on this machine with -ManifestPath.") { StatusCode = 404 };
                }
                if ((int)response.StatusCode is not (408 or 429 or >= 500) || attempt >= MaxAttempts)
                {
                    throw Unavailable(url, $"HTTP {(int)response.StatusCode}", null, (int)response.StatusCode);
                }
                await Task.Delay(Wait(response, attempt), cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException e) when (e is { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError })
            {
                // However often it is asked, the proxy does not let it through.
                throw Unavailable(url, $"the proxy on the way refuses (HTTP {(int)e.StatusCode})", e, (int)e.StatusCode);
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                ActivityLog.Step($"GET {current}: {e.GetBaseException().Message}, attempt {attempt} of {MaxAttempts}");
                if (attempt >= MaxAttempts)
                {
                    throw Unavailable(url, e is OperationCanceledException ? $"no whole answer within {_attemptTimeout.TotalSeconds:0.#} seconds" : e.GetBaseException().Message.TrimEnd('.'), e);
                }
                await Task.Delay(_delay * (1 << (attempt - 1)), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, Uri url, CancellationToken cancellationToken)
    {
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var content = new MemoryStream();
        byte[] buffer = new byte[81920];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            content.Write(buffer, 0, read);
            if (content.Length > MaximumBytes)
            {
                throw TooLarge(url.ToString());
            }
        }
        return content.ToArray();
    }

    private TimeSpan Wait(HttpResponseMessage response, int attempt)
    {
        TimeSpan own = _delay * (1 << (attempt - 1));
        TimeSpan asked = response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;
        return asked > own && asked < TimeSpan.FromSeconds(60) ? asked : own;
    }

    private static void RequireHttps(Uri current, Uri url)
    {
        if (!current.IsAbsoluteUri || current.Scheme != Uri.UriSchemeHttps)
        {
            throw new OperationException(
                ErrorIds.ManifestUnavailable,
                ReferenceEquals(current, url) ? $"The manifest's address '{url}' is not https." : $"The manifest's address {url} leads to one that is not https.",
                "Use an https address, or download the manifest and give its path.");
        }
    }

    private static byte[]? ReadKept(string path, string? sha256)
    {
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > MaximumBytes)
            {
                return null;
            }
            byte[] content = File.ReadAllBytes(path);
            return sha256 is null || Hash(content).Equals(sha256, StringComparison.OrdinalIgnoreCase) ? content : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Keep(string path, byte[] content)
    {
        try
        {
            Directory.CreateDirectory(_cache);
            AtomicFile.Write(path, content, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OperationException)
        {
            // Without a copy the next run downloads it again.
        }
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexString(SHA256.HashData(content)).ToLowerInvariant();

    private static OperationException TooLarge(string what) => new(
        ErrorIds.ManifestUnavailable, string.Create(CultureInfo.InvariantCulture, $"The manifest {what} is larger than {MaximumBytes >> 20} MiB."), "Name the manifest of a release.");

    private static OperationException Unavailable(Uri url, string why, Exception? inner, int statusCode = 0) => new(
        ErrorIds.ManifestUnavailable, $"The manifest {url} cannot be downloaded: {why}.", "Check the version and the way to the internet (proxy, firewall), or download it elsewhere and give its path with -ManifestPath.", inner) { StatusCode = statusCode };
}
