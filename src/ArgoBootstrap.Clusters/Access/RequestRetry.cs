using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using ArgoBootstrap.Kustomize.Diagnostics;
using Polly;
using Polly.Retry;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>
/// Which faults are tried again, and when: throttling (429), 5xx, dropped connections and answers that do not come, with
/// exponential backoff and jitter; <c>Retry-After</c> is honoured. Every request that passes here may be sent twice without
/// harm: reads, server-side apply, deletion, and creations whose second try is answered with 409.
/// </summary>
internal static class RequestRetry
{
    /// <summary>How often nothing but refused connections or unknown hosts are met before we say that the server is not there.</summary>
    private const int MaxUnreachable = 3;

    /// <summary>How often a webhook that the server cannot call is met before we say so: one that restarts is back in a moment.</summary>
    private const int MaxWebhookFailures = 3;

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
                OnRetry = async args =>
                {
                    ActivityLog.Step($"Trying again in {args.RetryDelay.TotalSeconds:0.0} s, attempt {args.AttemptNumber + 2}: {Reason(args.Outcome)}");
                    if (args.Outcome.Result is { } refusal)
                    {
                        await RememberAsync(refusal, args.Context).ConfigureAwait(false);
                        refusal.Dispose();
                    }
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

    /// <summary>Whether no connection was made at all: it was refused, the host is not known, or the proxy could not make it.</summary>
    public static bool IsUnreachable(Exception? exception) => exception is HttpRequestException
    {
        InnerException: SocketException
        {
            SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.HostUnreachable
                or SocketError.NetworkUnreachable or SocketError.NoData or SocketError.TryAgain or SocketError.HostDown
        }
    }
    or HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError };

    /// <summary>Whether a proxy refuses, as it will however often it is asked.</summary>
    private static bool IsRefusedByProxy(Exception exception) =>
        exception is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError };

    /// <summary>Keeps the last answer, for the error when the time is up before there is a better one.</summary>
    private static async ValueTask RememberAsync(HttpResponseMessage refusal, ResilienceContext context)
    {
        if (!context.Properties.TryGetValue(CountKey, out RetryCount? count))
        {
            return;
        }
        try
        {
            byte[] body = await refusal.Content.ReadAsByteArrayAsync(context.CancellationToken).ConfigureAwait(false);
            count.LastAnswer = new ApiResponse((int)refusal.StatusCode, body, refusal.Content.Headers.ContentType?.ToString() ?? "", count.Attempts) { RetryAfter = RetryAfter(refusal) };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            // Then there is nothing to tell of it.
        }
    }

    private static string Reason(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } answer ? $"the server answered {(int)answer.StatusCode} ({answer.StatusCode})" : outcome.Exception?.GetBaseException().Message ?? "";

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
            if (IsRefusedByProxy(exception))
            {
                return false;
            }
            if (IsUnreachable(exception))
            {
                bool known = args.Context.Properties.TryGetValue(HasConnectedKey, out Func<bool>? connected) && connected();
                return known || args.AttemptNumber + 1 < MaxUnreachable;
            }
            return exception is HttpRequestException { InnerException: not AuthenticationException } or IOException or AttemptTimedOutException;
        }
        if (args.Outcome.Result is { } answer && RetryAfter(answer) is { } pause && count is not null && pause > count.Deadline.Remaining)
        {
            // Nobody waits that long: what the server says is told at once.
            return false;
        }
        if (args.Outcome.Result is { StatusCode: HttpStatusCode.InternalServerError } failed)
        {
            ApiStatus? status = await StatusAsync(failed, args.Context.CancellationToken).ConfigureAwait(false);
            return status?.SchemaErrors is null && (status?.FailedWebhook is null || args.AttemptNumber + 1 < MaxWebhookFailures);
        }
        return args.Outcome.Result?.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
    }

    /// <summary>What a failure says; it can still be read afterwards. An object that does not fit its schema does not fit however often it is sent.</summary>
    private static async Task<ApiStatus?> StatusAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return ApiStatus.Read(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false), (int)response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }

    /// <summary>How long an answer asks to wait; null when it does not.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage? response)
    {
        if (response is null || !response.Headers.TryGetValues("Retry-After", out IEnumerable<string>? values))
        {
            return null;
        }
        string text = values.First();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds >= 0)
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, 86400));
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

    /// <summary>When all tries have to be over.</summary>
    public Deadline Deadline { get; set; } = Deadline.None;

    /// <summary>The last answer that led to another try.</summary>
    public ApiResponse? LastAnswer { get; set; }
}

/// <summary>One try took longer than a try may.</summary>
internal sealed class AttemptTimedOutException(TimeSpan timeout) : Exception($"no answer within {timeout.TotalSeconds:0.#} seconds");
