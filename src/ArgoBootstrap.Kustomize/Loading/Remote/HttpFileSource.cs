using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Fetches single files over HTTP, patiently but not for ever, and keeps them.</summary>
/// <param name="options">How remote things are fetched and kept.</param>
/// <param name="cache">Where they are kept.</param>
internal sealed class HttpFileSource(RemoteOptions options, HttpCache cache)
{
    /// <summary>Fetches a file.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="maximumBytes">Most bytes that are taken.</param>
    /// <param name="hosts">Hosts that are known not to answer.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="FileTooLongException">The file is too long.</exception>
    public HttpAnswer Fetch(Uri url, long maximumBytes, UnreachableHosts hosts, CancellationToken cancellation)
    {
        string key = KeyOf(url);
        HttpCacheEntry? known = cache.TryRead(key);
        if (known is not null && !options.Revalidates)
        {
            ActivityLog.Step($"Took {key} from the cache: {known.Content.Length} bytes");
            return HttpAnswer.Of(known.Content);
        }
        if (options.CachePolicy == RemoteCachePolicy.CacheOnly)
        {
            return HttpAnswer.None(RemoteFailure.NotCached, "it is not in the cache, and nothing may be fetched (RemoteCachePolicy CacheOnly)");
        }
        HttpAnswer answer = RemoteRetry.Create<(HttpAnswer Answer, TimeSpan? Asked)>(
            options,
            outcome => outcome.Result.Answer?.Failure is RemoteFailure.Network or RemoteFailure.Unreachable && hosts.Reason(url.Host) is null,
            outcome => outcome.Result.Asked)
            .Execute(stop => AttemptUnlessHopeless(url, key, known, maximumBytes, hosts, stop), cancellation).Answer;
        if (answer.Failure is RemoteFailure.Unreachable or RemoteFailure.NoAnswer or RemoteFailure.UnknownHost)
        {
            hosts.Add(url.Host, answer.Problem);
        }
        return answer;
    }

    /// <summary>What a file is kept under: its URL, without user and password.</summary>
    /// <param name="url">The URL.</param>
    public static string KeyOf(Uri url) => url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);

    private (HttpAnswer Answer, TimeSpan? Asked) AttemptUnlessHopeless(Uri url, string key, HttpCacheEntry? known, long maximumBytes, UnreachableHosts hosts, CancellationToken cancellation)
    {
        if (hosts.Reason(url.Host) is string reason)
        {
            return (HttpAnswer.None(RemoteFailure.Unreachable, $"{url.Host} was not reached before: {reason}"), null);
        }
        long started = Stopwatch.GetTimestamp();
        (HttpAnswer answer, TimeSpan? asked) = Attempt(url, key, known, maximumBytes, cancellation);
        ActivityLog.Step($"GET {key}: {(answer.Content is { } content ? $"{content.Length} bytes" : answer.Problem)} after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
        return (answer, asked);
    }

    private (HttpAnswer Answer, TimeSpan? Asked) Attempt(Uri url, string key, HttpCacheEntry? known, long maximumBytes, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(options.Timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, timeout.Token);
        bool answers = false;
        try
        {
            var exchange = new HttpExchange(options.RefusesLocal, () => answers = true);
            HttpOutcome outcome = Task.Run(() => exchange.SendAsync(url, known, maximumBytes, either.Token), CancellationToken.None).GetAwaiter().GetResult();
            if (outcome.IsSuccess)
            {
                Keep(key, outcome);
                return (HttpAnswer.Of(outcome.Content), null);
            }
            if (outcome.Status == HttpStatusCode.NotModified && known is not null)
            {
                return (HttpAnswer.Of(known.Content), null);
            }
            return (HttpAnswer.None(FailureOf(outcome), $"the server answered {(int)outcome.Status} ({outcome.Status})"), outcome.RetryAfter);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (HttpAnswer.None(
                answers ? RemoteFailure.Timeout : RemoteFailure.NoAnswer,
                $"there was no {(answers ? "complete " : "")}answer within {options.Timeout.TotalSeconds:0.###} s"), null);
        }
        catch (Exception e) when ((e as LocalAddressException ?? e.InnerException as LocalAddressException) is LocalAddressException local)
        {
            return (HttpAnswer.None(RemoteFailure.Local, local.Message), null);
        }
        catch (HttpRequestException e)
        {
            return (HttpAnswer.None(FailureOf(e), UrlRedaction.Text((e.InnerException as SocketException)?.Message ?? e.Message).TrimEnd('.')), null);
        }
        catch (IOException e) when (e is not FileTooLongException)
        {
            return (HttpAnswer.None(RemoteFailure.Network, UrlRedaction.Text(e.Message).TrimEnd('.')), null);
        }
    }

    private void Keep(string key, HttpOutcome outcome)
    {
        if (!outcome.MayBeKept)
        {
            return;
        }
        try
        {
            cache.Write(key, new HttpCacheEntry(outcome.ETag, outcome.LastModified, outcome.Content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The file is here all the same; the next build fetches it again.
        }
    }

    private static RemoteFailure FailureOf(HttpOutcome outcome) =>
        outcome.IsTransient ? RemoteFailure.Network
        : outcome.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.ProxyAuthenticationRequired ? RemoteFailure.Authentication
        : outcome.Status is HttpStatusCode.NotFound or HttpStatusCode.Gone ? RemoteFailure.NotFound
        : RemoteFailure.Other;

    private static RemoteFailure FailureOf(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.Unknown or HttpRequestError.SecureConnectionError or HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.UserAuthenticationError => RemoteFailure.Other,
        HttpRequestError.NameResolutionError when e.InnerException is SocketException { SocketErrorCode: SocketError.HostNotFound } => RemoteFailure.UnknownHost,
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError => RemoteFailure.Unreachable,
        _ => RemoteFailure.Network,
    };
}
