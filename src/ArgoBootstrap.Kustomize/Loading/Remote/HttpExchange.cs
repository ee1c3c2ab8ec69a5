using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>One request for a file, redirects included: at most ten, never from https to http, and credentials stay with the host that they are for.</summary>
/// <param name="refusesLocal">Whether this machine and its link are not asked.</param>
/// <param name="onAnswer">Called when a server answers, whatever it says.</param>
internal sealed class HttpExchange(bool refusesLocal, Action onAnswer)
{
    private const int MaximumRedirects = 10;

    // One for the whole process, so that connections are shared; a renewed one now and then sees changes in the DNS.
    private static readonly HttpClient Client = CreateClient(refusesLocal: false);
    private static readonly Lazy<HttpClient> PublicClient = new(() => CreateClient(refusesLocal: true));

    /// <summary>Sends the request.</summary>
    /// <param name="url">The URL; user information in it becomes a header.</param>
    /// <param name="known">What is known of the file, so that an unchanged one is not transferred again.</param>
    /// <param name="maximumBytes">Most bytes that are taken.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="HttpRequestException">There is no connection, or a redirect that is not followed.</exception>
    /// <exception cref="LocalAddressException">The server is this machine or on its link, and those are not asked.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="FileTooLongException">The file is too long.</exception>
    public async Task<HttpOutcome> SendAsync(Uri url, HttpCacheEntry? known, long maximumBytes, CancellationToken cancellation)
    {
        Uri target = url;
        for (int redirects = 0; ; redirects++)
        {
            if (refusesLocal && LocalAddress.IsLocal(target.Host))
            {
                throw Local(target.Host);
            }
            using HttpRequestMessage request = Request(target, url, known);
            HttpClient client = refusesLocal ? PublicClient.Value : Client;
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            onAnswer();
            if (response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
                && response.Headers.Location is Uri location)
            {
                Uri next = new(target, location);
                if (redirects == MaximumRedirects)
                {
                    throw new HttpRequestException(HttpRequestError.Unknown, $"It leads through more than {MaximumRedirects} redirects.");
                }
                if (next.Scheme != Uri.UriSchemeHttps && (next.Scheme != Uri.UriSchemeHttp || target.Scheme == Uri.UriSchemeHttps))
                {
                    throw new HttpRequestException(HttpRequestError.Unknown, $"It redirects to {next.Scheme}, which is not followed.");
                }
                target = next;
                continue;
            }
            byte[] content = response.IsSuccessStatusCode ? await ReadAsync(response, maximumBytes, cancellation).ConfigureAwait(false) : [];
            return new HttpOutcome(response.StatusCode, content)
            {
                ETag = response.Headers.ETag?.ToString(),
                LastModified = response.Content.Headers.TryGetValues("Last-Modified", out IEnumerable<string>? values) ? values.FirstOrDefault() : null,
                MayBeKept = response.Headers.CacheControl?.NoStore != true,
                RetryAfter = response.Headers.RetryAfter is not RetryConditionHeaderValue retry ? null : retry.Delta ?? (retry.Date is DateTimeOffset date ? date - DateTimeOffset.UtcNow : null),
            };
        }
    }

    private static HttpClient CreateClient(bool refusesLocal)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        if (refusesLocal)
        {
            handler.ConnectCallback = ConnectElsewhereAsync;
        }
        return new HttpClient(handler)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("ArgoBootstrap", "1.0") }, Accept = { new MediaTypeWithQualityHeaderValue("*/*") } },
        };
    }

    /// <summary>Connects to the addresses that a name resolves to unless they are local: a name cannot change between a check and its use this way.</summary>
    private static async ValueTask<Stream> ConnectElsewhereAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        DnsEndPoint end = context.DnsEndPoint;
        IPAddress[] addresses = await Dns.GetHostAddressesAsync(end.Host, cancellation).ConfigureAwait(false);
        // A proxy may be on this machine: what it connects to is its own business.
        bool isProxy = context.InitialRequestMessage.RequestUri is { } asked && !string.Equals(asked.IdnHost, end.Host, StringComparison.OrdinalIgnoreCase);
        if (!isProxy && Array.Exists(addresses, LocalAddress.IsLocal))
        {
            throw Local(end.Host);
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, end.Port, cancellation).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static LocalAddressException Local(string host) => new($"{host} is this machine or on its link, and RemoteCachePolicy PublicOnly fetches nothing from there");

    private static HttpRequestMessage Request(Uri target, Uri first, HttpCacheEntry? known)
    {
        string user = target.UserInfo.Length > 0 ? target.UserInfo
            : target.Scheme == first.Scheme && target.Authority == first.Authority ? first.UserInfo
            : "";
        var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(target) { UserName = "", Password = "", Fragment = "" }.Uri);
        if (user.Length > 0)
        {
            string[] parts = user.Split(':', 2);
            string plain = Uri.UnescapeDataString(parts[0]) + ":" + (parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : "");
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(plain)));
        }
        if (known?.ETag is string tag)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        }
        else if (known?.LastModified is string modified)
        {
            request.Headers.TryAddWithoutValidation("If-Modified-Since", modified);
        }
        return request;
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, long maximumBytes, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > maximumBytes)
        {
            throw new FileTooLongException(response.Content.Headers.ContentLength.Value, maximumBytes);
        }
        using Stream stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using var content = new MemoryStream();
        byte[] buffer = new byte[16 << 10];
        while (await stream.ReadAsync(buffer, cancellation).ConfigureAwait(false) is int read and > 0)
        {
            content.Write(buffer, 0, read);
            if (content.Length > maximumBytes)
            {
                throw new FileTooLongException(content.Length, maximumBytes);
            }
        }
        return content.ToArray();
    }
}

/// <summary>What a server answered.</summary>
/// <param name="Status">The status.</param>
/// <param name="Content">The content; empty unless the status is one of success.</param>
internal sealed record HttpOutcome(HttpStatusCode Status, byte[] Content)
{
    /// <summary>The server's name for this content, if it gave one.</summary>
    public string? ETag { get; init; }

    /// <summary>When it was changed, in the server's own words, if it said.</summary>
    public string? LastModified { get; init; }

    /// <summary>Whether the server lets it be kept.</summary>
    public bool MayBeKept { get; init; }

    /// <summary>How long the server asks to wait, if it does.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the content is what was asked for.</summary>
    public bool IsSuccess => (int)Status is >= 200 and <= 299;

    /// <summary>Whether another attempt may help.</summary>
    public bool IsTransient => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or HttpStatusCode.InternalServerError
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
