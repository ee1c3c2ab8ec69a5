using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Polly;
using Polly.Retry;

namespace ArgoBootstrap.Core.Clusters.Access;

/// <summary>
/// Which faults are tried again, and when: throttling (429), 5xx, dropped connections and answers that do not come, with
/// exponential backoff and jitter; <c>Retry-After</c> is honoured. Every request that passes here may be sent twice without
/// harm: reads, server-side apply, deletion, and creations whose second try is answered with 409.
/// </summary>
internal static class RequestRetry
{
    /// <summary>How often nothing but refused connections or unknown hosts are met before we say that the server is not there.</summary>
    private const int MaxUnreachable = 3;

    private static readonly ResiliencePropertyKey<Func<bool>> HasConnectedKey = new("argobootstrap.connected");
    private static readonly ResiliencePropertyKey<RetryCount> CountKey = new("argobootstrap.attempts");

    public static ResiliencePipeline<HttpResponseMessage> Create(ClusterConnectionOptions options) =>
        new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = Math.Max(1, options.MaxRetries),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                ShouldHandle = args => options.MaxRetries > 0 ? ShouldRetryAsync(args) : new ValueTask<bool>(false),
                DelayGenerator = args => new ValueTask<TimeSpan?>(RetryAfter(args.Outcome.Result)),
                OnRetry = args =>
                {
                    args.Outcome.Result?.Dispose();
                    return default;
                },
            })
            .Build();

    public static ResilienceContext CreateContext(Func<bool> hasConnected, RetryCount count, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(HasConnectedKey, hasConnected);
        context.Properties.Set(CountKey, count);
        return context;
    }

    /// <summary>Whether no connection was made at all: it was refused, or the host is not known.</summary>
    public static bool IsUnreachable(Exception? exception) => exception is HttpRequestException
    {
        InnerException: SocketException
        {
            SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable
                or SocketError.NetworkUnreachable or SocketError.NoData or SocketError.TryAgain or SocketError.HostDown
        }
    };

    private static async ValueTask<bool> ShouldRetryAsync(RetryPredicateArguments<HttpResponseMessage> args)
    {
        if (args.Context.Properties.TryGetValue(CountKey, out RetryCount? count))
        {
            count.Attempts = args.AttemptNumber + 1;
        }
        if (args.Context.CancellationToken.IsCancellationRequested)
        {
            return false;
        }
        if (args.Outcome.Exception is { } exception)
        {
            if (IsUnreachable(exception))
            {
                bool known = args.Context.Properties.TryGetValue(HasConnectedKey, out Func<bool>? connected) && connected();
                return known || args.AttemptNumber + 1 < MaxUnreachable;
            }
            return exception is HttpRequestException { InnerException: not AuthenticationException } or IOException or AttemptTimedOutException;
        }
        if (args.Outcome.Result is { StatusCode: HttpStatusCode.InternalServerError } failed)
        {
            return !await IsAboutTheObjectAsync(failed, args.Context.CancellationToken).ConfigureAwait(false);
        }
        return args.Outcome.Result?.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
    }

    /// <summary>Whether a failure says that the object does not fit its schema, as it does however often it is sent. The answer can still be read afterwards.</summary>
    private static async Task<bool> IsAboutTheObjectAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return ApiStatus.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), (int)response.StatusCode).SchemaErrors is not null;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage? response)
    {
        if (response is null || !response.Headers.TryGetValues("Retry-After", out IEnumerable<string>? values))
        {
            return null;
        }
        string text = values.First();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 86400)
        {
            return TimeSpan.FromSeconds(seconds);
        }
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at))
        {
            TimeSpan wait = at - DateTimeOffset.UtcNow;
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
        return null;
    }
}

/// <summary>Counts the tries of one request.</summary>
internal sealed class RetryCount
{
    public int Attempts { get; set; } = 1;
}

/// <summary>One try took longer than a try may.</summary>
internal sealed class AttemptTimedOutException(TimeSpan timeout) : Exception($"no answer within {timeout.TotalSeconds:0.#} seconds");
