using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Redaction;
using Polly;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>
/// A connection to one API server: who we are, where it is, and every request's way to it with retries, timeouts and errors
/// that say what is wrong. Used by many threads at once. Nothing is sent before the first request.
/// </summary>
public sealed class ClusterConnection : IDisposable
{
    private readonly ClusterEndpointSettings _endpoint;
    private readonly ClusterConnectionOptions _options;
    private readonly HttpClient _client;
    private readonly ResiliencePipeline<HttpResponseMessage> _retry;
    private readonly string _basePath;
    private readonly IWebProxy _proxy;
    private readonly ServerCertificateCheck _check;
    private volatile ClusterCredential? _credential;
    private volatile bool _hasConnected;

    internal ClusterConnection(ClusterEndpointSettings endpoint, ClusterConnectionOptions options)
    {
        _endpoint = endpoint;
        _options = options;
        _proxy = ClusterHttpClientFactory.CreateProxy(endpoint.Proxy);
        foreach (Uri address in (_proxy as EnvironmentProxy)?.Addresses ?? [])
        {
            options.Masker.AddPasswordOf(address);
        }
        _check = new ServerCertificateCheck(endpoint.Authorities, endpoint.TlsServerName.Length > 0 ? endpoint.TlsServerName : endpoint.Server.IdnHost);
        _client = ClusterHttpClientFactory.Create(endpoint, options, () => _credential, _check, _proxy);
        _retry = RequestRetry.Create(options);
        _basePath = endpoint.Server.AbsolutePath.TrimEnd('/');
        Errors = new ClusterErrors(this);
    }

    /// <summary>The context that is used; <c>in-cluster</c> for a pod's service account.</summary>
    public string Context => _endpoint.Context;

    /// <summary>The kubeconfig's name for the user.</summary>
    public string User => _endpoint.User;

    /// <summary>The client certificate that the last request was made with, if any.</summary>
    internal X509Certificate2? ClientCertificate => _credential?.Certificate;

    /// <summary>The server's address, without credentials.</summary>
    public string Server => _endpoint.Server.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    /// <summary>The namespace of objects that name none: the context's, otherwise <c>default</c>.</summary>
    public string DefaultNamespace => _endpoint.Namespace.Length > 0 ? _endpoint.Namespace : "default";

    /// <summary>Takes secrets out of everything that is said about this connection.</summary>
    public SecretMasker Masker => _options.Masker;

    /// <summary>The authorities that the server's certificate is checked against, in PEM; empty for the system's own.</summary>
    internal string AuthoritiesPem => _endpoint.Authorities is { Count: > 0 } authorities
        ? string.Join('\n', authorities.Select(a => a.ExportCertificatePem())) + "\n"
        : "";

    /// <summary>Whether the server's certificate is not checked.</summary>
    internal bool SkipsTlsVerify => _endpoint.SkipTlsVerify;

    internal ClusterErrors Errors { get; }

    /// <summary>Counts what was changed through this connection.</summary>
    internal ChangeCount Changes { get; } = new();

    internal TimeSpan Timeout => _options.Timeout;

    /// <summary>When everything that is done through this connection has to be over.</summary>
    internal Deadline Deadline => _options.Deadline;

    /// <summary>The proxy on the way to the server; null for none.</summary>
    internal Uri? Proxy => _proxy.GetProxy(_endpoint.Server);

    /// <summary>What is wrong with the server's certificate; null while nothing is.</summary>
    internal CertificateProblem? CertificateProblem => _check.Problem;

    /// <summary>Whether there is nothing that the server could know us by.</summary>
    internal bool IsAnonymous => _endpoint.Credentials is FixedCredential { IsEmpty: true };

    /// <summary>Finds out which cluster is meant and as whom to use it. Reads the kubeconfig; sends nothing yet.</summary>
    /// <param name="options">Which cluster, and how patiently.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">There is no usable kubeconfig or no such context.</exception>
    public static async Task<ClusterConnection> OpenAsync(ClusterConnectionOptions options, CancellationToken cancellationToken = default) =>
        new(await EndpointResolver.ResolveAsync(options, cancellationToken).ConfigureAwait(false), options);

    /// <summary>Sends a request, again when a fault may pass, and gives the answer whatever its status.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">The server cannot be reached, or does not know who asks.</exception>
    public async Task<ApiResponse> TrySendAsync(ApiRequest request, CancellationToken cancellationToken = default)
    {
        var count = new RetryCount();
        using HttpResponseMessage response = await SendWithRetriesAsync(request, HttpCompletionOption.ResponseContentRead, count, cancellationToken).ConfigureAwait(false);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        return new ApiResponse((int)response.StatusCode, body, response.Content.Headers.ContentType?.ToString() ?? "", count.Attempts)
        {
            ServerTime = response.Headers.Date,
            Location = response.Headers.Location is { } location ? new Uri(_endpoint.Server, location).GetLeftPart(UriPartial.Path) : "",
            RetryAfter = RequestRetry.RetryAfter(response),
            NotJson = answer => Errors.NotJson(request, answer),
        };
    }

    /// <summary>Sends a request and gives the answer when it is a success.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationException">The server cannot be reached, or refuses.</exception>
    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken = default)
    {
        ApiResponse response = await TrySendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.IsSuccess ? response : throw Errors.FromResponse(request, response);
    }

    /// <summary>Reads an object.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The answer, or null when the server has no such object.</returns>
    /// <exception cref="OperationException">The server cannot be reached, or refuses.</exception>
    public async Task<ApiResponse?> FindAsync(ApiRequest request, CancellationToken cancellationToken = default)
    {
        ApiResponse response = await TrySendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.IsSuccess ? response : response.StatusCode == 404 ? null : throw Errors.FromResponse(request, response);
    }

    /// <summary>Sends a request whose answer keeps coming: a watch or a log. The caller disposes of it.</summary>
    internal Task<HttpResponseMessage> OpenStreamAsync(ApiRequest request, CancellationToken cancellationToken) =>
        SendWithRetriesAsync(request, HttpCompletionOption.ResponseHeadersRead, new RetryCount(), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendWithRetriesAsync(ApiRequest request, HttpCompletionOption completion, RetryCount count, CancellationToken cancellationToken)
    {
        if (_options.Deadline.IsOver && !request.IsCleanUp)
        {
            throw Errors.TimeIsUp(request, _options.Deadline);
        }
        // A login takes its own time, and says so itself when it takes too long.
        await _endpoint.Credentials.GetAsync(null, cancellationToken).ConfigureAwait(false);
        TimeSpan limit = request.IsCleanUp ? _options.Timeout : _options.Deadline.Limit(_options.Timeout);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(limit);
        count.Deadline = Deadline.After(limit);
        ResilienceContext context = RequestRetry.CreateContext(() => _hasConnected, count, timeout.Token);
        Exception? last = null;
        try
        {
            HttpResponseMessage response = await _retry.ExecuteAsync(
                async c =>
                {
                    try
                    {
                        return await SendOnceAsync(request, completion, c.CancellationToken, cancellationToken).ConfigureAwait(false);
                    }
                    catch (Exception e) when (e is not OperationCanceledException)
                    {
                        last = e;
                        throw;
                    }
                },
                context).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.Unauthorized ? throw await UnauthorizedAsync(request, response).ConfigureAwait(false) : response;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A server that has answered before is there: it is the call's time that is up.
            bool isCalls = _hasConnected && limit < _options.Timeout;
            throw last is null && count.LastAnswer is { } refusal ? Errors.FromResponse(request, refusal)
                : last is null or AttemptTimedOutException && isCalls ? Errors.TimeIsUp(request, _options.Deadline)
                : isCalls && _options.Deadline.OpenWaits.Count > 0 ? Errors.TimeIsUp(request, _options.Deadline, last)
                : Errors.Unreachable(last ?? new AttemptTimedOutException(limit), count.Attempts);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AttemptTimedOutException)
        {
            throw Errors.Unreachable(e, count.Attempts);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ApiRequest request, HttpCompletionOption completion, CancellationToken cancellationToken, CancellationToken loginToken)
    {
        ClusterCredential credential = await _endpoint.Credentials.GetAsync(null, loginToken).ConfigureAwait(false);
        HttpResponseMessage response = await SendAsAsync(credential).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Unauthorized && _endpoint.Credentials.CanRefresh)
        {
            // The credential may have been revoked before its time: one new one is asked for, and no more.
            response.Dispose();
            credential = await _endpoint.Credentials.GetAsync(credential, loginToken).ConfigureAwait(false);
            response = await SendAsAsync(credential).ConfigureAwait(false);
        }
        return response;

        async Task<HttpResponseMessage> SendAsAsync(ClusterCredential who)
        {
            _credential = who;
            using var attempt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            attempt.CancelAfter(_options.AttemptTimeout);
            using var message = new HttpRequestMessage(request.Method, _basePath + request.Path);
            message.Headers.Authorization = who.Authorization;
            message.Headers.TryAddWithoutValidation("Accept", request.Accept);
            if (!request.Body.IsEmpty)
            {
                message.Content = new ReadOnlyMemoryContent(request.Body);
                message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
            }
            long started = Stopwatch.GetTimestamp();
            try
            {
                HttpResponseMessage answer = await _client.SendAsync(message, completion, attempt.Token).ConfigureAwait(false);
                _hasConnected = true;
                ActivityLog.Step($"{request.Method} {Server}{request.Path}: {(int)answer.StatusCode} in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
                return answer;
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                ActivityLog.Step($"{request.Method} {Server}{request.Path}: {e.GetBaseException().Message} after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
                throw;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                ActivityLog.Step($"{request.Method} {Server}{request.Path}: no answer after {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms");
                throw new AttemptTimedOutException(attempt.IsCancellationRequested ? _options.AttemptTimeout : _options.ConnectTimeout);
            }
        }
    }

    private async Task<OperationException> UnauthorizedAsync(ApiRequest request, HttpResponseMessage response)
    {
        using (response)
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false);
            return Errors.FromResponse(request, new ApiResponse(401, body, "", 1));
        }
    }
}
